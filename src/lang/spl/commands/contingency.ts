import { type Command, printOptions } from '../command.ts'
import { contingencies, pairsMet } from '../lower/contingency.ts'
import type { OptionTypes } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import type { Reader } from '../reader.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Stages } from '../syntax/tree.ts'

const WHOLE = ['1', '1.0']
const ROWS = 'rows and columns are limited by their number only, with maxrows and maxcols'

const TABLE: OptionTypes = {
  maxrows: 'number',
  maxcols: 'number',
  minrowcover: { only: WHOLE, why: ROWS },
  mincolcover: { only: WHOLE, why: ROWS },
  usetotal: 'boolean',
  totalstr: 'text',
}

export const contingency: Command<'contingency'> = {
  names: ['contingency', 'counttable', 'ctable'],
  read: reader => twoNames(reader, TABLE),
  lower: (stage, rows, context) => contingencies(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

export const cofilter: Command<'cofilter'> = {
  names: ['cofilter'],
  read: reader => twoNames(reader, {}),
  lower: (stage, rows, context) => pairsMet(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

function twoNames(reader: Reader, types: OptionTypes): Pick<Stages['contingency'], 'options' | 'fields'> {
  const start = reader.at
  const read = optionsAndFields(reader, types)
  if (read.fields.length !== 2)
    reader.fail('spl/syntax', `two fields are needed, not ${read.fields.length}`, { from: start })
  return read
}
