import { type Command, printOptions } from '../command.ts'
import { asJsonText, unescapedText } from '../lower/markup.ts'
import { pathsFollowed } from '../lower/xpath.ts'
import type { OptionTypes } from '../options.ts'
import { optionsAndFields } from '../options-and-fields.ts'
import { printNames } from '../syntax/aggregations.ts'
import { quote } from '../syntax/text.ts'

const TOJSON: OptionTypes = {
  default: ['auto', 'bool', 'json', 'none', 'num', 'str'],
  fill_null: 'boolean',
  include_internal: 'boolean',
  output_field: 'text',
}

/** A field may stand in one of its functions, as in `num(size)`. */
export const tojson: Command<'tojson'> = {
  names: ['tojson'],
  read: reader => optionsAndFields(reader, TOJSON),
  lower: (stage, rows, context) => asJsonText(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

export const xmlunescape: Command<'xmlunescape'> = {
  names: ['xmlunescape'],
  read: reader => optionsAndFields(reader, { maxinputs: 'number' }),
  lower: (stage, rows, context) => unescapedText(stage, rows, context),
  print: ({ options, fields }) => printOptions(options) + printNames(fields),
}

const XPATH: OptionTypes = { outfield: 'text', field: 'text', default: 'text' }

export const xpath: Command<'xpath'> = {
  names: ['xpath'],
  read: reader => {
    const before = reader.options(XPATH)
    const path = reader.value('the path')
    const options = [...before, ...reader.options(XPATH)]
    reader.finish(XPATH)
    return { options, path }
  },
  lower: (stage, rows, context) => pathsFollowed(stage, rows, context),
  print: ({ options, path }) => printOptions(options) + quote(path),
}
