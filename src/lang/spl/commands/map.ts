import { type Command, printOptions } from '../command.ts'
import { mapped } from '../lower/map.ts'
import { type OptionTypes, optionOf } from '../options.ts'
import { bracketEnd } from '../syntax/split.ts'

const OPTIONS: OptionTypes = { search: 'text', maxsearches: 'number' }

export const map: Command<'map'> = {
  names: ['map'],
  read: reader => {
    const options = [...reader.options(OPTIONS)]
    reader.space()
    const start = reader.at
    let template = optionOf(options, 'search') ?? ''
    if (reader.peek() === '[') {
      const close = bracketEnd(reader.text, start, reader.end)
      if (close >= reader.end) reader.fail('spl/unclosed-bracket', 'this bracket is not closed')
      else template = reader.text.slice(start + 1, close).trim()
      if (!reader.failed) reader.at = close + 1
    }
    const templateAt = options.find(({ name }) => name === 'search')?.at ?? reader.span(start)
    options.push(...reader.options(OPTIONS))
    if (template === '')
      reader.unexpected('the search is missing', 'write it as search="…" with $field$ for values of the row')
    reader.finish(OPTIONS)
    return { options: options.filter(({ name }) => name !== 'search'), template, templateAt }
  },
  lower: (stage, rows, context) => mapped(stage, rows, context),
  print: ({ options, template }) => `${printOptions(options)}[${template}]`,
}
