import { extend, group, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Aggregate, Named, SortKey } from '../../../plan/relation.ts'
import type { Column, Scalar } from '../../../plan/scalar.ts'
import { as, call, choose, coalesce, column, compare, nothing, number, text } from '../../../plan/scalars.ts'
import { isOn, optionOf } from '../options.ts'
import type { Option } from '../syntax/tree.ts'
import type { Context } from './context.ts'

/** How the fields of a transaction are put together. */
export interface Rendering {
  /** Does the field keep all its values, one for each event, in the order of time? */
  readonly listed: (name: string) => boolean
  /** What stands there for an event without the field. */
  readonly missing: string
  /** `_raw` has the values of all events, not one text. */
  readonly severalRaw: boolean
}

export function renderingOf(options: readonly Option[]): Rendering {
  const lists = optionOf(options, 'mvlist') ?? ''
  const names = new Set(lists.split(/[\s,]+/))
  const all = /^(t|true|1|yes)$/i.test(lists)
  return {
    listed: name => all || names.has(name),
    missing: optionOf(options, 'nullstr') ?? 'NULL',
    severalRaw: isOn(options, 'mvraw'),
  }
}

/** Fields that a transaction has of its own. */
const MADE = new Set(['_time', 'duration', 'eventcount', 'closed_txn'])

/** One row for each group of events: sets of the values of their fields, how long they took and how many they are. */
export function gathered(rows: Pipeline, by: readonly Named[], rendering: Rendering): Pipeline {
  const orderBy = oldest(rows)
  const fields = visible(rows).filter(({ name }) => !MADE.has(name))
  const lists = fields.filter(({ name }) => name !== '_raw' && rendering.listed(name))
  const when = column('$when', 'number')
  const grouped = group(rows, by, [
    ...fields.map((field): Aggregate => {
      const every = field.name === '_raw' || lists.includes(field)
      const of = lists.includes(field) ? filled(field, rendering.missing) : textOrList(field)
      return { name: field.name, fn: every ? 'list' : 'values', of, orderBy, type: 'list' }
    }),
    ...lists.map((field): Aggregate => {
      return { name: `$has ${field.name}`, fn: 'count', of: textOrList(field), type: 'number' }
    }),
    { name: '_time', fn: 'min', of: when, type: 'number' },
    { name: '$end', fn: 'max', of: when, type: 'number' },
    { name: 'eventcount', fn: 'count_rows', type: 'number' },
    { name: '$started', fn: 'first', of: column('$starts', 'boolean'), orderBy, type: 'boolean' },
    { name: '$finished', fn: 'last', of: column('$ends', 'boolean'), orderBy, type: 'boolean' },
  ])
  const raw = fields.some(({ name }) => name === '_raw') && !rendering.severalRaw
  return extend(grouped, [
    ...lists.map(field => ({ name: field.name, value: ifAny(field) })),
    ...(raw ? [{ name: '_raw', value: call('list_join', column('_raw', 'list'), text('\n')) }] : []),
    { name: 'duration', value: call('subtract', column('$end', 'number'), column('_time', 'number')) },
  ])
}

function textOrList({ name, type }: Column): Scalar {
  return type === 'list' ? column(name, type) : as('text', column(name, type))
}

function filled(field: Column, missing: string): Scalar {
  const value = textOrList(field)
  return coalesce(value, value.type === 'list' ? call('list_of', text(missing)) : text(missing))
}

/** A list that is made of nothing but what stands for missing values is none. */
function ifAny({ name }: Column): Scalar {
  const some = compare('gt', column(`$has ${name}`, 'number'), number(0), { how: 'number' })
  return choose(some, column(name, 'list'), nothing('list'))
}

/** The order of time: rows of one moment that came later are older. */
export function oldest(rows: Pipeline): readonly SortKey[] {
  return [
    { value: column('$when', 'number'), descending: false },
    ...rows.order.map(key => ({ ...key, descending: !key.descending })),
  ]
}

/** `nomv` puts the delimiter between the values of each field from now on. */
export function noteDelimiter(rows: Pipeline, options: readonly Option[], { delimiters }: Context): void {
  for (const { name } of visible(rows)) {
    if (!MADE.has(name)) delimiters.set(name, optionOf(options, 'delim') ?? ' ')
  }
}
