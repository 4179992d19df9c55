import { filter } from '../../../plan/pipeline.ts'
import { as, known, not } from '../../../plan/scalars.ts'
import { type Command, printName, printOptions } from '../command.ts'
import { fieldOf } from '../lower/context.ts'
import { extracted } from '../lower/extraction.ts'
import { sought, soughtOf } from '../lower/regexes.ts'
import { anyOf } from '../lower/values.ts'
import type { OptionTypes } from '../options.ts'
import { quote } from '../syntax/text.ts'

const OPTIONS: OptionTypes = {
  field: 'text',
  max_match: 'number',
  mode: ['sed'],
  offset_field: 'text',
}

export const rex: Command<'rex'> = {
  names: ['rex'],
  read: reader => {
    const before = reader.options(OPTIONS)
    const pattern = reader.quoted() ?? reader.match(/[^\s,]+/y)?.[0] ?? ''
    if (pattern === '') reader.unexpected('the regular expression is missing', 'it stands in double quotes')
    const options = [...before, ...reader.options(OPTIONS)]
    reader.finish(OPTIONS)
    return { pattern, options }
  },
  lower: (stage, rows, context) => extracted(stage, rows, context),
  print: ({ pattern, options }) => printOptions(options) + quote(pattern),
}

export const regex: Command<'regex'> = {
  names: ['regex'],
  read: reader => {
    reader.space()
    if (reader.peek() === '"' && !reader.looksAt(/"[^"]*"\s*!?=/y)) {
      const pattern = reader.quoted() ?? ''
      reader.finish()
      return { pattern, negated: false }
    }
    const field = reader.name()
    reader.space()
    const op = reader.match(/!?=/y)?.[0]
    if (op === undefined) reader.unexpected('"=" or "!=" is missing')
    reader.space()
    const pattern = reader.quoted() ?? reader.match(/\S+/y)?.[0] ?? ''
    reader.finish()
    return { field, negated: op === '!=', pattern }
  },
  lower: ({ field, negated, pattern, at }, rows, context) => {
    const of = fieldOf(rows, field ?? { name: '_raw', at }, context)
    const wanted = soughtOf(pattern, at)
    const found = known(anyOf(of, one => sought(as('text', one), wanted)))
    return filter(rows, negated ? not(found) : found)
  },
  print: ({ field, negated, pattern }) =>
    (field === undefined ? '' : `${printName(field)}${negated ? '!=' : '='}`) + quote(pattern),
}
