import type { Lowering } from '../../../plan/lowering.ts'
import { extend, group, window } from '../../../plan/pipeline.ts'
import type { Cell, Relation } from '../../../plan/relation.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { both, choose, column, compare, either, isNull, nothing } from '../../../plan/scalars.ts'
import type { Name } from '../syntax-parts.ts'
import { type Context, type Flow, fieldValue, withRows } from './flow.ts'
import { refuse } from './refuse.ts'
import { textOf } from './values.ts'

/** The hidden column that numbers the groups; null for rows that have none of the fields. */
export const GROUP = '$group'
const RANK = '$rank'

/** Different combinations of values of several fields that there may be. */
const MOST = 20_000

/** Numbers the groups of rows that agree in any of the fields, directly or through others. */
export function* grouped(flow: Flow, by: readonly Name[], context: Context): Lowering<Flow> {
  const keys = by.map(({ name, at }) => textOf(fieldValue(flow, context, name, at)))
  const [only] = keys
  return keys.length === 1 && only !== undefined ? ranked(flow, only) : yield* connected(flow, keys, by)
}

function ranked(flow: Flow, key: Scalar): Flow {
  const orderBy = [{ value: key, descending: false }]
  const rows = window(flow.rows, [
    { name: RANK, fn: 'dense_rank', partitionBy: [isNull(key)], orderBy, type: 'number' },
  ])
  const number = choose(isNull(key), nothing('number'), column(RANK, 'number'))
  return withRows(flow, extend(rows, [{ name: GROUP, value: number }]))
}

function* connected(flow: Flow, keys: readonly Scalar[], by: readonly Name[]): Lowering<Flow> {
  const named = keys.map((value, index) => ({ name: `key${index}`, value }))
  const answer = yield {
    relation: group(flow.rows, named, []).relation,
    limit: MOST,
    why: 'the values of transactionize',
  }
  if (answer.more) {
    const message = `the fields of "transactionize" have more than ${MOST} combinations of values`
    return refuse('transactionize', message, by[0]?.at, 'group by one field, or filter before')
  }
  const tuples = answer.rows.map(row => named.map(({ name }) => row[name] ?? null))
  const places = named.map(({ name }) => ({ name: `$of_${name}`, type: 'text' as const }))
  const right: Relation = {
    op: 'rows',
    columns: [...places, { name: GROUP, type: 'number' }],
    rows: numbered(tuples),
  }
  const same = keys.map((key, index) => {
    const other = column(`$of_key${index}`, 'text')
    return either(compare('eq', key, other, { how: 'text' }), both(isNull(key), isNull(other)))
  })
  const relation: Relation = { op: 'join', how: 'left', left: flow.rows.relation, right, on: both(...same) }
  return withRows(flow, { relation, order: flow.rows.order })
}

/** Each combination with the number of its group: two that share a value of one field are in the same. */
function numbered(tuples: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const parents = tuples.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parents[root] !== root) root = parents[root] ?? root
    parents[index] = root
    return root
  }
  const holders = new Map<string, number>()
  for (const [index, tuple] of tuples.entries()) {
    for (const [field, value] of tuple.entries()) {
      if (value === null) continue
      const key = `${field} ${String(value)}`
      const holder = holders.get(key)
      if (holder === undefined) holders.set(key, index)
      else parents[rootOf(index)] = rootOf(holder)
    }
  }
  const alone = (tuple: readonly Cell[]) => tuple.every(value => value === null)
  return tuples.map((tuple, index) => [...tuple, alone(tuple) ? null : rootOf(index) + 1])
}
