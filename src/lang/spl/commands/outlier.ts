import { type Command, printOptions } from '../command.ts'
import { withoutOutliers } from '../lower/outliers.ts'
import type { OptionTypes } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import { printNames } from '../syntax/aggregations.ts'

const OPTIONS: OptionTypes = {
  type: ['iqr'],
  action: ['rm', 'remove', 'tf', 'transform'],
  param: 'number',
  uselower: 'boolean',
  mark: 'boolean',
}

export const outlier: Command<'outlier'> = {
  names: ['outlier'],
  read: reader => optionsAndFields(reader, OPTIONS),
  lower: (stage, rows, context) => withoutOutliers(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}
