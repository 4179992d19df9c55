import type { Context, Flow } from '../lower/flow.ts'
import { windowedBy } from '../lower/windowed-by.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'
import { printWindowed, readWindowed } from './windowed.ts'

/** `smooth f [, n] [as g] [by a]`: the mean of the rows before, this one included. */
export const smooth: Operator<'smooth'> = {
  names: ['smooth'],
  parse: (cursor, at) => ({ op: 'smooth', at, ...readWindowed(cursor) }),
  print: (stage, pipeline) => `smooth ${printWindowed(stage, pipeline)}`,
  lower,
}

function lower(stage: Stage<'smooth'>, flow: Flow, context: Context): Flow {
  return windowedBy(
    stage,
    { flow, context },
    { fn: 'average', frame: { from: 1 - Math.max(1, stage.count ?? 10), to: 0 } },
  )
}
