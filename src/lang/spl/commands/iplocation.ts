import type { Command } from '../command.ts'
import { located } from '../lower/locations.ts'
import { oneField, printOneField } from '../one-field.ts'
import type { OptionTypes } from '../options.ts'

const ENGLISH = { only: ['en', 'eng'], why: 'names are English' }

const OPTIONS: OptionTypes = { prefix: 'text', allfields: 'boolean', lang: ENGLISH }

export const iplocation: Command<'iplocation'> = {
  names: ['iplocation'],
  read: reader => oneField(reader, OPTIONS),
  lower: (stage, rows, context) => located(stage, rows, context),
  print: printOneField,
}
