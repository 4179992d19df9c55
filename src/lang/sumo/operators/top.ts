import { limit, sort } from '../../../plan/pipeline.ts'
import { operand } from '../expression.ts'
import { countOf } from '../lower/counted.ts'
import { type Context, type Flow, fieldValue, keep, withRows } from '../lower/flow.ts'
import { orderOf } from '../lower/order-of.ts'
import { printExpr, printNames } from '../print-parts.ts'
import { printSortKeys, sortKeys } from '../sort-keys.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `top 10 a, b by n, a asc`: the first rows by that order, with those fields and what they are ordered by. */
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
  const rows = sort(flow.rows, orderOf(by, { flow, context }))
  const most = countOf(count, 'the number of rows')
  const first = withRows(flow, most === undefined ? rows : limit(rows, most))
  const ordering = by.flatMap(key => (key.by.kind === 'field' ? [key.by] : []))
  const wanted = new Map([...fields, ...ordering].map(({ name, at }) => [name.toLowerCase(), { name, at }]))
  return keep(
    first,
    [...wanted.values()].map(({ name, at }) => ({ name, value: fieldValue(first, context, name, at) })),
  )
}
