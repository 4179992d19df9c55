import type { ColumnType } from './column-type.ts'
import type { Column, Scalar } from './scalar.ts'

/** A value of a row as it leaves a query: the types of `ColumnType`, or null. */
export type Cell = string | number | boolean | readonly string[] | null

export interface Named {
  readonly name: string
  readonly value: Scalar
}

/** Nulls come last, whatever the direction. */
export interface SortKey {
  readonly value: Scalar
  readonly descending: boolean
}

/**
 * How rows become one value. Nulls are left out; of a list, every member counts. `min` and `max` compare as `auto`
 * does: as numbers if all are. `first` and `last` go by `orderBy`, and so does the order of `list`. `values` are
 * distinct and sorted by code point. `upper_median` is the higher of the two numbers in the middle.
 */
export type AggregateName =
  | 'count'
  | 'count_rows'
  | 'count_distinct'
  | 'sum'
  | 'average'
  | 'min'
  | 'max'
  | 'values'
  | 'list'
  | 'first'
  | 'last'
  | 'mode'
  | 'stdev'
  | 'stdev_population'
  | 'variance'
  | 'variance_population'
  | 'percentile'
  | 'upper_median'
  | 'any_true'

export interface Aggregate {
  readonly name: string
  readonly fn: AggregateName
  /** Nothing for `count_rows`. */
  readonly of?: Scalar
  /** Of `percentile`: 0 to 1, interpolated linearly. */
  readonly fraction?: number
  /** Rows that it takes; those where this is not true are left out. */
  readonly where?: Scalar
  readonly orderBy?: readonly SortKey[]
  readonly type: ColumnType
}

/** Rows of a window relative to the current one; negative is before. */
export interface Frame {
  /** A value of the row: so many rows before it. */
  readonly from: number | 'start' | Scalar
  readonly to: number | 'end'
  /** Distances of the values of the only order key, not of rows; rows of one value are in or out together. */
  readonly by?: 'value'
}

export type WindowColumn = {
  readonly name: string
  readonly partitionBy: readonly Scalar[]
  readonly orderBy: readonly SortKey[]
  readonly type: ColumnType
} & (
  | { readonly fn: 'row_number' | 'rank' | 'dense_rank' }
  /** The value so many rows before (`lag`) or after. */
  | { readonly fn: 'lag' | 'lead'; readonly of: Scalar; readonly by: number }
  /** Without a frame: the whole partition. */
  | { readonly fn: 'aggregate'; readonly aggregate: Omit<Aggregate, 'name'>; readonly frame?: Frame }
)

/**
 * A query over tables as data: each node gives rows with the columns of `columnsOf`. Rows have no order of their
 * own; whatever depends on one says by what (see `pipeline.ts`).
 */
export type Relation =
  /** Something that the engine holds: the events, a lookup, a result that was kept. */
  | { readonly op: 'table'; readonly table: string; readonly columns: readonly Column[] }
  | { readonly op: 'rows'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly op: 'filter'; readonly from: Relation; readonly where: Scalar }
  /** Adds columns or replaces them; all see the row as it came. */
  | { readonly op: 'extend'; readonly from: Relation; readonly columns: readonly Named[] }
  /** These columns and no others. */
  | { readonly op: 'select'; readonly from: Relation; readonly columns: readonly Named[] }
  /** One row a group; without `by` always one row. Nulls are a group. */
  | {
      readonly op: 'group'
      readonly from: Relation
      readonly by: readonly Named[]
      readonly aggregates: readonly Aggregate[]
    }
  | { readonly op: 'window'; readonly from: Relation; readonly columns: readonly WindowColumn[] }
  /** A row for each member of a list, in the text column `as`, its place from 0 in `place`. */
  | {
      readonly op: 'unnest'
      readonly from: Relation
      readonly of: Scalar
      readonly as: string
      readonly place?: string
      /** A row without a member stays, with null. */
      readonly keepEmpty: boolean
    }
  /**
   * Columns of both sides, which must differ in their names. `on` sees both; it is usually an `and` of equalities.
   */
  | {
      readonly op: 'join'
      readonly how: 'inner' | 'left' | 'full'
      readonly left: Relation
      readonly right: Relation
      readonly on: Scalar
    }
  /** Rows of all; columns by name, null where one lacks it. Columns that differ in type become text or list. */
  | { readonly op: 'union'; readonly of: readonly Relation[] }
  | { readonly op: 'distinct'; readonly from: Relation }
  | {
      readonly op: 'limit'
      readonly from: Relation
      readonly orderBy: readonly SortKey[]
      readonly count: number
      readonly offset?: number
    }
  /** Only as the last step of a query. */
  | { readonly op: 'sort'; readonly from: Relation; readonly orderBy: readonly SortKey[] }

const known = new WeakMap<Relation, readonly Column[]>()

/** The columns of a relation's rows, in order. */
export function columnsOf(relation: Relation): readonly Column[] {
  const before = known.get(relation)
  if (before !== undefined) return before
  const found = find(relation)
  known.set(relation, found)
  return found
}

function find(relation: Relation): readonly Column[] {
  switch (relation.op) {
    case 'table':
    case 'rows':
      return relation.columns
    case 'filter':
    case 'distinct':
    case 'limit':
    case 'sort':
      return columnsOf(relation.from)
    case 'extend':
      return merge(columnsOf(relation.from), relation.columns.map(columnOf))
    case 'select':
      return relation.columns.map(columnOf)
    case 'group':
      return [...relation.by.map(columnOf), ...relation.aggregates.map(({ name, type }) => ({ name, type }))]
    case 'window':
      return merge(
        columnsOf(relation.from),
        relation.columns.map(({ name, type }) => ({ name, type })),
      )
    case 'unnest':
      return merge(columnsOf(relation.from), unnested(relation.as, relation.place))
    case 'join':
      return [...columnsOf(relation.left), ...columnsOf(relation.right)]
    case 'union':
      return united(relation.of.map(columnsOf))
    default:
      return relation satisfies never
  }
}

function columnOf({ name, value }: Named): Column {
  return { name, type: value.type }
}

function unnested(name: string, place: string | undefined): readonly Column[] {
  const member: Column = { name, type: 'text' }
  return place === undefined ? [member] : [member, { name: place, type: 'number' }]
}

/** The first ones in their order with the types of the second where both have it, then what is new. */
function merge(first: readonly Column[], second: readonly Column[]): readonly Column[] {
  const columns = new Map(first.map(column => [column.name, column]))
  for (const column of second) columns.set(column.name, column)
  return [...columns.values()]
}

function united(all: readonly (readonly Column[])[]): readonly Column[] {
  const columns = new Map<string, Column>()
  for (const column of all.flat()) {
    const before = columns.get(column.name)
    columns.set(
      column.name,
      before === undefined ? column : { ...column, type: common(before.type, column.type) },
    )
  }
  return [...columns.values()]
}

function common(first: ColumnType, second: ColumnType): ColumnType {
  if (first === second) return first
  return first === 'list' || second === 'list' ? 'list' : 'text'
}
