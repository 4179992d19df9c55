import type { Flow } from '../lower/flow.ts'
import { printNames } from '../print-parts.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `compose f, g [keywords]` ends a subquery: its rows become conditions `f=… and g=…`, or keywords. */
export const compose: Operator<'compose'> = {
  names: ['compose'],
  parse: (cursor, at) => {
    const fields = [cursor.name()]
    while (!cursor.atEnd && !cursor.isWord('keywords')) {
      cursor.symbol(',')
      fields.push(cursor.name())
    }
    return { op: 'compose', at, fields, keywords: cursor.word('keywords') }
  },
  print: ({ fields, keywords }) => `compose ${printNames(fields)}${keywords ? ' keywords' : ''}`,
  lower,
}

function lower(_stage: Stage<'compose'>, flow: Flow): Flow {
  return flow
}
