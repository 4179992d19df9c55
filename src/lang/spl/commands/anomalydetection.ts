import { type Command, printOptions } from '../command.ts'
import { detected } from '../lower/anomalies.ts'
import type { OptionTypes } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import { printNames } from '../syntax/aggregations.ts'

/** Splunk's, but for `bins`, `cap` and `missing`, which name the choices that its documentation leaves open. */
const OPTIONS: OptionTypes = {
  method: ['histogram', 'zscore', 'iqr'],
  action: ['filter', 'annotate', 'summary', 'remove', 'transform', 'rm', 'tf'],
  pthresh: 'number',
  cutoff: 'boolean',
  bins: 'text',
  cap: 'number',
  missing: ['skip', 'value'],
  param: 'number',
  uselower: 'boolean',
  mark: 'boolean',
}

export const anomalydetection: Command<'anomalydetection'> = {
  names: ['anomalydetection'],
  read: reader => optionsAndFields(reader, OPTIONS),
  lower: (stage, rows, context) => detected(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}
