import type { ColumnType } from '../plan/column-type.ts'
import { hidden } from '../plan/pipeline.ts'
import { type Aggregate, type Cell, columnsOf, type Relation, type SortKey } from '../plan/relation.ts'
import type { Column, Scalar } from '../plan/scalar.ts'
import { as, column } from '../plan/scalars.ts'
import { isSummary } from '../plan/summary.ts'
import type { Dialect } from './dialect.ts'
import { Names } from './names.ts'
import { printScalar } from './print-scalar.ts'
import { type PartPrinter, printJoinedWindow, printWindow } from './print-window.ts'
import { integer, join, name, numeral, quote, type Sql, sql } from './sql.ts'
import { Weights } from './weights.ts'

/** How a table's column is read, by table and column; a name of its own where it stands in the engine. */
export type TablePrinter = (table: string, columns: readonly Column[], names: Names) => Sql

/** The columns of `printRelation`'s rows, in order. */
export function shownColumns(relation: Relation): readonly Column[] {
  return columnsOf(relation).filter(({ name }) => !hidden(name))
}

/**
 * A relation as one statement: a chain of named steps, each of which reads the ones before. Its rows have the
 * columns of `shownColumns`, or one of no meaning if there are none.
 * @param kept other relations that give the rows of some
 */
export function printRelation(
  relation: Relation,
  dialect: Dialect,
  table: TablePrinter,
  kept: ReadonlyMap<Relation, Relation> = new Map(),
): Sql {
  const printer = new Printer(dialect, table, kept)
  const last = printer.step(relation)
  return sql`WITH ${join(printer.steps, ',\n     ')}\nSELECT ${printer.shown(relation)} FROM ${last}${printer.finalOrder(relation)}`
}

class Printer implements PartPrinter {
  readonly steps: Sql[] = []
  readonly dialect: Dialect
  private readonly table: TablePrinter
  private readonly kept: ReadonlyMap<Relation, Relation>
  readonly names = new Names()
  /** A relation that is used twice is one step. */
  private readonly done = new Map<Relation, Sql>()
  private readonly weights = new Weights()

  constructor(dialect: Dialect, table: TablePrinter, kept: ReadonlyMap<Relation, Relation>) {
    this.dialect = dialect
    this.table = table
    this.kept = kept
  }

  /**
   * The name of the step that gives the relation's rows.
   * @param once they are to be computed once, however often they are read
   */
  step(relation: Relation, once = false): Sql {
    const before = this.done.get(relation)
    if (before !== undefined) return before
    const body = this.body(this.kept.get(relation) ?? relation)
    const label = name(`step${this.steps.length + 1}`)
    this.steps.push(sql`${label} AS ${once ? this.dialect.once : sql``}(${body})`)
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

  scalar(value: Scalar): Sql {
    return printScalar(value, this.names, this.dialect)
  }

  named(value: Sql, as: string): Sql {
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
    const from = this.step(relation.from, this.weights.isHeavy(relation.from))
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

  aggregate(aggregate: Omit<Aggregate, 'name'>, over: Sql): Sql {
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
    const { from } = relation
    if (!isSummary(from)) return printWindow(relation, this.step(from), this)
    return printJoinedWindow(relation, this.step(from, !this.kept.has(from)), this)
  }

  orderBy(keys: readonly SortKey[]): Sql {
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
