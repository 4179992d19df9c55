import type { Flow } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** Operators that need a service or a model of Sumo Logic's own, or that send data elsewhere. */
export const unsupported: Operator<'unsupported'> = {
  names: ['summarize', 'logcompare', 'logexplain', 'infer', 'trace'],
  parse: (cursor, at, name) => ({ op: 'unsupported', at, name, text: cursor.rest() }),
  print: ({ name, text }) => `${name} ${text}`.trim(),
  lower,
}

function lower({ name, at }: Stage<'unsupported'>, _flow: Flow): Flow {
  return refuse('unsupported', `"${name}" cannot be run here: it is a service of Sumo Logic's own`, at)
}
