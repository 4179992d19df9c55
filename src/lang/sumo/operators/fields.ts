import { type Context, dropping, type Flow, fieldValue, keepingInternals } from '../lower/flow.ts'
import { printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `fields a, b` keeps those, `fields - a, b` the others. */
export const fields: Operator<'fields'> = {
  names: ['fields'],
  parse: (cursor, at) => {
    const drop = cursor.symbol('-')
    if (!drop) cursor.symbol('+')
    return { op: 'fields', at, drop, names: cursor.parenthesised(() => cursor.names()) }
  },
  print: ({ drop, names }) => `fields ${drop ? '- ' : ''}${printNames(names)}`,
  lower,
}

function lower({ drop, names }: Stage<'fields'>, flow: Flow, context: Context): Flow {
  if (drop)
    return dropping(
      flow,
      names.map(({ name }) => name),
    )
  const unique = new Map(names.map(({ name, at }) => [name.toLowerCase(), { name, at }]))
  return keepingInternals(
    flow,
    [...unique.values()].map(({ name, at }) => ({ name, value: fieldValue(flow, context, name, at) })),
  )
}
