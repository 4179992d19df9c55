import { type Command, printOptions } from '../command.ts'
import { overlapping } from '../lower/concurrency.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = { duration: 'text', start: 'text', output: 'text' }

export const concurrency: Command<'concurrency'> = {
  names: ['concurrency'],
  read: reader => {
    const options = reader.options(OPTIONS)
    reader.finish(OPTIONS)
    return { options }
  },
  lower: (stage, rows, context) => overlapping(stage, rows, context),
  print: ({ options }) => printOptions(options).trimEnd(),
}
