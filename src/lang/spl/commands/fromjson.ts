import type { Command } from '../command.ts'
import { lowerFromjson } from '../lower/spath.ts'
import { oneField, printOneField } from '../one-field.ts'
import type { OptionTypes } from '../options.ts'

const OPTIONS: OptionTypes = { prefix: 'text' }

export const fromjson: Command<'fromjson'> = {
  names: ['fromjson'],
  read: reader => oneField(reader, OPTIONS),
  lower: (stage, rows, context) => lowerFromjson(stage, rows, context),
  print: printOneField,
}
