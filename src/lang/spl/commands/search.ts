import { filter } from '../../../plan/pipeline.ts'
import type { Command } from '../command.ts'
import { lowerTerm } from '../lower/term.ts'
import { printTerm } from '../syntax/print-term.ts'
import { readTerm } from '../syntax/read-term.ts'

export const search: Command<'search'> = {
  names: ['search'],
  generates: true,
  read: reader => {
    const term = readTerm(reader)
    reader.finish()
    return term === undefined ? {} : { term }
  },
  lower: function* ({ term }, rows, context) {
    return term === undefined ? rows : filter(rows, yield* lowerTerm(term, rows, context))
  },
  print: ({ term }, printSearch) => (term === undefined ? '' : printTerm(term, printSearch)),
}
