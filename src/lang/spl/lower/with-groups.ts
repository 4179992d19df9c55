import { type Pipeline, select } from '../../../plan/pipeline.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, call, column, compare, number, truth } from '../../../plan/scalars.ts'
import type { Aggregation, Name } from '../syntax/tree.ts'
import { lowerAggregations } from './aggregates.ts'
import { type Context, fieldOf, shown } from './context.ts'
import { oneValueEach, present } from './group.ts'

/** What `eventstats` does: every row stays and learns the aggregates of its group, if it has all by-fields. */
export function withGroups(
  rows: Pipeline,
  aggregations: readonly Aggregation[],
  by: readonly Name[],
  context: Context,
): Pipeline {
  const single = oneValueEach(present(rows, by, context), by)
  const keys = by.map((name, at) => ({ name: `$key${at}`, value: fieldOf(single, name, context) }))
  const made = lowerAggregations(
    aggregations,
    single,
    context,
    by.map(({ name }) => name),
  )
  const groups: Relation = { op: 'group', from: single.relation, by: keys, aggregates: made.aggregates }
  const on = both(
    ...keys.map(({ name, value }, at) =>
      matches(fieldOf(rows, by[at] ?? { name, at: NOWHERE }, context), column(name, value.type)),
    ),
  )
  const joined: Relation = {
    op: 'join',
    how: 'left',
    left: rows.relation,
    right: groups,
    on: keys.length === 0 ? truth(true) : on,
  }
  const added = new Map(made.columns.map(({ name, value }) => [name, value]))
  const before = shown(rows).filter(({ name }) => !added.has(name))
  return select({ relation: joined, order: rows.order }, [...before, ...made.columns])
}

const NOWHERE = { start: 0, end: 0, line: 1, column: 1 }

/** A row has one group: that of its first value, if it has several. */
function matches(value: Scalar, key: Scalar): Scalar {
  const one = value.type === 'list' ? call('list_at', value, number(0)) : value
  return compare('eq', one, key, { how: value.type === 'number' ? 'number' : 'text' })
}
