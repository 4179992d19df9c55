import { extend, filter, window } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  as,
  both,
  call,
  coalesce,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  number,
  text,
} from '../../../plan/scalars.ts'
import { type Command, printName, printOptions } from '../command.ts'
import { fieldOf, freshName, maybe, shown } from '../lower/context.ts'
import { chosen } from '../lower/functions/conditions.ts'
import type { OptionTypes } from '../options.ts'
import { isOn, numberOf } from '../options.ts'
import type { Reader } from '../reader.ts'
import { quote } from '../syntax/text.ts'
import type { Name, Stages } from '../syntax/tree.ts'

const DELTA: OptionTypes = { p: 'number' }

export const accum: Command<'accum'> = {
  names: ['accum'],
  read: reader => {
    const renamed = readRenamed(reader)
    reader.finish()
    return renamed
  },
  lower: ({ field, as: given }, rows, context) => {
    const of = as('number', fieldOf(rows, field, context))
    const name = freshName(rows, 'total')
    const aggregate = { fn: 'sum', of, type: 'number' } as const
    const frame = { from: 'start', to: 0 } as const
    const summed = window(rows, [
      { name, fn: 'aggregate', aggregate, frame, partitionBy: [], orderBy: rows.order, type: 'number' },
    ])
    // A row without a number has no part in it.
    const made = given?.name ?? field.name
    const value = chosen([[not(isNull(of)), column(name, 'number')]], maybe(summed, made))
    return extend(summed, [{ name: made, value }])
  },
  print: printRenamed,
}

export const delta: Command<'delta'> = {
  names: ['delta'],
  read: reader => {
    const renamed = readRenamed(reader)
    const options = reader.options(DELTA)
    reader.finish(DELTA)
    return { ...renamed, options }
  },
  lower: ({ field, as: given, options }, rows, context) => {
    const of = as('number', fieldOf(rows, field, context))
    const name = freshName(rows, 'before')
    const by = numberOf(options, 'p', 1)
    const before = window(rows, [
      { name, fn: 'lag', of, by, partitionBy: [], orderBy: rows.order, type: 'number' },
    ])
    const change = call('subtract', of, column(name, 'number'))
    return extend(before, [{ name: given?.name ?? `delta(${field.name})`, value: change }])
  },
  print: stage => `${printRenamed(stage)} ${printOptions(stage.options)}`.trimEnd(),
}

export const uniq: Command<'uniq'> = {
  names: ['uniq'],
  read: reader => {
    reader.finish()
    return {}
  },
  lower: (_, rows) => {
    const columns = shown(rows)
    const before = window(
      rows,
      columns.map(({ value: of }, at) => ({
        name: `$uniq${at}`,
        fn: 'lag',
        of,
        by: 1,
        partitionBy: [],
        orderBy: rows.order,
        type: of.type,
      })),
    )
    const place = freshName(rows, 'place')
    const placed = window(before, [
      { name: place, fn: 'row_number', partitionBy: [], orderBy: rows.order, type: 'number' },
    ])
    const same = columns.map(({ value }, at) => alike(value, column(`$uniq${at}`, value.type)))
    return filter(placed, either(compare('eq', column(place, 'number'), number(1)), not(both(...same))))
  },
  print: () => '',
}

export const strcat: Command<'strcat'> = {
  names: ['strcat'],
  read: reader => {
    const options = reader.options({ allrequired: 'boolean' })
    const parts: (Name | { readonly text: string })[] = []
    while (!reader.done) {
      const text = reader.quoted()
      parts.push(text === undefined ? reader.name() : { text })
      reader.separators()
    }
    const to = parts.pop()
    if (to === undefined || 'text' in to || parts.length === 0) {
      reader.unexpected('the parts and then the new field are needed')
      return { options, parts, to: { name: '', at: reader.span(reader.at) } }
    }
    return { options, parts, to }
  },
  lower: ({ options, parts, to }, rows, context) => {
    const values = parts.map(part => ('text' in part ? text(part.text) : fieldOf(rows, part, context)))
    const all = isOn(options, 'allrequired')
      ? values
      : values.map(value => coalesce(as('text', value), text('')))
    return extend(rows, [{ name: to.name, value: call('concat', ...all) }])
  },
  print: ({ options, parts, to }) =>
    `${printOptions(options)}${parts.map(part => ('text' in part ? quote(part.text) : part.name)).join(' ')} ${to.name}`,
}

function readRenamed(reader: Reader): { readonly field: Name; readonly as?: Name } {
  const field = reader.name()
  const as = reader.keyword('as') === undefined ? undefined : reader.name('the new name')
  return { field, ...(as === undefined ? {} : { as }) }
}

function printRenamed({ field, as }: Stages['accum'] | Stages['delta']): string {
  return printName(field) + (as === undefined ? '' : ` as ${printName(as)}`)
}

function alike(left: Scalar, right: Scalar): Scalar {
  return either(both(isNull(left), isNull(right)), known(compare('eq', left, right, { how: 'text' })))
}
