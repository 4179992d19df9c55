import type { Context, Flow } from '../lower/flow.ts'
import { windowedBy } from '../lower/windowed-by.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'
import { printWindowed, readWindowed } from './windowed.ts'

/** `total f [, n] [as g] [by a]`: the sum of all rows. */
export const total: Operator<'total'> = {
  names: ['total'],
  parse: (cursor, at) => ({ op: 'total', at, ...readWindowed(cursor) }),
  print: (stage, pipeline) => `total ${printWindowed(stage, pipeline)}`,
  lower,
}

function lower(stage: Stage<'total'>, flow: Flow, context: Context): Flow {
  return windowedBy(stage, { flow, context }, { fn: 'sum' })
}
