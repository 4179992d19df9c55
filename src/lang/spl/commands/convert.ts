import { type Command, printName, printOptions } from '../command.ts'
import { convertedBy } from '../lower/conversion.ts'
import type { OptionTypes } from '../options.ts'
import { optionOf } from '../options.ts'
import type { Reader } from '../reader.ts'
import type { Name } from '../syntax/tree.ts'

const OPTIONS: OptionTypes = { timeformat: 'text' }

export const convert: Command<'convert'> = {
  names: ['convert'],
  read: reader => {
    const options = [...reader.options(OPTIONS)]
    const conversions = []
    while (!reader.done) {
      conversions.push(conversion(reader))
      options.push(...reader.options(OPTIONS))
    }
    if (conversions.length === 0) reader.unexpected('a conversion such as ctime(_time) is missing')
    return { options, conversions }
  },
  lower: ({ options, conversions }, rows, context) => {
    const format = optionOf(options, 'timeformat') ?? '%m/%d/%Y %H:%M:%S'
    return conversions.reduce((before, conversion) => convertedBy(before, conversion, format, context), rows)
  },
  print: ({ options, conversions }) =>
    printOptions(options) +
    conversions
      .map(
        ({ fn, field, as }) => `${fn}(${printName(field)})${as === undefined ? '' : ` as ${printName(as)}`}`,
      )
      .join(' '),
}

function conversion(reader: Reader): { readonly fn: string; readonly field: Name; readonly as?: Name } {
  const fn = (reader.match(/[A-Za-z_]\w*/y)?.[0] ?? '').toLowerCase()
  reader.expect('(', 'a conversion is written function(field)')
  const field = reader.name()
  reader.expect(')')
  const as = reader.keyword('as') === undefined ? undefined : reader.name('the new name')
  return { fn, field, ...(as === undefined ? {} : { as }) }
}
