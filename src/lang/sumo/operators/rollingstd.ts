import type { Context, Flow } from '../lower/flow.ts'
import { windowedBy } from '../lower/windowed-by.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'
import { printWindowed, readWindowed } from './windowed.ts'

/** `rollingstd f [, n] [as g] [by a]`: the standard deviation of the rows before, this one included. */
export const rollingstd: Operator<'rollingstd'> = {
  names: ['rollingstd'],
  parse: (cursor, at) => ({ op: 'rollingstd', at, ...readWindowed(cursor) }),
  print: (stage, pipeline) => `rollingstd ${printWindowed(stage, pipeline)}`,
  lower,
}

function lower(stage: Stage<'rollingstd'>, flow: Flow, context: Context): Flow {
  return windowedBy(
    stage,
    { flow, context },
    { fn: 'stdev', frame: { from: 1 - Math.max(1, stage.count ?? 10), to: 0 } },
  )
}
