import type { Scalar } from '../../../plan/scalar.ts'
import { call, column, number, text } from '../../../plan/scalars.ts'
import type { Cursor } from '../cursor.ts'
import { limits } from '../limits.ts'
import { keeping, sourceOf } from '../lower/extract.ts'
import { assign, type Context, type Flow } from '../lower/flow.ts'
import { writtenText } from '../lower/texts.ts'
import { options } from '../options.ts'
import { fieldOption, wholeNumber } from '../pieces.ts'
import { printName, printNumbered, printSettings } from '../print-parts.ts'
import { settings } from '../settings.ts'
import type { Stage } from '../syntax.ts'
import type { Numbered, Separated } from '../syntax-parts.ts'
import type { Operator } from './operator.ts'

const SETTINGS = ['delim', 'delimiter', 'escape', 'quote']

/** `csv f [delim="|"] extract 1 as a, 2 as b [nodrop]`. */
export const csv: Operator<'csv'> = {
  names: ['csv'],
  parse: (cursor, at) => ({ op: 'csv', at, ...separated(cursor) }),
  print: stage => `csv${print(stage)}`,
  lower,
}

/** `split f [delim=":"] extract 1 as a, 2 as b [nodrop]`. */
export const split: Operator<'split'> = {
  names: ['split'],
  parse: (cursor, at) => ({ op: 'split', at, ...separated(cursor) }),
  print: stage => `split${print(stage)}`,
  lower,
}

function separated(cursor: Cursor): Separated {
  const { field = cursor.name() } = fieldOption(cursor)
  const given = settings(cursor, SETTINGS)
  cursor.expectWord('extract')
  const items = [item(cursor, 1)]
  while (cursor.symbol(',') && items.length < limits.names) {
    items.push(item(cursor, (items.at(-1)?.place ?? 0) + 1))
  }
  const { nodrop } = options(cursor, ['nodrop'])
  return { field, settings: given, items, nodrop }
}

/** `3 as name`, or a name alone for the next place; `_` stands for a place that nobody wants. */
function item(cursor: Cursor, place: number): Numbered {
  if (!/^\d+$/.test(cursor.peek().text)) return { place, as: cursor.name() }
  const given = wholeNumber(cursor)
  cursor.expectWord('as')
  return { place: given, as: cursor.name() }
}

function print({ field, settings: given, items, nodrop }: Separated): string {
  return ` ${printName(field)}${printSettings(given)} extract ${printNumbered(items)}${nodrop ? ' nodrop' : ''}`
}

function lower(
  { field, settings: given, items }: Stage<'csv' | 'split'>,
  flow: Flow,
  context: Context,
): Flow {
  const sign = (key: string, otherwise: string): Scalar => {
    const raw = given.find(each => each.key.startsWith(key))?.value.raw ?? otherwise
    return text(raw.length === 1 ? raw : writtenText(raw.replace(/^'''$/, "'")))
  }
  const source = sourceOf(field, flow, context)
  const list = call('separated', source, sign('delim', ','), sign('quote', '"'), sign('escape', '\\'))
  const parts = assign(flow, [{ name: PARTS, value: list }])
  const wanted = items.filter(({ as }) => as.name !== '_')
  const fields = wanted.map(({ place, as: { name } }) => {
    const value = call('list_at', column(PARTS, 'list'), number(place - 1))
    return { name, value: keeping(flow, name, value) }
  })
  return assign(parts, fields)
}

const PARTS = '$parts'
