import { type Context, type Flow, flowOf } from '../lower/flow.ts'
import { lookupNamed } from '../lower/lookup-named.ts'
import { refuse } from '../lower/refuse.ts'
import { printText } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `cat path://"/shared/users"`: the rows of a table, in place of messages. */
export const cat: Operator<'cat'> = {
  names: ['cat'],
  parse: (cursor, at) => ({ op: 'cat', at, from: { raw: cursor.rest(), at } }),
  print: ({ from }) => `cat ${/^\w+:\/\//.test(from.raw) ? from.raw : printText(from)}`,
  lower,
}

function lower({ from, at }: Stage<'cat'>, _flow: Flow, context: Context): Flow {
  const table = lookupNamed(from, context)
  if (table === undefined) return refuse('unsupported', `nothing is known of "${from.raw}"`, at)
  table.met?.()
  return flowOf({ relation: table.listed ?? table.relation, order: [] }, false)
}
