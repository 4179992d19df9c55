import type { ColumnType } from '../plan/column-type.ts'
import { hidden } from '../plan/pipeline.ts'
import {
  type Aggregate,
  type Cell,
  columnsOf,
  type Frame,
  type Relation,
  type SortKey,
  type WindowColumn,
} from '../plan/relation.ts'
import type { Column, Scalar } from '../plan/scalar.ts'
import { as, column } from '../plan/scalars.ts'
import type { Dialect } from './dialect.ts'
import { Names } from './names.ts'
import { printScalar } from './print-scalar.ts'
import { integer, join, name, numeral, quote, type Sql, sql } from './sql.ts'

/** How a table's column is read, by table and column; a name of its own where it stands in the engine. */
export type TablePrinter = (table: string, columns: readonly Column[], names: Names) => Sql

/** The columns of `printRelation`'s rows, in order. */
export function shownColumns(relation: Relation): readonly Column[] {
  return columnsOf(relation).filter(({ name }) => !hidden(name))
}

/**
 * A relation as one statement: a chain of named steps, each of which reads the ones before. Its rows have the
 * columns of `shownColumns`, or one of no meaning if there are none.
 */
export function printRelation(relation: Relation, dialect: Dialect, table: TablePrinter): Sql {
  const printer = new Printer(dialect, table)
  const last = printer.step(relation)
  return sql`WITH ${join(printer.steps, ',\n     ')}\nSELECT ${printer.shown(relation)} FROM ${last}${printer.finalOrder(relation)}`
}

class Printer {
  readonly steps: Sql[] = []
  private readonly dialect: Dialect
  private readonly table: TablePrinter
  private readonly names = new Names()
  /** A relation that is used twice is one step. */
  private readonly done = new Map<Relation, Sql>()

  constructor(dialect: Dialect, table: TablePrinter) {
    this.dialect = dialect
    this.table = table
  }

  /** The name of the step that gives the relation's rows. */
  step(relation: Relation): Sql {
    const before = this.done.get(relation)
    if (before !== undefined) return before
    const body = this.body(relation)
    const label = name(`step${this.steps.length + 1}`)
    this.steps.push(sql`${label} AS (${body})`)
    this.done.set(relation, label)
    return label
  }

  shown(relation: Relation): Sql {
    const list = shownColumns(relation).map(({ name }) => this.names.of(name))
    return list.length === 0 ? sql`1` : join(list, ', ')
  }

  finalOrder(relation: Relation): Sql {
    return relation.op === 'sort' ? this.orderBy(relation.orderBy) : sql``
  }

  private body(relation: Relation): Sql {
    switch (relation.op) {
      case 'table':
        return this.table(relation.table, relation.columns, this.names)
      case 'rows':
        return this.rows(relation.columns, relation.rows)
      case 'filter':
        return sql`SELECT * FROM ${this.step(relation.from)} WHERE ${this.scalar(relation.where)}`
      case 'distinct':
        return sql`SELECT DISTINCT * FROM ${this.step(relation.from)}`
      case 'sort':
        return sql`SELECT * FROM ${this.step(relation.from)}`
      case 'limit':
        return this.limit(relation)
      case 'extend':
        return this.extend(relation)
      case 'select':
        return this.select(relation)
      case 'group':
        return this.group(relation)
      case 'window':
        return this.window(relation)
      case 'unnest':
        return this.unnest(relation)
      case 'join':
        return this.join(relation)
      case 'union':
        return this.union(relation)
      default:
        return relation satisfies never
    }
  }

  private scalar(value: Scalar): Sql {
    return printScalar(value, this.names, this.dialect)
  }

  private named(value: Sql, as: string): Sql {
    const given = this.names.of(as)
    return value === given ? given : sql`${value} AS ${given}`
  }

