import type { Flow } from '../lower/flow.ts'
import { printNames, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `compose f, g [maxresults=100] [keywords]` ends a subquery: its rows become conditions `f=… and g=…`, or keywords. */
export const compose: Operator<'compose'> = {
  names: ['compose'],
  parse: (cursor, at) => {
    const fields = [...cursor.names()]
    while (cursor.isName() && !cursor.isWord('keywords', 'maxresults')) fields.push(cursor.name())
    const early = cursor.word('keywords')
    const given = settings(cursor, ['maxresults'])
    return { op: 'compose', at, fields, keywords: cursor.word('keywords') || early, settings: given }
  },
  print: ({ fields, keywords, settings: given }) =>
    `compose ${printNames(fields)}${printSettings(given)}${keywords ? ' keywords' : ''}`,
  lower,
}

function lower(_stage: Stage<'compose'>, flow: Flow): Flow {
  return flow
}
