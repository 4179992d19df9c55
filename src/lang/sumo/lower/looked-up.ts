import type { Span } from '../../../core/diagnostic.ts'
import type { LookupTable, Lowering } from '../../../plan/lowering.ts'
import type { Relation } from '../../../plan/relation.ts'
import type { Column, Scalar } from '../../../plan/scalar.ts'
import { both, call, column, compare } from '../../../plan/scalars.ts'
import type { Name } from '../syntax-parts.ts'
import { assign, type Flow, unused, withRows } from './flow.ts'
import { metRows } from './met-rows.ts'
import { refuse } from './refuse.ts'
import { textOf } from './values.ts'
import { over } from './window.ts'

interface Wanted {
  readonly column: string
  readonly name: string
  readonly at: Span
}

/**
 * Columns of a table under the names that are wanted of them (none: all), null where no row of it has those keys.
 * Keys and names of columns are compared in any case; of several rows the last counts. Tables of the organisation may
 * hold patterns, networks, and rows that hold for a time.
 */
export function* lookedUp(
  flow: Flow,
  table: LookupTable,
  {
    keys,
    wanted,
  }: {
    readonly keys: readonly { readonly value: Scalar; readonly column: Name }[]
    readonly wanted: readonly Wanted[]
  },
): Lowering<Flow> {
  const found = keys.map((key, index) => ({
    ...key,
    place: `${unused(flow, 'key')}${index}`,
    of: columnOf(table, key.column.name, key.column.at),
  }))
  const taken = found.map(({ of }) => of.name)
  const shown =
    wanted.length > 0 ? wanted : table.columns.filter(({ name }) => !taken.includes(name)).map(itself)
  const values = shown.map((each, index) => ({
    ...each,
    place: `${unused(flow, 'looked')}${index}`,
    of: columnOf(table, each.column, each.at),
  }))
  const plain = table.expires !== true && found.every(({ of }) => !Object.hasOwn(table.match, of.name))
  if (!plain) return yield* metRows(flow, table, { keys: found, values })
  const right = once(
    table.relation,
    found.map(({ place, of }) => ({ name: place, value: call('lower', textOf(column(of.name, of.type))) })),
    values.map(({ place, of }) => ({ name: place, value: column(of.name, of.type) })),
  )
  const on = both(
    ...found.map(({ place, value }) =>
      compare('eq', call('lower', textOf(value)), column(place, 'text'), { how: 'text' }),
    ),
  )
  const relation: Relation = { op: 'join', how: 'left', left: flow.rows.relation, right, on }
  return assign(
    withRows(flow, { relation, order: flow.rows.order }),
    values.map(({ name, place, of }) => ({ name, value: column(place, of.type) })),
  )
}

type Columns = readonly { readonly name: string; readonly value: Scalar }[]

/** The last row of each key. */
function once(from: Relation, keys: Columns, values: Columns): Relation {
  const selected: Relation = { op: 'select', from, columns: [...keys, ...values] }
  const place = { partitionBy: keys.map(({ name }) => column(name, 'text')), orderBy: [] }
  const numbered: Relation = {
    op: 'window',
    from: selected,
    columns: [
      { name: '$place', fn: 'row_number', type: 'number', ...place },
      over('$rows', { fn: 'count_rows', type: 'number' }, place),
    ],
  }
  const last: Relation = {
    op: 'filter',
    from: numbered,
    where: compare('eq', column('$place', 'number'), column('$rows', 'number')),
  }
  const columns = [...keys, ...values].map(({ name, value }) => ({ name, value: column(name, value.type) }))
  return { op: 'select', from: last, columns }
}

function itself({ name }: Column): Wanted {
  return { column: name, name, at: { start: 0, end: 0, line: 1, column: 1 } }
}

function columnOf(table: LookupTable, name: string, at: Span): Column {
  const found = table.columns.find(each => each.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  const help = `it has ${table.columns.map(each => each.name).join(', ')}`
  return refuse('unknown-column', `the lookup "${table.name}" has no column "${name}"`, at, help)
}
