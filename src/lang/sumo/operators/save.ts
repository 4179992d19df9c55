import { finished } from '../lower/finish.ts'
import type { Context, Flow } from '../lower/flow.ts'
import type { Stage } from '../syntax.ts'
import type { Operator } from './operator.ts'

/** `save [append] /shared/users`: writes a table, which `lookup` finds under that path. */
export const save: Operator<'save'> = {
  names: ['save'],
  parse: (cursor, at) => {
    const append = cursor.word('append')
    const path = {
      raw: cursor
        .rest()
        .replace(/^path:\/\//i, '')
        .replace(/^"|"$/g, ''),
      at,
    }
    if (path.raw === '') cursor.unexpected('a path')
    return { op: 'save', at, path, append }
  },
  print: ({ path, append }) => `save${append ? ' append' : ''} ${path.raw}`,
  lower,
}

function lower({ path, append }: Stage<'save'>, flow: Flow, { environment }: Context): Flow {
  environment.write(path.raw, finished(flow), append)
  return flow
}
