import type { Command } from '../command.ts'
import { refuse } from '../lower/context.ts'

/** Ends the search if there are no rows. */
export const requireRows: Command<'require'> = {
  names: ['require'],
  read: reader => {
    reader.finish()
    return {}
  },
  lower: function* ({ at }, rows) {
    const { relation } = rows
    const answer = yield { relation, limit: 1, why: 'whether there are rows, for require' }
    if (answer.rows.length === 0)
      return refuse('spl/required', 'require ends the search: there are no rows', at)
    return rows
  },
  print: () => '',
}
