import type { DuckDBConnection, DuckDBExtractedStatements, DuckDBInstance } from '@duckdb/node-api'
import type { Relation } from '../../plan/relation.ts'
import { duckdb } from '../../sql/duckdb.ts'
import { duckdbMacros } from '../../sql/duckdb-macros.ts'
import { printRelation, shownColumns, type TablePrinter } from '../../sql/print-relation.ts'
import { join, numeral, quote, type Sql, sql } from '../../sql/sql.ts'
import { driver } from './driver.ts'
import { withStatement } from './engine-error.ts'
import { Macros } from './macros.ts'
import { cellOf } from './result-cell.ts'
import { type ResultRow, resultRows } from './result-rows.ts'

export interface DatabaseOptions {
  /** Most memory in MB; what does not fit is spilled. */
  readonly memory: number
  readonly threads: number
  /** A folder of its own for what is spilled and for tables that are being loaded. */
  readonly folder: string
  /** Without our macros, and rows keep their order: to read files and nothing else. */
  readonly plain?: boolean
}

/** How a table of plans is read: what stands behind FROM, and the expression of each column by its name. */
export interface TableDefinition {
  readonly from: Sql
  column(name: string): Sql | undefined
}

/**
 * The embedded DuckDB, in memory, with our macros and without the network: nothing is installed or loaded at run
 * time. One query at a time. Throws `EngineError` when a statement fails.
 */
export class Database {
  readonly folder: string
  /** Relations whose rows are computed already, and the tables that hold them. */
  readonly kept = new Map<Relation, Relation>()
  private readonly instance: DuckDBInstance
  private readonly connection: DuckDBConnection
  private readonly macros: Macros
  private readonly tables = new Map<string, TableDefinition>()

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    folder: string,
    macros: Macros,
  ) {
    this.instance = instance
    this.connection = connection
    this.folder = folder
    this.macros = macros
  }

  static async open({ memory, threads, folder, plain = false }: DatabaseOptions): Promise<Database> {
    const instance = await driver().DuckDBInstance.create(':memory:', {
      memory_limit: `${memory}MB`,
      threads: String(threads),
      temp_directory: folder,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: String(plain),
    })
    return new Database(instance, await instance.connect(), folder, new Macros(plain ? [] : duckdbMacros))
  }

  /** Runs a statement for what it does; gives the number of rows that it changed. */
  async execute(statement: Sql): Promise<number> {
    return (await this.run(statement, () => this.connection.run(statement))).rowsChanged
  }

  /** The rows of a statement of our own. */
  async query(statement: Sql): Promise<readonly ResultRow[]> {
    const rows = await this.run(statement, async () => (await this.connection.run(statement)).getRowsJS())
    return rows.map(row => row.map(cellOf))
  }

  /** The rows of a statement of our own, in batches. */
  async *stream(statement: Sql): AsyncGenerator<readonly ResultRow[]> {
    yield* resultRows(await this.run(statement, () => this.connection.stream(statement)), statement)
  }

  /** The statements of a text, which are not run. */
  async extract(text: Sql): Promise<DuckDBExtractedStatements> {
    return this.run(text, () => this.connection.extractStatements(text))
  }

  /** The numbers of the steps of so many seconds since 1970 in which a table has a `_time`. */
  async timeSteps(table: string, seconds: number): Promise<readonly number[]> {
    const definition = this.tables.get(table)
    const time = definition?.column('_time')
    if (definition === undefined || time === undefined) return []
    const step = sql`floor(${time} / ${numeral(seconds)})`
    const rows = await this.query(
      sql`SELECT DISTINCT ${step} FROM ${definition.from} WHERE ${time} IS NOT NULL`,
    )
    return rows.map(([value]) => Number(value))
  }

  /** Names a table of plans. */
  define(table: string, definition: TableDefinition): void {
    this.tables.set(table, definition)
  }

  /** The expression of a table's column. */
  columnOf(table: string, column: string): Sql {
    const value = this.tables.get(table)?.column(column)
    if (value === undefined) throw new Error(`bug: table ${table} has no column ${column}`)
    return value
  }

  /** What stands behind FROM where a table is read. */
  fromOf(table: string): Sql {
    const definition = this.tables.get(table)
    if (definition === undefined) throw new Error(`bug: there is no table ${table}`)
    return definition.from
  }

  /** Rows of a relation, in batches; each row has the cells of `shownColumns`. */
  async *rows(relation: Relation): AsyncGenerator<readonly ResultRow[]> {
    const columns = shownColumns(relation).length
    for await (const batch of this.stream(this.print(relation))) {
      yield columns === 0 ? batch.map(() => []) : batch
    }
  }

  /** The first rows of a relation. */
  async first(relation: Relation, count: number): Promise<readonly ResultRow[]> {
    const found: ResultRow[] = []
    for await (const batch of this.rows(relation)) {
      for (const row of batch) {
        if (found.length === count) return found
        found.push(row)
      }
    }
    return found
  }

  /** Writes the rows of a SELECT to a file; gives their number. */
  async writeParquet(select: Sql, path: string): Promise<number> {
    // On lines of its own, since it may end in a comment.
    const written = await this.query(
      sql`COPY (\n${select}\n) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd, RETURN_STATS)`,
    )
    return written.reduce((sum, row) => sum + Number(row[1] ?? 0), 0)
  }

  print(relation: Relation): Sql {
    return printRelation(relation, duckdb, this.table, this.kept)
  }

  /** Ends the running query at once: it throws. */
  interrupt(): void {
    this.connection.interrupt()
  }

  close(): void {
    this.connection.closeSync()
    this.instance.closeSync()
  }

  /** Does something with a statement, for which those of our macros that it uses are made. */
  private run<T>(statement: Sql, work: () => Promise<T>): Promise<T> {
    return withStatement(statement, async () => {
      const macros = this.macros.take(statement)
      if (macros.length > 0) await this.connection.run(macros.join(';\n'))
      return work()
    })
  }

  private readonly table: TablePrinter = (table, columns, names) => {
    const from = this.fromOf(table)
    const list = columns.map(column => sql`${this.columnOf(table, column.name)} AS ${names.of(column.name)}`)
    return sql`SELECT ${list.length === 0 ? sql`1 AS "$row"` : join(list, ', ')} FROM ${from}`
  }
}
