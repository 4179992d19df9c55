import type { Lowering } from '../../../plan/lowering.ts'
import { select, sort, window } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import { call, coalesce, column, compare, isNull, number } from '../../../plan/scalars.ts'
import { type Context, type Flow, flowOf } from '../lower/flow.ts'
import { ALIKE, noteSubstitute, signatures } from '../lower/signature.ts'
import { stepOf } from '../lower/steps.ts'
import { over } from '../lower/window.ts'
import { bare } from '../pieces.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `logcompare timeshift -24h [baseline (…)]`: the signatures of the messages beside those of an earlier time, or of another query. */
export const logcompare: Operator<'logcompare'> = {
  names: ['logcompare'],
  parse: (cursor, at) => {
    cursor.expectWord('timeshift')
    const by = bare(cursor, 'a length of time such as 24h')
    const baseline = cursor.word('baseline')
      ? { baseline: cursor.reading.pipeline(cursor.group(), cursor.depth + 1, 'scope') }
      : {}
    return { op: 'logcompare', at, by, ...baseline }
  },
  print: ({ by, baseline }, pipeline) =>
    `logcompare timeshift ${by.raw}${baseline === undefined ? '' : ` baseline (${pipeline(baseline)})`}`,
  lower,
}

function* lower({ by, baseline, at }: Stage<'logcompare'>, flow: Flow, context: Context): Lowering<Flow> {
  noteSubstitute(context, 'logcompare', ALIKE, at)
  const shift = /^[-+]?0+[a-z]+$/i.test(by.raw) ? 0 : Math.abs(stepOf(by, context))
  const past = yield* context.earlier(shift, baseline)
  return rated(beside(signatures(flow, context), signatures(past, context)))
}

/** Every signature with how often it is there now and was before; nothing where it is not. */
function beside(now: Flow, past: Flow): Flow {
  const before = select(past.rows, [
    { name: '$signature', value: column('signature', 'text') },
    { name: '$before', value: column('_count', 'number') },
  ])
  const relation: Relation = {
    op: 'join',
    how: 'full',
    left: now.rows.relation,
    right: before.relation,
    on: compare('eq', column('signature', 'text'), column('$signature', 'text'), { how: 'text' }),
  }
  return flowOf({ relation, order: [] }, false)
}

const [count, before] = [column('_count', 'number'), column('$before', 'number')]

/** How far a signature's share of the messages has changed; one that is not there counts as half a message in the score. */
function rated({ rows }: Flow): Flow {
  const all = { partitionBy: [], orderBy: [] }
  const summed = window(rows, [
    over('$now', { fn: 'sum', of: count, type: 'number' }, all),
    over('$then', { fn: 'sum', of: before, type: 'number' }, all),
  ])
  const share = (value: typeof count, of: string, otherwise: number) =>
    call('divide', coalesce(value, number(otherwise)), coalesce(column(of, 'number'), number(1)))
  const change = call('subtract', share(count, '$now', 0), share(before, '$then', 0))
  const [now, then] = [share(count, '$now', 0.5), share(before, '$then', 0.5)]
  const divergence = call(
    'multiply',
    call('subtract', now, then),
    call('logarithm', call('quotient', now, then)),
  )
  const columns = [
    { name: 'signature', value: coalesce(column('signature', 'text'), column('$signature', 'text')) },
    { name: '_count', value: coalesce(count, number(0)) },
    {
      name: '_deltaPercentage',
      value: call('quotient', call('multiply', change, number(100)), share(before, '$then', 0)),
    },
    { name: '_anomalyScore', value: divergence },
    { name: '_isNew', value: isNull(before) },
  ]
  const shown = select(summed, columns)
  return flowOf(sort(shown, [{ value: column('_anomalyScore', 'number'), descending: true }]), false)
}
