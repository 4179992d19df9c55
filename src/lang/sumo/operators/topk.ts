import { filter, window } from '../../../plan/pipeline.ts'
import { column, compare, number } from '../../../plan/scalars.ts'
import { operand } from '../expression.ts'
import { countOf } from '../lower/counted.ts'
import { assign, type Context, type Flow, withRows } from '../lower/flow.ts'
import { numericFirst } from '../lower/order-of.ts'
import { scalar } from '../lower/value-of.ts'
import { partition } from '../lower/window.ts'
import { printBy, printExpr } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `topk(3, n, m) by a`: of each group the rows with the largest values. */
export const topk: Operator<'topk'> = {
  names: ['topk'],
  parse: (cursor, at) => {
    cursor.expectSymbol('(')
    const count = operand(cursor)
    cursor.expectSymbol(',')
    const of = [operand(cursor)]
    while (cursor.symbol(',')) of.push(operand(cursor))
    cursor.expectSymbol(')')
    return { op: 'topk', at, count, of, by: cursor.word('by') ? cursor.names() : [] }
  },
  print: ({ count, of, by }, pipeline) =>
    `topk(${[count, ...of].map(each => printExpr(each, pipeline)).join(', ')})${printBy(by)}`,
  lower,
}

function lower({ count, of, by }: Stage<'topk'>, flow: Flow, context: Context): Flow {
  const largest = of.flatMap(each => numericFirst(scalar(each, { flow, context }), true))
  const orderBy = [...largest, ...flow.rows.order]
  const partitionBy = partition(by, flow, context)
  const ranked = window(flow.rows, [{ name: RANK, fn: 'row_number', partitionBy, orderBy, type: 'number' }])
  const rank = column(RANK, 'number')
  const most = countOf(count, 'the number of rows')
  const first = most === undefined ? ranked : filter(ranked, compare('lte', rank, number(most)))
  return assign(withRows(flow, first), [{ name: '_rank', value: rank }])
}

const RANK = '$rank'
