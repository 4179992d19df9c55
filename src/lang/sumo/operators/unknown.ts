import type { Flow } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** What could not be read. */
export const unknown: Operator<'unknown'> = {
  names: [],
  parse: (cursor, at) => ({ op: 'unknown', at, text: cursor.rest() }),
  print: ({ text }) => text,
  lower,
}

function lower({ at }: Stage<'unknown'>, _flow: Flow): Flow {
  return refuse('syntax', 'this stage could not be read', at)
}
