import { type Command, printOptions } from '../command.ts'
import { eachField } from '../lower/each-field.ts'
import { type OptionTypes, optionOf } from '../options.ts'
import { printNames } from '../syntax/aggregations.ts'
import { bracketEnd } from '../syntax/split.ts'
import type { Name } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = {
  mode: ['multifield', 'multivalue', 'json_array', 'auto_collections'],
  fieldstr: 'text',
  matchstr: 'text',
  matchseg1: 'text',
  matchseg2: 'text',
  matchseg3: 'text',
  itemstr: 'text',
  iterstr: 'text',
}

export const foreach: Command<'foreach'> = {
  names: ['foreach'],
  read: reader => {
    const options = [...reader.options(OPTIONS)]
    const fields: Name[] = []
    while (!reader.done && reader.peek() !== '[') {
      fields.push(reader.name())
      options.push(...reader.options(OPTIONS))
    }
    const open = reader.at
    const close = bracketEnd(reader.text, open, reader.end)
    const all = /^auto_collections$/i.test(optionOf(options, 'mode') ?? '')
    if (fields.length === 0 && !all) reader.unexpected('the fields are missing')
    if (close >= reader.end) reader.unexpected('a command in brackets is missing', 'write it as [eval …]')
    const template = reader.failed ? '' : reader.text.slice(open + 1, close).trim()
    const templateAt = reader.span(open, close)
    if (!reader.failed) reader.at = close + 1
    reader.finish(OPTIONS)
    return { options, fields, template, templateAt }
  },
  lower: (stage, rows, context) => eachField(stage, rows, context),
  print: ({ options, fields, template }) => `${printOptions(options)}${printNames(fields)} [${template}]`,
}
