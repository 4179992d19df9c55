import type { Span } from '../../../core/diagnostic.ts'
import { extend, group, select, unnest } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, column, compare, number, text } from '../../../plan/scalars.ts'
import { type Command, printName, printOptions } from '../command.ts'
import { fieldOf, has, maybe, shown } from '../lower/context.ts'
import { regexOf } from '../lower/regexes.ts'
import type { OptionTypes } from '../options.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Reader } from '../reader.ts'
import type { Name, Option } from '../syntax/tree.ts'

const EXPAND: OptionTypes = { limit: 'number' }
const MAKE: OptionTypes = { delim: 'text', tokenizer: 'text', allowempty: 'boolean', setsv: 'boolean' }
const COMBINE: OptionTypes = { delim: 'text' }

export const mvexpand: Command<'mvexpand'> = {
  names: ['mvexpand'],
  read: reader => oneField(reader, EXPAND),
  lower: ({ field, options }, rows, context) => {
    const value = fieldOf(rows, field, context)
    if (value.type !== 'list') return rows
    const most = numberOf(options, 'limit', 0)
    const of = most > 0 ? call('list_slice', value, number(0), number(most - 1)) : value
    return unnest(rows, { of, as: field.name, keepEmpty: true })
  },
  print: printOneField,
}

export const makemv: Command<'makemv'> = {
  names: ['makemv'],
  read: reader => oneField(reader, MAKE),
  lower: ({ field, options, at }, rows, context) => {
    const of = as('text', fieldOf(rows, field, context))
    const tokenizer = optionOf(options, 'tokenizer')
    const parts = tokenizer === undefined ? pieces(of, options) : tokens(of, tokenizer, at)
    return extend(rows, [{ name: field.name, value: isOn(options, 'setsv') ? as('text', parts) : parts }])
  },
  print: printOneField,
}

export const mvcombine: Command<'mvcombine'> = {
  names: ['mvcombine'],
  read: reader => oneField(reader, COMBINE),
  lower: ({ field, options }, rows, context) => {
    const value = fieldOf(rows, field, context)
    const others = shown(rows).filter(({ name }) => name !== field.name && !name.startsWith('_'))
    const of = value.type === 'list' ? value : as('text', value)
    const listed = { name: field.name, fn: 'list', of, orderBy: rows.order, type: 'list' } as const
    const combined = group(rows, others, [listed])
    const delim = optionOf(options, 'delim')
    if (delim === undefined)
      return select(
        combined,
        shown(rows).flatMap(({ name }) =>
          has(combined, name) ? [{ name, value: maybe(combined, name) }] : [],
        ),
      )
    return extend(combined, [
      { name: field.name, value: call('list_join', column(field.name, 'list'), text(delim)) },
    ])
  },
  print: printOneField,
}

export const nomv: Command<'nomv'> = {
  names: ['nomv'],
  read: reader => ({ field: oneField(reader, {}).field }),
  lower: ({ field }, rows, context) => {
    const value = fieldOf(rows, field, context)
    const joined = value.type === 'list' ? call('list_join', value, text(' ')) : value
    return extend(rows, [{ name: field.name, value: joined }])
  },
  print: ({ field }) => printName(field),
}

interface OneField {
  readonly options: readonly Option[]
  readonly field: Name
}

/** One field, with options before and behind it. */
function oneField(reader: Reader, types: OptionTypes): OneField {
  const before = reader.options(types)
  const field = reader.name()
  const options = [...before, ...reader.options(types)]
  reader.finish(types)
  return { options, field }
}

function printOneField({ options, field }: OneField): string {
  return printOptions(options) + printName(field)
}

function pieces(of: Scalar, options: readonly Option[]): Scalar {
  const parts = call('split', of, text(optionOf(options, 'delim') ?? ' '))
  if (isOn(options, 'allowempty')) return parts
  const body = compare('ne', column('$member', 'text'), text(''), { how: 'text' })
  return { kind: 'each', how: 'filter', of: parts, name: '$member', body, type: 'list' }
}

/** What the first group of an expression catches, wherever it matches. */
function tokens(of: Scalar, tokenizer: string, at: Span): Scalar {
  return { kind: 'capture', of, regex: regexOf(tokenizer, at), group: 1, all: true, type: 'list' }
}
