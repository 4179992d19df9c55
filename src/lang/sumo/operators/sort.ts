import { sort as sorted } from '../../../plan/pipeline.ts'
import { type Context, type Flow, withRows } from '../lower/flow.ts'
import { orderOf } from '../lower/order-of.ts'
import { printSortKeys, sortKeys } from '../sort-keys.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `sort by f`, `order by +f`, `sort f asc, g desc`: descending unless said otherwise. */
export const sort: Operator<'sort'> = {
  names: ['sort', 'order'],
  parse: (cursor, at) => {
    cursor.word('by')
    return { op: 'sort', at, keys: sortKeys(cursor) }
  },
  print: ({ keys }, pipeline) => `sort by ${printSortKeys(keys, pipeline)}`,
  lower,
}

function lower({ keys }: Stage<'sort'>, flow: Flow, context: Context): Flow {
  return withRows(flow, sorted(flow.rows, orderOf(keys, { flow, context })))
}
