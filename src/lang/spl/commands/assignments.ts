import { extend } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, both, call, compare, isNull, known, not, number, text } from '../../../plan/scalars.ts'
import { type Command, printName, printOptions } from '../command.ts'
import { fieldOf } from '../lower/context.ts'
import { chosen } from '../lower/functions/conditions.ts'
import { type OptionTypes, optionOf } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'
import { bareOrQuoted, quote } from '../syntax/text.ts'
import type { Name, NamedRange, Option } from '../syntax/tree.ts'

/** What the rows look like at the end of the search; until then the field keeps its value. */
export const fieldformat: Command<'fieldformat'> = {
  names: ['fieldformat'],
  read: reader => {
    const field = reader.name('the field to show')
    reader.expect('=', 'it is written field=expression')
    const value = readExpression(reader)
    reader.finish()
    return { field, value }
  },
  lower: (stage, rows, { formats }) => {
    formats.push(stage)
    return rows
  },
  print: ({ field, value }) => `${bareOrQuoted(field.name)}=${printExpression(value)}`,
}

export const setfields: Command<'setfields'> = {
  names: ['setfields'],
  read: reader => {
    const pairs: { field: Name; value: string }[] = []
    do {
      const field = reader.name('the field to set')
      reader.expect('=', 'it is written field="value"')
      pairs.push({ field, value: reader.value('the value') })
      reader.separators()
    } while (!reader.done)
    return { pairs }
  },
  lower: ({ pairs }, rows) =>
    extend(
      rows,
      pairs.map(({ field, value }) => ({ name: field.name, value: text(value) })),
    ),
  print: ({ pairs }) => pairs.map(({ field, value }) => `${printName(field)}=${quote(value)}`).join(', '),
}

const RANGES: OptionTypes = { default: 'text' }

export const rangemap: Command<'rangemap'> = {
  names: ['rangemap'],
  read: reader => {
    const start = reader.at
    const options: Option[] = []
    const ranges: NamedRange[] = []
    let field: Name | undefined
    for (;;) {
      options.push(...reader.options(RANGES))
      const name = reader.match(/([\w.-]+)\s*=\s*/y)?.[1]
      if (name === undefined) break
      if (name.toLowerCase() === 'field') field = reader.name()
      else ranges.push(range(reader, name))
    }
    if (field === undefined) reader.unexpected('the field is missing', 'it is written field=name')
    reader.finish(RANGES)
    return { options, field: field ?? { name: '', at: reader.span(start) }, ranges }
  },
  lower: ({ field, ranges, options }, rows, context) => {
    const value = as('number', fieldOf(rows, field, context))
    const standard = text(optionOf(options, 'default') ?? 'None')
    const branches = ranges.map(one => [within(value, one), text(one.name)] as const)
    // A value in several ranges has several names.
    const met = call('list_concat', ...branches.map(branch => as('list', chosen([branch]))))
    const name = overlaps(ranges) ? chosen([[not(isNull(met)), met]], standard) : chosen(branches, standard)
    return extend(rows, [{ name: 'range', value: name }])
  },
  print: ({ options, field, ranges }) => {
    const list = ranges.map(({ name, low, high }) => `${name}=${low}-${high}`).join(' ')
    return `field=${printName(field)} ${list} ${printOptions(options)}`.trimEnd()
  },
}

function range(reader: Reader, name: string): NamedRange {
  const found = reader.match(/"?(-?\d{1,15}(?:\.\d{1,15})?)-(-?\d{1,15}(?:\.\d{1,15})?)"?/y)
  if (found === undefined)
    reader.unexpected(`the range of "${name}" is missing`, 'it is written like low=0-30')
  return { name, low: Number(found?.[1] ?? 0), high: Number(found?.[2] ?? 0) }
}

function within(value: Scalar, { low, high }: NamedRange): Scalar {
  return known(both(compare('gte', value, number(low)), compare('lte', value, number(high))))
}

function overlaps(ranges: readonly NamedRange[]): boolean {
  return ranges.some((one, place) =>
    ranges.some((other, at) => at < place && one.low <= other.high && other.low <= one.high),
  )
}
