import { type Command, printName, printOptions } from '../command.ts'
import { lowerFromjson } from '../lower/spath.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = { prefix: 'text' }

export const fromjson: Command<'fromjson'> = {
  names: ['fromjson'],
  read: reader => {
    const before = reader.options(OPTIONS)
    const field = reader.name()
    const options = [...before, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return { options, field }
  },
  lower: (stage, rows, context) => lowerFromjson(stage, rows, context),
  print: ({ options, field }) => printOptions(options) + printName(field),
}
