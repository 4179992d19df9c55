import { type Command, printOptions } from '../command.ts'
import { summed } from '../lower/sums.ts'
import type { OptionTypes, Reader } from '../reader.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Name, Option } from '../syntax/tree.ts'

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
  read: reader => totals(reader, ROWS),
  lower: (stage, rows, context) => summed(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

export const addcoltotals: Command<'addcoltotals'> = {
  names: ['addcoltotals'],
  read: reader => totals(reader, COLUMNS),
  lower: (stage, rows, context) => summed(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

function totals(
  reader: Reader,
  types: OptionTypes,
): { readonly options: readonly Option[]; readonly fields: readonly Name[] } {
  const options: Option[] = []
  const fields: Name[] = []
  for (;;) {
    options.push(...reader.options(types))
    if (reader.done || reader.looksAt(/\w+\s*=/y)) break
    fields.push(reader.name())
  }
  reader.finish(types)
  return { options, fields }
}
