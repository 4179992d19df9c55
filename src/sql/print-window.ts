import {
  type Aggregate,
  columnsOf,
  type Frame,
  type Relation,
  type SortKey,
  type WindowColumn,
} from '../plan/relation.ts'
import type { Scalar } from '../plan/scalar.ts'
import type { Dialect } from './dialect.ts'
import type { Names } from './names.ts'
import { integer, join, numeral, type Sql, sql } from './sql.ts'

type Window = Extract<Relation, { op: 'window' }>

/** What prints the parts of a step. */
export interface PartPrinter {
  readonly dialect: Dialect
  readonly names: Names
  scalar(value: Scalar): Sql
  named(value: Sql, as: string): Sql
  aggregate(aggregate: Omit<Aggregate, 'name'>, over: Sql): Sql
  orderBy(keys: readonly SortKey[]): Sql
}

/** Rows with columns that depend on other rows. */
export function printWindow(relation: Window, from: Sql, printer: PartPrinter): Sql {
  return printed(relation, from, new Map(), printer)
}

/**
 * The same for rows that are cheap to read several times: what a column says of a whole partition is computed for each partition,
 * and joined to its rows. A window would sort all rows for it.
 */
export function printJoinedWindow(relation: Window, from: Sql, printer: PartPrinter): Sql {
  const joined = relation.columns.filter(ofWholePartition).map((made, nth): [string, Joined] => {
    return [made.name, joinedColumn(made, nth, from, printer)]
  })
  return printed(relation, from, new Map(joined), printer)
}

/** A table of one row a partition, as it is joined, and its column. */
interface Joined {
  readonly value: Sql
  readonly table: Sql
}

type PartitionColumn = Extract<WindowColumn, { fn: 'aggregate' }>

function ofWholePartition(made: WindowColumn): made is PartitionColumn {
  return made.fn === 'aggregate' && made.frame === undefined
}

function joinedColumn(
  { partitionBy, aggregate }: PartitionColumn,
  nth: number,
  from: Sql,
  printer: PartPrinter,
): Joined {
  const { names } = printer
  const value = names.of(` value ${nth}`)
  const parts = partitionBy.map((key, at) => ({
    key: printer.scalar(key),
    as: names.of(` key ${nth} ${at}`),
  }))
  const places = parts.map((_, at) => integer(at + 1))
  const list = [
    ...parts.map(({ key, as }) => sql`${key} AS ${as}`),
    sql`${printer.aggregate(aggregate, sql``)} AS ${value}`,
  ]
  const grouping = places.length === 0 ? sql`` : sql` GROUP BY ${join(places, ', ')}`
  const same = parts.map(({ key, as }) => sql`${key} IS NOT DISTINCT FROM ${as}`)
  const on = same.length === 0 ? sql`TRUE` : join(same, ' AND ')
  return { value, table: sql` LEFT JOIN (SELECT ${join(list, ', ')} FROM ${from}${grouping}) ON ${on}` }
}

function printed(
  relation: Window,
  from: Sql,
  joined: ReadonlyMap<string, Joined>,
  printer: PartPrinter,
): Sql {
  const added = new Map(relation.columns.map(made => [made.name, made]))
  const list = columnsOf(relation).map(({ name }) => {
    const made = added.get(name)
    if (made === undefined) return printer.names.of(name)
    return printer.named(joined.get(name)?.value ?? windowColumn(made, printer), name)
  })
  const tables = [...joined.values()].map(({ table }) => table)
  return sql`SELECT ${join(list, ', ')} FROM ${from}${join(tables, '')}`
}

function windowColumn(made: WindowColumn, printer: PartPrinter): Sql {
  const { types } = printer.dialect
  switch (made.fn) {
    case 'row_number':
      return sql`CAST(row_number()${over(made, printer)} AS ${types.number})`
    case 'rank':
      return sql`CAST(rank()${over(made, printer)} AS ${types.number})`
    case 'dense_rank':
      return sql`CAST(dense_rank()${over(made, printer)} AS ${types.number})`
    case 'lag':
      return sql`lag(${printer.scalar(made.of)}, ${integer(made.by)})${over(made, printer)}`
    case 'lead':
      return sql`lead(${printer.scalar(made.of)}, ${integer(made.by)})${over(made, printer)}`
    case 'aggregate': {
      const ordered = made.frame === undefined ? { ...made, orderBy: [] } : made
      return printer.aggregate(made.aggregate, over(ordered, printer, made.frame))
    }
    default:
      return made satisfies never
  }
}

function over(
  { partitionBy, orderBy }: Pick<WindowColumn, 'partitionBy' | 'orderBy'>,
  printer: PartPrinter,
  frame?: Frame,
): Sql {
  const parts = partitionBy.map(value => printer.scalar(value))
  const partition = parts.length === 0 ? sql`` : sql`PARTITION BY ${join(parts, ', ')}`
  const order = printer.orderBy(orderBy)
  return sql` OVER (${partition}${order}${frame === undefined ? sql`` : rows(frame, printer)})`
}

function rows({ from, to, by }: Frame, printer: PartPrinter): Sql {
  const start =
    typeof from === 'object' ? sql`CAST(${printer.scalar(from)} AS BIGINT) PRECEDING` : edge(from, by)
  return sql` ${by === undefined ? sql`ROWS` : sql`RANGE`} BETWEEN ${start} AND ${edge(to, by)}`
}

function edge(at: number | 'start' | 'end', by: Frame['by']): Sql {
  if (at === 'start') return sql`UNBOUNDED PRECEDING`
  if (at === 'end') return sql`UNBOUNDED FOLLOWING`
  if (at === 0) return sql`CURRENT ROW`
  const distance = by === undefined ? integer(Math.abs(at)) : numeral(Math.abs(at))
  return at < 0 ? sql`${distance} PRECEDING` : sql`${distance} FOLLOWING`
}