  private rows(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Sql {
    const list = columns.map(({ name }) => this.names.of(name))
    if (columns.length === 0) {
      return rows.length === 0
        ? sql`SELECT 1 AS "$row" WHERE FALSE`
        : sql`SELECT unnest(range(${integer(rows.length)})) AS "$row"`
    }
    if (rows.length === 0) {
      const empty = columns.map(({ name, type }) => this.named(this.cell(null, type), name))
      return sql`SELECT ${join(empty, ', ')} WHERE FALSE`
    }
    const values = rows.map(row => {
      const cells = columns.map(({ type }, at) => this.cell(row[at] ?? null, type))
      return sql`(${join(cells, ', ')})`
    })
    return sql`SELECT * FROM (VALUES ${join(values, ', ')}) AS given(${join(list, ', ')})`
  }

  private cell(value: Cell, type: ColumnType): Sql {
    if (value === null) return sql`CAST(NULL AS ${this.dialect.types[type]})`
    if (typeof value === 'boolean') return value ? sql`TRUE` : sql`FALSE`
    if (typeof value === 'number') return numeral(value)
    return typeof value === 'string' ? quote(value) : this.dialect.list(value.map(quote))
  }

  private limit({ from, orderBy, count, offset }: Extract<Relation, { op: 'limit' }>): Sql {
    const skipped = offset === undefined ? sql`` : sql` OFFSET ${integer(offset)}`
    return sql`SELECT * FROM ${this.step(from)}${this.orderBy(orderBy)} LIMIT ${integer(count)}${skipped}`
  }

  private extend(relation: Extract<Relation, { op: 'extend' }>): Sql {
    const from = this.step(relation.from)
    const added = new Map(relation.columns.map(({ name, value }) => [name, value]))
    const list = columnsOf(relation).map(({ name }) => {
      const value = added.get(name)
      return value === undefined ? this.names.of(name) : this.named(this.scalar(value), name)
    })
    return sql`SELECT ${join(list, ', ')} FROM ${from}`
  }

  private select(relation: Extract<Relation, { op: 'select' }>): Sql {
    const from = this.step(relation.from)
    if (relation.columns.length === 0) return sql`SELECT 1 AS "$row" FROM ${from}`
    const list = relation.columns.map(({ name, value }) => this.named(this.scalar(value), name))
    return sql`SELECT ${join(list, ', ')} FROM ${from}`
  }

  private group({ from, by, aggregates }: Extract<Relation, { op: 'group' }>): Sql {
    const source = this.step(from)
    const keys = by.map(({ name, value }) => this.named(this.scalar(value), name))
    const values = aggregates.map(aggregate => this.named(this.aggregate(aggregate, sql``), aggregate.name))
    // By place, so that a key that has the name of a column it replaces is the key.
    const places = by.map((_, at) => integer(at + 1))
    const grouping = by.length === 0 ? sql`` : sql` GROUP BY ${join(places, ', ')}`
    const list = [...keys, ...values]
    return sql`SELECT ${list.length === 0 ? sql`1 AS "$row"` : join(list, ', ')} FROM ${source}${grouping}`
  }

  private aggregate(aggregate: Omit<Aggregate, 'name'>, over: Sql): Sql {
    const { fn, fraction, of, where, orderBy, type } = aggregate
    return this.dialect.aggregate({
      fn,
      fraction,
      type,
      of: of === undefined ? undefined : this.scalar(of),
      ofType: of?.type,
      where: where === undefined ? undefined : this.scalar(where),
      order: orderBy === undefined || orderBy.length === 0 ? undefined : this.keys(orderBy),
      over,
    })
  }

  private window(relation: Extract<Relation, { op: 'window' }>): Sql {
    const from = this.step(relation.from)
    const added = new Map(relation.columns.map(column => [column.name, column]))
    const list = columnsOf(relation).map(({ name }) => {
      const made = added.get(name)
      return made === undefined ? this.names.of(name) : this.named(this.windowColumn(made), name)
    })
    return sql`SELECT ${join(list, ', ')} FROM ${from}`
  }

  private windowColumn(made: WindowColumn): Sql {
    switch (made.fn) {
      case 'row_number':
        return sql`CAST(row_number()${this.over(made)} AS ${this.dialect.types.number})`
      case 'rank':
        return sql`CAST(rank()${this.over(made)} AS ${this.dialect.types.number})`
      case 'dense_rank':
        return sql`CAST(dense_rank()${this.over(made)} AS ${this.dialect.types.number})`
      case 'lag':
        return sql`lag(${this.scalar(made.of)}, ${integer(made.by)})${this.over(made)}`
      case 'lead':
        return sql`lead(${this.scalar(made.of)}, ${integer(made.by)})${this.over(made)}`
      case 'aggregate': {
        const framed = made.frame !== undefined
        return this.aggregate(
          made.aggregate,
          this.over({ ...made, orderBy: framed ? made.orderBy : [] }, made.frame),
        )
      }
      default:
        return made satisfies never
    }
  }

  private over({ partitionBy, orderBy }: Pick<WindowColumn, 'partitionBy' | 'orderBy'>, frame?: Frame): Sql {
    const parts = partitionBy.map(value => this.scalar(value))
    const partition = parts.length === 0 ? sql`` : sql`PARTITION BY ${join(parts, ', ')}`
    const order = this.orderBy(orderBy)
    return sql` OVER (${partition}${order}${frame === undefined ? sql`` : this.frame(frame)})`
  }

  private frame({ from, to, by }: Frame): Sql {
    const start =
      typeof from === 'object' ? sql`CAST(${this.scalar(from)} AS BIGINT) PRECEDING` : edge(from, by)
    return sql` ${by === undefined ? sql`ROWS` : sql`RANGE`} BETWEEN ${start} AND ${edge(to, by)}`
  }

  private orderBy(keys: readonly SortKey[]): Sql {
    return keys.length === 0 ? sql`` : sql` ORDER BY ${this.keys(keys)}`
  }

  private keys(keys: readonly SortKey[]): Sql {
    const list = keys.map(({ value, descending }) => {
      return sql`${this.scalar(value)} ${descending ? sql`DESC` : sql`ASC`} NULLS LAST`
    })
    return join(list, ', ')
  }

  private unnest(relation: Extract<Relation, { op: 'unnest' }>): Sql {
    const from = this.step(relation.from)
    const { lateral, member, place } = this.dialect.unnest(this.scalar(relation.of), relation.keepEmpty)
    const list = columnsOf(relation).map(({ name }) => {
      if (name === relation.as) return this.named(member, name)
      return name === relation.place ? this.named(place, name) : this.names.of(name)
    })
    return sql`SELECT ${join(list, ', ')} FROM ${from}${lateral}`
  }

  private join({ how, left, right, on }: Extract<Relation, { op: 'join' }>): Sql {
    const kinds = { inner: sql`INNER`, left: sql`LEFT`, full: sql`FULL` }
    return sql`SELECT * FROM ${this.step(left)} ${kinds[how]} JOIN ${this.step(right)} ON ${this.scalar(on)}`
  }

  private union(relation: Extract<Relation, { op: 'union' }>): Sql {
    const columns = columnsOf(relation)
    const parts = relation.of.map(part => {
      const own = new Map(columnsOf(part).map(column => [column.name, column.type]))
      const list = columns.map(({ name, type }) => {
        const has = own.get(name)
        const value = has === undefined ? this.cell(null, type) : this.scalar(as(type, column(name, has)))
        return this.named(value, name)
      })
      return sql`SELECT ${join(list, ', ')} FROM ${this.step(part)}`
    })
    return join(parts, ' UNION ALL ')
  }
}

function edge(at: number | 'start' | 'end', by: Frame['by']): Sql {
  if (at === 'start') return sql`UNBOUNDED PRECEDING`
  if (at === 'end') return sql`UNBOUNDED FOLLOWING`
  if (at === 0) return sql`CURRENT ROW`
  const distance = by === undefined ? integer(Math.abs(at)) : numeral(Math.abs(at))
  return at < 0 ? sql`${distance} PRECEDING` : sql`${distance} FOLLOWING`
}
