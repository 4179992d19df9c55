import type { Flow } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** Why each cannot be run, and what can be done in its place. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['infer', 'its models and benchmarks are kept by Sumo Logic; compare with numbers of your own by lookup'],
  ['logreduce keys', 'it lists the keys of messages; use "json auto" and count by those that matter'],
  ['parse using', 'its parsers are kept by Sumo Logic; write the "parse" or "parse regex" that you need'],
  [
    'logexplain',
    'how it finds what sets events apart is not published; use count by over both kinds of events',
  ],
])

/** The reason why an operator of `unsupported` cannot be run. */
export function whyUnsupported(name: string): string {
  return REASONS.get(name) ?? "it is a service of Sumo Logic's own"
}

/** Operators that need a service or a model of Sumo Logic's own. */
export const unsupported: Operator<'unsupported'> = {
  names: [...REASONS.keys()],
  parse: (cursor, at, name) => ({ op: 'unsupported', at, name, text: cursor.rest() }),
  print: ({ name, text }) => `${name} ${text}`.trim(),
  lower,
}

function lower({ name, at }: Stage<'unsupported'>, _flow: Flow): Flow {
  return refuse('unsupported', `"${name}" cannot be run: ${whyUnsupported(name)}`, at)
}
