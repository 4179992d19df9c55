import type { Span } from '../../../core/diagnostic.ts'
import { extend, group, select, unnest } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, column, compare, number, text } from '../../../plan/scalars.ts'
import { type Command, printName } from '../command.ts'
import { fieldOf, has, maybe, shown } from '../lower/context.ts'
import { regexOf } from '../lower/regexes.ts'
import { oneField, printOneField } from '../one-field.ts'
import type { OptionTypes } from '../options.ts'
import { isOn, numberOf, optionOf } from '../options.ts'
import type { Option } from '../syntax/tree.ts'

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
    context.delimiters.set(field.name, optionOf(options, 'delim') ?? ' ')
    return select(
      combined,
      shown(rows).flatMap(({ name }) =>
        has(combined, name) ? [{ name, value: maybe(combined, name) }] : [],
      ),
    )
  },
  print: printOneField,
}

export const nomv: Command<'nomv'> = {
  names: ['nomv'],
  read: reader => ({ field: oneField(reader, {}).field }),
  lower: ({ field }, rows, context) => {
    const value = fieldOf(rows, field, context)
    const between = text(context.delimiters.get(field.name) ?? '\n')
    const joined = value.type === 'list' ? call('list_join', value, between) : value
    return extend(rows, [{ name: field.name, value: joined }])
  },
  print: ({ field }) => printName(field),
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
