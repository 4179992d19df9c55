import { extend, filter, type Pipeline, sort as sortRows, window } from '../../../plan/pipeline.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import {
  both,
  choose,
  column,
  compare,
  either,
  isNull,
  known,
  not,
  nothing,
  number,
} from '../../../plan/scalars.ts'
import { type Command, printOptions } from '../command.ts'
import { fieldOf, freshName } from '../lower/context.ts'
import { sortKeys } from '../lower/sort-keys.ts'
import type { OptionTypes } from '../options.ts'
import { isOn } from '../options.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Option } from '../syntax/tree.ts'
import { printSortFields, readSortFields } from './sort.ts'

const OPTIONS: OptionTypes = { keepevents: 'boolean', keepempty: 'boolean', consecutive: 'boolean' }

export const dedup: Command<'dedup'> = {
  names: ['dedup'],
  read: reader => {
    reader.space()
    const count = reader.match(/(\d{1,9})(?=\s)/y)?.[1]
    const options: Option[] = [...reader.options(OPTIONS)]
    const fields = []
    while (!reader.done && !reader.sees(['sortby']) && !reader.looksAt(/\w+\s*=/y)) {
      fields.push(reader.name())
      options.push(...reader.options(OPTIONS))
    }
    if (fields.length === 0) reader.unexpected('the name of a field is missing')
    const sortBy = reader.keyword('sortby') === undefined ? [] : readSortFields(reader)
    options.push(...reader.options(OPTIONS))
    reader.finish(OPTIONS)
    return { count: Number(count ?? 1), fields, options, sortBy }
  },
  lower: ({ count, fields, options, sortBy }, before, context) => {
    const rows = sortBy.length === 0 ? before : sortRows(before, sortKeys(before, sortBy, context))
    const keys = fields.map(field => fieldOf(rows, field, context))
    const place = freshName(rows, 'place')
    const complete = both(...keys.map(key => not(isNull(key))))
    const some = isOn(options, 'keepempty') ? rows : filter(rows, complete)
    const first = isOn(options, 'consecutive') ? runs(some, keys, place) : counted(some, keys, place)
    const few = compare('lte', column(place, 'number'), number(count))
    const kept = isOn(options, 'keepempty') ? either(few, not(complete)) : few
    if (!isOn(options, 'keepevents')) return filter(first, kept)
    return extend(
      first,
      fields.map(({ name }, at) => ({ name, value: choose(kept, keys[at] ?? nothing('text')) })),
    )
  },
  print: ({ count, fields, options, sortBy }) => {
    const by = sortBy.length === 0 ? '' : ` sortby ${printSortFields(sortBy)}`
    return `${count} ${printOptions(options)}${printNames(fields)}${by}`
  },
}

function counted(rows: Pipeline, keys: readonly Scalar[], name: string): Pipeline {
  return window(rows, [{ name, fn: 'row_number', partitionBy: keys, orderBy: rows.order, type: 'number' }])
}

/** Counts from 1 again wherever a key differs from that of the row before. */
function runs(rows: Pipeline, keys: readonly Scalar[], name: string): Pipeline {
  const run = `${name}run`
  const before = window(
    rows,
    keys.map((of, at) => ({
      name: `${name}${at}`,
      fn: 'lag',
      of,
      by: 1,
      partitionBy: [],
      orderBy: rows.order,
      type: of.type,
    })),
  )
  const same = both(
    ...keys.map((of, at) => known(compare('eq', of, column(`${name}${at}`, of.type), { how: 'text' }))),
  )
  const starts = extend(before, [{ name: run, value: choose(same, number(0), number(1)) }])
  const total = { fn: 'sum', of: column(run, 'number'), type: 'number' } as const
  const numbered = window(starts, [
    {
      name: run,
      fn: 'aggregate',
      aggregate: total,
      frame: { from: 'start', to: 0 },
      partitionBy: [],
      orderBy: rows.order,
      type: 'number',
    },
  ])
  return counted(numbered, [column(run, 'number')], name)
}
