import { type Command, printName, printOptions } from '../command.ts'
import { located } from '../lower/locations.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = { prefix: 'text', allfields: 'boolean', lang: 'text' }

export const iplocation: Command<'iplocation'> = {
  names: ['iplocation'],
  read: reader => {
    const before = reader.options(OPTIONS)
    const field = reader.name()
    const options = [...before, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return { options, field }
  },
  lower: (stage, rows, context) => located(stage, rows, context),
  print: ({ options, field }) => printOptions(options) + printName(field),
}
