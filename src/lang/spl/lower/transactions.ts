import type { Lowering } from '../../../plan/lowering.ts'
import { append, extend, filter, type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Named, Relation, SortKey } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, choose, column, either, isNull, known, not, number, truth } from '../../../plan/scalars.ts'
import { isOn } from '../options.ts'
import type { Boundary, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf, shown } from './context.ts'
import { cutTransactions } from './cut-transactions.ts'
import { lowerCondition } from './expression.ts'
import type { Rules } from './formed-transactions.ts'
import { lowerTerm } from './term.ts'
import { noteDelimiter, renderingOf } from './transaction-fields.ts'
import { rulesOf } from './transaction-rules.ts'
import { type Walked, walkedTransactions } from './walked-transactions.ts'

type Stage = Stages['transaction']

/**
 * What `transaction` does: events that agree in the fields become one row, whose fields are the sets of their values.
 * Those that did not begin or end as they should are left out unless `keepevicted=t`.
 */
export function* transactions(stage: Stage, rows: Pipeline, context: Context): Lowering<Pipeline> {
  const { options, fields } = stage
  const keys = fields.map(field => as('text', fieldOf(rows, field, context)))
  const timed = extend(rows, [
    { name: '$when', value: as('number', fieldOf(rows, { name: '_time', at: stage.at }, context)) },
    { name: '$starts', value: yield* boundary(stage.startsWith, rows, context) },
    { name: '$ends', value: yield* boundary(stage.endsWith, rows, context) },
  ])
  const found = yield* formedOf(stage, timed, keys)
  noteDelimiter(rows, options, context)
  const evicted = column('$evicted', 'boolean')
  const kept = isOn(options, 'keepevicted') ? found.transactions : filter(found.transactions, not(evicted))
  const newest: readonly SortKey[] = [{ value: column('_time', 'number'), descending: true }]
  const closed = choose(column('$closed', 'boolean'), number(1), number(0))
  const all = select({ relation: kept.relation, order: newest }, [
    ...shown(kept),
    { name: 'closed_txn', value: closed },
  ])
  if (!isOn(options, 'keeporphans')) return all
  const orphan: Named = { name: '_txn_orphan', value: number(1) }
  return append(all, select(found.orphans, [...shown(rows), orphan]))
}

function* formedOf(stage: Stage, rows: Pipeline, keys: readonly Scalar[]): Lowering<Walked> {
  const rules = rulesOf(stage)
  const rendering = renderingOf(stage.options)
  const none = both(truth(keys.length > 0), ...keys.map(key => isNull(key)))
  const plain = !bounded(rules) && (yield* alike(rows, keys))
  if (!plain) return yield* walkedTransactions(rows, keys, { stage, rules, rendering })
  return {
    transactions: cutTransactions(filter(rows, not(none)), keys, rules, rendering),
    orphans: filter(rows, none),
  }
}

/** Does it matter which transactions are open at a time, or may an event join one with which it shares nothing? */
function bounded({ openTransactions, openEvents, unifyEnds, mustStart, mustEnd }: Rules): boolean {
  return Number.isFinite(Math.min(openTransactions, openEvents)) || (!unifyEnds && (mustStart || mustEnd))
}

/** Has each event all of the fields or none of them? */
function* alike(rows: Pipeline, keys: readonly Scalar[]): Lowering<boolean> {
  if (keys.length < 2) return true
  const some = both(either(...keys.map(key => isNull(key))), either(...keys.map(key => not(isNull(key)))))
  const relation: Relation = {
    op: 'select',
    from: { op: 'filter', from: rows.relation, where: some },
    columns: [{ name: 'some', value: truth(true) }],
  }
  const answer = yield { relation, limit: 1, why: 'whether events lack some fields of transaction' }
  return answer.rows.length === 0
}

function* boundary(bound: Boundary | undefined, rows: Pipeline, context: Context): Lowering<Scalar> {
  if (bound === undefined) return truth(false)
  if ('expression' in bound) return known(lowerCondition(bound.expression, rows, context))
  return yield* lowerTerm(bound.term, rows, context)
}
