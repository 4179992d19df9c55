import { type Command, printOptions } from '../command.ts'
import { series, transposed, untabled } from '../lower/pivots.ts'
import type { OptionTypes } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Name, Option } from '../syntax/tree.ts'

const TRANSPOSE: OptionTypes = {
  column_name: 'text',
  header_field: 'text',
  include_empty: 'boolean',
}
const SERIES: OptionTypes = { sep: 'text', format: 'text', grouped: 'boolean' }

export const transpose: Command<'transpose'> = {
  names: ['transpose'],
  read: reader => {
    const before = reader.options(TRANSPOSE)
    const count = reader.match(/\d{1,9}(?![\w.])/y)?.[0]
    const options = [...before, ...reader.options(TRANSPOSE)]
    reader.finish(TRANSPOSE)
    return { options, ...(count === undefined ? {} : { limit: Number(count) }) }
  },
  lower: (stage, rows) => transposed(stage, rows),
  print: ({ options, limit }) => `${limit ?? ''} ${printOptions(options)}`.trim(),
}

export const untable: Command<'untable'> = {
  names: ['untable'],
  read: reader => threeNames(reader, {}),
  lower: ({ fields }, rows, context) => untabled(fields, rows, context),
  print: ({ fields }) => printNames(fields),
}

export const xyseries: Command<'xyseries'> = {
  names: ['xyseries', 'maketable'],
  read: reader => threeNames(reader, SERIES),
  lower: (stage, rows, context) => series(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

interface Three {
  readonly options: readonly Option[]
  readonly fields: readonly Name[]
}

function threeNames(reader: Reader, types: OptionTypes): Three {
  const options: Option[] = [...reader.options(types)]
  const fields: Name[] = []
  while (!reader.done && !reader.looksAt(/\w+\s*=/y)) {
    fields.push(reader.name())
    options.push(...reader.options(types))
  }
  if (fields.length < 3) reader.unexpected('three fields are needed: row, column and value')
  reader.finish(types)
  return { options, fields }
}
