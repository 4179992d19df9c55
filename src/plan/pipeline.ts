import {
  type Aggregate,
  columnsOf,
  type Named,
  type Relation,
  type SortKey,
  type WindowColumn,
} from './relation.ts'
import type { Column, Scalar } from './scalar.ts'
import { column } from './scalars.ts'

/**
 * A relation whose rows have an order, as the search languages know it. Columns whose names begin with `$` are
 * hidden: they carry the order, `select` keeps them, wildcards never match them and results leave them out.
 */
export interface Pipeline {
  readonly relation: Relation
  readonly order: readonly SortKey[]
}

/** Hidden: what a finding tells of the event that a row is. */
export const EVENT_COLUMN = '$event'

export function hidden(name: string): boolean {
  return name.startsWith('$')
}

/** The columns that people see. */
export function visible({ relation }: Pipeline): readonly Column[] {
  return columnsOf(relation).filter(({ name }) => !hidden(name))
}

/** The column of that name as a value; undefined if there is none. */
export function columnNamed({ relation }: Pipeline, name: string): Scalar | undefined {
  const found = columnsOf(relation).find(column => column.name === name)
  return found === undefined ? undefined : column(found.name, found.type)
}

export function filter(pipeline: Pipeline, where: Scalar): Pipeline {
  return { ...pipeline, relation: { op: 'filter', from: pipeline.relation, where } }
}

/** Adds columns or replaces them. What the order reads of one that is replaced is kept aside. */
export function extend(pipeline: Pipeline, columns: readonly Named[]): Pipeline {
  if (columns.length === 0) return pipeline
  const names = new Set(columns.map(({ name }) => name))
  const { relation, order } = keepingOrder(pipeline, name => !names.has(name))
  return { relation: { op: 'extend', from: relation, columns }, order }
}

/** These columns, and the hidden ones. What the order reads of one that goes is kept aside. */
export function select(pipeline: Pipeline, columns: readonly Named[]): Pipeline {
  const stays = (name: string) =>
    hidden(name) || columns.some(named => named.name === name && isItself(named))
  const { relation, order } = keepingOrder(pipeline, stays)
  const used = new Set(order.flatMap(({ value }) => columnsIn(value)))
  const carried = columnsOf(relation).filter(({ name }) => hidden(name) && used.has(name))
  const kept = carried.map(({ name, type }) => ({ name, value: column(name, type) }))
  return { relation: { op: 'select', from: relation, columns: [...columns, ...kept] }, order }
}

/** Groups, in the order of their keys. */
export function group(
  { relation }: Pipeline,
  by: readonly Named[],
  aggregates: readonly Aggregate[],
): Pipeline {
  const order = by.map(({ name, value }) => ({ value: column(name, value.type), descending: false }))
  return { relation: { op: 'group', from: relation, by, aggregates }, order }
}

export function window(pipeline: Pipeline, columns: readonly WindowColumn[]): Pipeline {
  const names = new Set(columns.map(({ name }) => name))
  const { relation, order } = keepingOrder(pipeline, name => !names.has(name))
  return { relation: { op: 'window', from: relation, columns }, order }
}

/** Sorted by those keys; rows that are equal in them keep their order. */
export function sort(pipeline: Pipeline, keys: readonly SortKey[]): Pipeline {
  return { ...pipeline, order: [...keys, ...pipeline.order] }
}

export function limit(pipeline: Pipeline, count: number, offset?: number): Pipeline {
  const { relation, order } = pipeline
  const some = offset === undefined ? {} : { offset }
  return { order, relation: { op: 'limit', from: relation, orderBy: order, count, ...some } }
}

export function reverse(pipeline: Pipeline): Pipeline {
  const { relation, order } = numbered(pipeline)
  return { relation, order: order.map(key => ({ ...key, descending: !key.descending })) }
}

