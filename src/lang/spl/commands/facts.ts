import { type Command, printOptions } from '../command.ts'
import { counted, origins, summarized } from '../lower/facts.ts'
import { type OptionTypes, onlyOff } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import { printNames } from '../syntax/aggregations.ts'

const COUNT: OptionTypes = {
  summarize: 'boolean',
  index: 'text',
  report_size: onlyOff('how large an index is, is not known'),
  list_vix: 'boolean',
  list_federated_remote: 'boolean',
}
const METADATA: OptionTypes = {
  type: ['hosts', 'sources', 'sourcetypes'],
  index: 'text',
  splunk_server: 'text',
  splunk_server_group: 'text',
  datatype: 'text',
}

/** How many events there are. */
export const eventcount: Command<'eventcount'> = {
  names: ['eventcount'],
  generates: true,
  read: reader => {
    const options = reader.options(COUNT)
    reader.finish(COUNT)
    return { options }
  },
  lower: (stage, _, context) => counted(stage, context),
  print: ({ options }) => printOptions(options).trimEnd(),
}

/** Where the events come from. */
export const metadata: Command<'metadata'> = {
  names: ['metadata'],
  generates: true,
  read: reader => {
    const options = reader.options(METADATA)
    reader.finish(METADATA)
    return { options }
  },
  lower: (stage, _, context) => origins(stage, context),
  print: ({ options }) => printOptions(options).trimEnd(),
}

export const fieldsummary: Command<'fieldsummary'> = {
  names: ['fieldsummary'],
  read: reader => optionsAndFields(reader, { maxvals: 'number' }),
  lower: (stage, rows) => summarized(stage, rows),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}
