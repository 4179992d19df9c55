import type { Lowering } from '../../../plan/lowering.ts'
import { append as appendRows, limit, type Pipeline } from '../../../plan/pipeline.ts'
import { columnsOf } from '../../../plan/relation.ts'
import { type Command, printName, printOptions } from '../command.ts'
import { readSubsearch } from '../inner-text.ts'
import type { Context } from '../lower/context.ts'
import { beside, joinedWith } from '../lower/joins.ts'
import { combined } from '../lower/sets.ts'
import type { OptionTypes } from '../options.ts'
import { isOn, numberOf, onlyOff, optionOf } from '../options.ts'
import type { Reader } from '../reader.ts'
import { printNames } from '../syntax/aggregations.ts'
import type { Name, Option, Search, Stages } from '../syntax/tree.ts'

const LIMITS: OptionTypes = {
  extendtimerange: 'boolean',
  maxtime: 'number',
  maxout: 'number',
  timeout: 'number',
}
const JOIN: OptionTypes = {
  type: ['inner', 'outer', 'left'],
  usetime: onlyOff('rows are joined whatever their time is'),
  earlier: 'boolean',
  overwrite: 'boolean',
  max: 'number',
  left: 'text',
  right: 'text',
}
const COLUMNS: OptionTypes = { ...LIMITS, override: 'boolean' }

export const join: Command<'join'> = {
  names: ['join'],
  read: reader => {
    const options: Option[] = []
    const fields: Name[] = []
    for (;;) {
      options.push(...reader.options(JOIN))
      if (reader.done || reader.peek() === '[' || reader.sees(['where'])) break
      if (reader.looksAt(/\w+\s*=/y)) reader.finish(JOIN)
      fields.push(reader.name())
    }
    const pairs = reader.keyword('where') === undefined ? [] : equalPairs(reader, options)
    const search = readSubsearch(reader)
    reader.finish(JOIN)
    return { options, fields, pairs, search }
  },
  lower: (stage, rows, context) => joinedWith(stage, rows, context),
  print: ({ options, fields, pairs, search }, printSearch) => {
    const equal = pairs.map(({ left, right }) => `${printName(left)} = ${printName(right)}`).join(' AND ')
    const where = equal === '' ? '' : ` where ${equal}`
    return `${printOptions(options)}${printNames(fields)}${where} [${printSearch(search)}]`
  },
}

/** `L.id = R.user AND …`: each field with the name of its side before it, in either order. */
function equalPairs(reader: Reader, options: readonly Option[]): readonly Pair[] {
  const [left, right] = ['left', 'right'].map(side => optionOf(options, side))
  if (left === undefined || right === undefined)
    reader.unexpected('the names of both sides are missing', 'they are given as left=L right=R')
  const found: Pair[] = []
  do {
    const one = reader.name()
    reader.expect('=')
    const other = reader.name()
    const swapped = one.name.startsWith(`${right}.`)
    const pair = swapped ? { left: other, right: one } : { left: one, right: other }
    if (!pair.left.name.startsWith(`${left}.`) || !pair.right.name.startsWith(`${right}.`))
      reader.unexpected(`fields of both sides are needed, as in ${left}.id = ${right}.id`)
    found.push(pair)
  } while (reader.keyword('and') !== undefined)
  return found
}

type Pair = Stages['join']['pairs'][number]

export const append: Command<'append'> = {
  names: ['append'],
  read: reader => withSearch(reader, LIMITS),
  lower: function* ({ search, options }, rows, context) {
    return appendRows(rows, atMost(yield* context.lower(search), options))
  },
  print: printWithSearch,
}

export const appendcols: Command<'appendcols'> = {
  names: ['appendcols'],
  read: reader => withSearch(reader, COLUMNS),
  lower: function* ({ search, options }, rows, context) {
    return beside(rows, atMost(yield* context.lower(search), options), isOn(options, 'override'))
  },
  print: printWithSearch,
}

export const appendpipe: Command<'appendpipe'> = {
  names: ['appendpipe'],
  read: reader => withSearch(reader, { run_in_preview: 'boolean' }),
  lower: function* ({ search }, rows, context) {
    return appendRows(rows, yield* context.lower(search, rows))
  },
  print: printWithSearch,
}

/** What each of the searches makes of the rows that are there. */
export const multireport: Command<'multireport'> = {
  names: ['multireport'],
  read: reader => ({ options: [], searches: searches(reader) }),
  lower: function* ({ searches: all }, rows, context) {
    const made: Pipeline[] = []
    for (const search of all) made.push(yield* context.lower(search, rows))
    return made.reduce((before, next) => appendRows(before, next))
  },
  print: ({ searches: all }, printSearch) => printAll(all, printSearch),
}

export const union: Command<'union'> = {
  names: ['union'],
  generates: true,
  read: reader => ({ options: reader.options(LIMITS), searches: searches(reader) }),
  lower: ({ searches: all, options }, rows, context) => together(all, rows, { context, options }),
  print: ({ options, searches: all }, printSearch) => printOptions(options) + printAll(all, printSearch),
}

export const multisearch: Command<'multisearch'> = {
  names: ['multisearch'],
  generates: true,
  read: reader => ({ options: [], searches: searches(reader) }),
  lower: ({ searches: all }, rows, context) => together(all, rows, { context, options: [] }),
  print: ({ searches: all }, printSearch) => printAll(all, printSearch),
}

const WAYS = ['union', 'diff', 'intersect'] as const

export const set: Command<'set'> = {
  names: ['set'],
  generates: true,
  read: reader => {
    const word = reader.keyword(...WAYS)
    const how = WAYS.find(way => way === word) ?? 'union'
    if (word === undefined) reader.unexpected('union, diff or intersect is missing')
    const all = [readSubsearch(reader), readSubsearch(reader)]
    reader.finish()
    return { how, searches: all }
  },
  lower: (stage, _, context) => combined(stage, context),
  print: ({ how, searches: all }, printSearch) => `${how} ${printAll(all, printSearch)}`,
}

interface WithSearch {
  readonly options: readonly Option[]
  readonly search: Search
}

function withSearch(reader: Reader, types: OptionTypes): WithSearch {
  const options = reader.options(types)
  const search = readSubsearch(reader)
  reader.finish(types)
  return { options, search }
}

function printWithSearch({ options, search }: WithSearch, printSearch: (search: Search) => string): string {
  return `${printOptions(options)}[${printSearch(search)}]`
}

function searches(reader: Reader): readonly Search[] {
  const found: Search[] = []
  do {
    found.push(readSubsearch(reader))
    reader.separators()
  } while (!reader.done)
  return found
}

function printAll(all: readonly Search[], printSearch: (search: Search) => string): string {
  return all.map(search => `[${printSearch(search)}]`).join(' ')
}

/** As many rows of a subsearch as `maxout` says; 0 is all. */
function atMost(rows: Pipeline, options: readonly Option[]): Pipeline {
  const most = numberOf(options, 'maxout', 0)
  return most > 0 ? limit(rows, most) : rows
}

/** The rows of one search behind those of the other, and all behind those that are there. */
function* together(
  all: readonly Search[],
  rows: Pipeline,
  { context, options }: { readonly context: Context; readonly options: readonly Option[] },
): Lowering<Pipeline> {
  // As the first command it has no rows, and no columns either.
  let joined: Pipeline | undefined = columnsOf(rows.relation).length > 0 ? rows : undefined
  for (const search of all) {
    const next = atMost(yield* context.lower(search), options)
    joined = joined === undefined ? next : appendRows(joined, next)
  }
  return joined ?? rows
}
