import type { Flow } from '../lower/flow.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** Nothing between two pipes: changes nothing. */
export const nothing: Operator<'nothing'> = {
  names: [],
  parse: (_cursor, at) => ({ op: 'nothing', at }),
  print: () => '',
  lower,
}

function lower(_stage: Stage<'nothing'>, flow: Flow): Flow {
  return flow
}
