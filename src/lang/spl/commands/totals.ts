import { type Command, printOptions } from '../command.ts'
import { summed } from '../lower/sums.ts'
import type { OptionTypes } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import { printNames } from '../syntax/aggregations.ts'

const ROWS: OptionTypes = {
  row: 'boolean',
  col: 'boolean',
  labelfield: 'text',
  label: 'text',
  fieldname: 'text',
}
const COLUMNS: OptionTypes = { labelfield: 'text', label: 'text' }

export const addtotals: Command<'addtotals'> = {
  names: ['addtotals'],
  read: reader => optionsAndFields(reader, ROWS),
  lower: (stage, rows, context) => summed(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

export const addcoltotals: Command<'addcoltotals'> = {
  names: ['addcoltotals'],
  read: reader => optionsAndFields(reader, COLUMNS),
  lower: (stage, rows, context) => summed(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}
