import { type Command, printOptions } from '../command.ts'
import { joinedWithin } from '../lower/selfjoin.ts'
import type { OptionTypes } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import { printNames } from '../syntax/aggregations.ts'

const OPTIONS: OptionTypes = { overwrite: 'boolean', max: 'number', keepsingle: 'boolean' }

export const selfjoin: Command<'selfjoin'> = {
  names: ['selfjoin'],
  read: reader => {
    const read = optionsAndFields(reader, OPTIONS)
    if (read.fields.length === 0) reader.unexpected('the name of a field is missing')
    return read
  },
  lower: (stage, rows, context) => joinedWithin(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}
