import { type Command, printOptions } from '../command.ts'
import { lowerSpath } from '../lower/spath.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = { input: 'text', output: 'text', path: 'text' }

export const spath: Command<'spath'> = {
  names: ['spath'],
  read: reader => {
    const before = reader.options(OPTIONS)
    const start = reader.at
    const bare = reader.done ? undefined : reader.value('the path')
    const path = bare === undefined ? [] : [{ name: 'path', value: bare, at: reader.span(start) }]
    const options = [...before, ...path, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return { options }
  },
  lower: (stage, rows, context) => lowerSpath(stage, rows, context),
  print: ({ options }) => printOptions(options).trimEnd(),
}
