import { limit as limited } from '../../../plan/pipeline.ts'
import { operand } from '../expression.ts'
import { countOf } from '../lower/counted.ts'
import { type Flow, withRows } from '../lower/flow.ts'
import { printExpr } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `limit 10`. */
export const limit: Operator<'limit'> = {
  names: ['limit'],
  parse: (cursor, at) => {
    cursor.word('by')
    return { op: 'limit', at, count: operand(cursor) }
  },
  print: ({ count }, pipeline) => `limit ${printExpr(count, pipeline)}`,
  lower,
}

function lower({ count }: Stage<'limit'>, flow: Flow): Flow {
  const most = countOf(count, 'the limit')
  return most === undefined ? flow : withRows(flow, limited(flow.rows, most))
}
