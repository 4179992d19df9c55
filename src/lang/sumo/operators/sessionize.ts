import type { Cursor } from '../cursor.ts'
import type { Flow } from '../lower/flow.ts'
import { refuse } from '../lower/refuse.ts'
import { printNames, printText } from '../print-parts.ts'
import type { Name, Stage, Text } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `sessionize "start *" as (id), "end $id in *" as (time)`: messages that share values of their anchors. */
export const sessionize: Operator<'sessionize'> = {
  names: ['sessionize'],
  parse: (cursor, at) => {
    const anchors = [anchor(cursor)]
    while (cursor.symbol(',')) anchors.push(anchor(cursor))
    return { op: 'sessionize', at, anchors }
  },
  print: ({ anchors }) =>
    `sessionize ${anchors.map(({ pattern, as }) => `${printText(pattern)} as (${printNames(as)})`).join(', ')}`,
  lower,
}

function anchor(cursor: Cursor): { readonly pattern: Text; readonly as: readonly Name[] } {
  const pattern = cursor.text()
  cursor.expectWord('as')
  return { pattern, as: cursor.parenthesised(() => cursor.names()) }
}

function lower({ at }: Stage<'sessionize'>, _flow: Flow): Flow {
  return refuse(
    'unsupported',
    '"sessionize" cannot be run',
    at,
    'parse the messages and use "join" or "transactionize"',
  )
}
