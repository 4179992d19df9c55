import { group, limit, sort } from '../../../plan/pipeline.ts'
import { column } from '../../../plan/scalars.ts'
import { operand } from '../expression.ts'
import { countOf } from '../lower/counted.ts'
import { type Context, type Flow, fieldValue, find, flowOf, keep, withRows } from '../lower/flow.ts'
import { orderOf } from '../lower/order-of.ts'
import { printExpr, printNames } from '../print-parts.ts'
import { printSortKeys, sortKeys } from '../sort-keys.ts'
import type { SortKey, Stage } from '../syntax.ts'
import type { Name } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

/**
 * `top 10 a, b by n, a asc`: the first rows by that order, with those fields and what they are ordered by. `top 10 a` of
 * messages are its most frequent values.
 */
export const top: Operator<'top'> = {
  names: ['top'],
  parse: (cursor, at) => {
    const count = operand(cursor)
    const fields = cursor.names()
    const by = cursor.word('by') ? sortKeys(cursor) : []
    return { op: 'top', at, count, fields, by }
  },
  print: ({ count, fields, by }, pipeline) => {
    const order = by.length === 0 ? '' : ` by ${printSortKeys(by, pipeline)}`
    return `top ${printExpr(count, pipeline)} ${printNames(fields)}${order}`
  },
  lower,
}

function lower({ count, fields, by }: Stage<'top'>, flow: Flow, context: Context): Flow {
  const most = countOf(count, 'the number of rows')
  if (flow.messages && isByCount(by, flow)) return mostFrequent(fields, most, { flow, context })
  const rows = sort(flow.rows, orderOf(by, { flow, context }))
  const first = withRows(flow, most === undefined ? rows : limit(rows, most))
  const ordering = by.flatMap(key => (key.by.kind === 'field' ? [key.by] : []))
  const wanted = new Map([...fields, ...ordering].map(({ name, at }) => [name.toLowerCase(), { name, at }]))
  return keep(
    first,
    [...wanted.values()].map(({ name, at }) => ({ name, value: fieldValue(first, context, name, at) })),
  )
}

/** Without an order the values of messages are counted. */
function isByCount(by: readonly SortKey[], flow: Flow): boolean {
  const [first, ...others] = by
  if (first === undefined) return true
  const { by: key } = first
  return (
    others.length === 0 &&
    key.kind === 'field' &&
    /^_?count$/i.test(key.name) &&
    find(flow, key.name) === undefined
  )
}

function mostFrequent(
  fields: readonly Name[],
  most: number | undefined,
  { flow, context }: { readonly flow: Flow; readonly context: Context },
): Flow {
  const keys = fields.map(({ name, at }) => ({ name, value: fieldValue(flow, context, name, at) }))
  const counted = group(flow.rows, keys, [{ name: '_count', fn: 'count_rows', type: 'number' }])
  const rows = sort(counted, [{ value: column('_count', 'number'), descending: true }])
  return flowOf(most === undefined ? rows : limit(rows, most), false)
}
