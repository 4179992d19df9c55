import type { Context, Flow } from '../lower/flow.ts'
import { windowedBy } from '../lower/windowed-by.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'
import { printWindowed, readWindowed } from './windowed.ts'

/** `accum f [, n] [as g] [by a]`: the sum up to a row. */
export const accum: Operator<'accum'> = {
  names: ['accum'],
  parse: (cursor, at) => ({ op: 'accum', at, ...readWindowed(cursor) }),
  print: (stage, pipeline) => `accum ${printWindowed(stage, pipeline)}`,
  lower,
}

function lower(stage: Stage<'accum'>, flow: Flow, context: Context): Flow {
  return windowedBy(stage, { flow, context }, { fn: 'sum', frame: { from: 'start', to: 0 } })
}