/** A row for each member of a list, in the order of the members; see `Relation`. */
export function unnest(
  pipeline: Pipeline,
  { of, as, keepEmpty }: { readonly of: Scalar; readonly as: string; readonly keepEmpty: boolean },
): Pipeline {
  const { relation, order } =
    pipeline.order.length === 0 ? numbered(pipeline) : keepingOrder(pipeline, name => name !== as)
  const place = fresh(relation)
  return {
    relation: { op: 'unnest', from: relation, of, as, place, keepEmpty },
    order: [...order, { value: column(place, 'number'), descending: false }],
  }
}

/** The rows of the first, then those of the second. */
export function append(first: Pipeline, second: Pipeline): Pipeline {
  const parts = [first, second].map((pipeline, part): Relation => {
    const { relation } = renumbered(pipeline, '$place')
    return {
      op: 'extend',
      from: relation,
      columns: [{ name: '$part', value: { kind: 'literal', value: part, type: 'number' } }],
    }
  })
  return {
    relation: { op: 'union', of: parts },
    order: ['$part', '$place'].map(name => ({ value: column(name, 'number'), descending: false })),
  }
}

/** With the order in one hidden column of its own, counted from 1. */
export function numbered(pipeline: Pipeline): Pipeline {
  const [first, ...more] = pipeline.order
  if (first?.value.kind === 'column' && more.length === 0 && hidden(first.value.name)) return pipeline
  return renumbered(pipeline, fresh(pipeline.relation))
}

/** The whole as a relation: visible columns in their order, rows sorted. */
export function finished(pipeline: Pipeline): Relation {
  return { op: 'sort', from: pipeline.relation, orderBy: pipeline.order }
}

function renumbered({ relation, order }: Pipeline, name: string): Pipeline {
  const columns: readonly WindowColumn[] = [
    { name, fn: 'row_number', partitionBy: [], orderBy: order, type: 'number' },
  ]
  return {
    relation: { op: 'window', from: relation, columns },
    order: [{ value: column(name, 'number'), descending: false }],
  }
}

/** What the order reads of columns that go is kept in hidden ones; to number the rows would mean to sort them. */
function keepingOrder(pipeline: Pipeline, stays: (name: string) => boolean): Pipeline {
  const { relation, order } = pipeline
  const copies: Named[] = []
  const kept = order.map((key): SortKey => {
    if (columnsIn(key.value).every(stays)) return key
    const name = fresh(
      relation,
      copies.map(copy => copy.name),
    )
    copies.push({ name, value: key.value })
    return { ...key, value: column(name, key.value.type) }
  })
  if (copies.length === 0) return pipeline
  return { relation: { op: 'extend', from: relation, columns: copies }, order: kept }
}

/** A hidden name that the relation does not have. */
function fresh(relation: Relation, taken: readonly string[] = []): string {
  const names = new Set([...columnsOf(relation).map(({ name }) => name), ...taken])
  let count = 1
  while (names.has(`$order${count}`)) count++
  return `$order${count}`
}

function isItself({ name, value }: Named): boolean {
  return value.kind === 'column' && value.name === name
}

/** Names of the columns that a value reads, as often as it reads them. */
export function columnsIn(value: Scalar): readonly string[] {
  switch (value.kind) {
    case 'column':
      return [value.name]
    case 'literal':
      return []
    case 'call':
      return value.args.flatMap(columnsIn)
    case 'compare':
      return [...columnsIn(value.left), ...columnsIn(value.right)]
    case 'and':
    case 'or':
      return value.of.flatMap(columnsIn)
    case 'choose':
      return [
        ...value.when.flatMap(branch => [...columnsIn(branch.if), ...columnsIn(branch.then)]),
        ...(value.otherwise === undefined ? [] : columnsIn(value.otherwise)),
      ]
    case 'each':
      return [...columnsIn(value.of), ...columnsIn(value.body).filter(name => name !== value.name)]
    default:
      return columnsIn(value.of)
  }
}
