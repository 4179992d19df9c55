import type { Lowering } from '../../../plan/lowering.ts'
import { append, extend, group, type Pipeline, select, visible, window } from '../../../plan/pipeline.ts'
import type { Aggregate, Named, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, column, compare, either, text } from '../../../plan/scalars.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Name, Stages } from '../syntax/tree.ts'
import { type Context, fieldOf } from './context.ts'
import { oneValueEach, present } from './group.ts'
import { columnTitle, MOST_COLUMNS } from './pivots.ts'

/** What `contingency` does: a row for each value of the first field, a column for each of the second, and totals. */
export function* contingencies(
  { fields, options }: Stages['contingency'],
  before: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const { single, first, second, names } = pairOf(fields, before, context)
  const rows = yield* commonest(single, first, numberOf(options, 'maxrows', 0))
  const columns = yield* commonest(single, second, numberOf(options, 'maxcols', 0))
  const title = optionOf(options, 'totalstr') ?? 'TOTAL'
  const totals = isOn(options, 'usetotal', true)
  const counts = columns.map((value): Aggregate => {
    const name = columnTitle(columnTitle(value, names[0]), totals ? title : '')
    return { name, fn: 'count_rows', where: is(second, value), type: 'number' }
  })
  const all: Aggregate = { name: title, fn: 'count_rows', type: 'number' }
  const kept: Pipeline = {
    ...single,
    relation: { op: 'filter', from: single.relation, where: either(...rows.map(value => is(first, value))) },
  }
  const table = group(kept, [{ name: names[0], value: first }], totals ? [...counts, all] : counts)
  if (!totals) return table
  const sums = visible(table)
    .slice(1)
    .map(({ name }): Aggregate => ({ name, fn: 'sum', of: column(name, 'number'), type: 'number' }))
  const last = extend(group(table, [], sums), [{ name: names[0], value: text(title) }])
  return append(table, last)
}

/** What `cofilter` does: how many values of the first field two values of the second have in common. */
export function pairsMet({ fields }: Stages['cofilter'], before: Pipeline, context: Context): Pipeline {
  const { single, first, second } = pairOf(fields, before, context)
  const met = group(
    single,
    [
      { name: '$user', value: first },
      { name: '$item', value: second },
    ],
    [],
  )
  const users: Aggregate = { name: '', fn: 'count_rows', type: 'number' }
  const counted = window(met, [
    {
      name: '$users',
      fn: 'aggregate',
      aggregate: users,
      partitionBy: [column('$item', 'text')],
      orderBy: [],
      type: 'number',
    },
  ])
  const side = (mark: string): Relation => ({
    op: 'select',
    from: counted.relation,
    columns: [
      { name: `$user${mark}`, value: column('$user', 'text') },
      { name: `$item${mark}`, value: column('$item', 'text') },
      { name: `$users${mark}`, value: column('$users', 'number') },
    ],
  })
  const on = both(
    compare('eq', column('$user1', 'text'), column('$user2', 'text'), { how: 'text' }),
    compare('lt', column('$item1', 'text'), column('$item2', 'text'), { how: 'text' }),
  )
  const relation: Relation = { op: 'join', how: 'inner', left: side('1'), right: side('2'), on }
  const by: readonly Named[] = [
    { name: 'Item 1', value: column('$item1', 'text') },
    { name: 'Item 1 user count', value: column('$users1', 'number') },
    { name: 'Item 2', value: column('$item2', 'text') },
    { name: 'Item 2 user count', value: column('$users2', 'number') },
  ]
  const pairs = group({ relation, order: [] }, by, [{ name: 'Pair count', fn: 'count_rows', type: 'number' }])
  return select(
    pairs,
    visible(pairs).map(({ name, type }) => ({ name, value: column(name, type) })),
  )
}

interface Pair {
  readonly single: Pipeline
  readonly first: Scalar
  readonly second: Scalar
  readonly names: readonly [string, string]
}

/** Two fields, one value each. */
function pairOf([one, other]: readonly Name[], before: Pipeline, context: Context): Pair {
  if (one === undefined || other === undefined) throw new Error('bug: two names are read')
  const single = oneValueEach(present(before, [one, other], context), [one, other])
  const value = (name: Name): Scalar => as('text', fieldOf(single, name, context))
  return { single, first: value(one), second: value(other), names: [one.name, other.name] }
}

/** The commonest values of a column, sorted; 0 is as many as there may be. */
function* commonest(rows: Pipeline, value: Scalar, most: number): Lowering<readonly string[]> {
  const limit = most > 0 ? Math.min(most, MOST_COLUMNS) : MOST_COLUMNS
  const groups: Relation = {
    op: 'group',
    from: rows.relation,
    by: [{ name: 'value', value }],
    aggregates: [{ name: 'count', fn: 'count_rows', type: 'number' }],
  }
  const orderBy = [
    { value: column('count', 'number'), descending: true },
    { value: column('value', 'text'), descending: false },
  ]
  const relation: Relation = { op: 'limit', from: groups, orderBy, count: limit }
  const { rows: found } = yield { relation, limit, why: 'values for contingency' }
  return found.map(row => String(row['value'])).sort()
}

function is(value: Scalar, wanted: string): Scalar {
  return compare('eq', value, text(wanted), { how: 'text' })
}
