import { type Command, printOptions } from '../command.ts'
import { detected } from '../lower/anomalies.ts'
import type { OptionTypes } from '../options.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Name, Option } from '../syntax/tree.ts'

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
  read: reader => {
    const options: Option[] = []
    const fields: Name[] = []
    for (;;) {
      options.push(...reader.options(OPTIONS))
      if (reader.done || reader.looksAt(/\w+\s*=/y)) break
      fields.push(reader.name())
    }
    reader.finish(OPTIONS)
    return { options, fields }
  },
  lower: (stage, rows, context) => detected(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}
