import { assign, type Context, type Flow, fieldValue } from '../lower/flow.ts'
import { printName } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `withtime f`: remembers when a value was seen, for `most_recent` and `least_recent`. */
export const withtime: Operator<'withtime'> = {
  names: ['withtime'],
  parse: (cursor, at) => ({ op: 'withtime', at, of: cursor.name() }),
  print: ({ of }) => `withtime ${printName(of)}`,
  lower,
}

function lower({ of }: Stage<'withtime'>, flow: Flow, context: Context): Flow {
  return assign(flow, [{ name: `${of.name}_withtime`, value: fieldValue(flow, context, of.name, of.at) }])
}
