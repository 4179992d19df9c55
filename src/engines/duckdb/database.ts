import type {
  DuckDBConnection,
  DuckDBInstance,
  DuckDBPreparedStatement,
  DuckDBResult,
} from '@duckdb/node-api'
import type { Cell, Relation } from '../../plan/relation.ts'
import { duckdb } from '../../sql/duckdb.ts'
import { duckdbMacros } from '../../sql/duckdb-macros.ts'
import { printRelation, shownColumns, type TablePrinter } from '../../sql/print-relation.ts'
import { join, name, numeral, quote, type Sql, sql } from '../../sql/sql.ts'
import { EngineError } from './engine-error.ts'
import { Macros } from './macros.ts'
import { cellOf } from './result-cell.ts'

export interface DatabaseOptions {
  /** Most memory in MB; what does not fit is spilled. */
  readonly memory: number
  readonly threads: number
  /** A folder of its own for what is spilled and for tables that are being loaded. */
  readonly folder: string
  /** Without our macros, and rows keep their order: to read files and nothing else. */
  readonly plain?: boolean
}

export type ResultRow = readonly Cell[]

/** What a SELECT of somebody else gives. */
export interface ForeignRows {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<readonly ResultRow[]>
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
    // Loaded only when there is something to relate: it takes a third of a second.
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(':memory:', {
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
    try {
      await this.defineMacros(statement)
      return (await this.connection.run(statement)).rowsChanged
    } catch (cause) {
      throw new EngineError(statement, cause)
    }
  }

  /** The rows of a statement of our own. */
  async query(statement: Sql): Promise<readonly ResultRow[]> {
    try {
      await this.defineMacros(statement)
      const rows = await (await this.connection.run(statement)).getRowsJS()
      return rows.map(row => row.map(cellOf))
    } catch (cause) {
      throw new EngineError(statement, cause)
    }
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

  /** Rows of a relation, in batches; each row has the cells of `shownColumns`. */
  async *rows(relation: Relation): AsyncGenerator<readonly ResultRow[]> {
    const columns = shownColumns(relation).length
    for await (const batch of this.stream(this.print(relation))) {
      yield columns === 0 ? batch.map(() => []) : batch
    }
  }

  /** The rows of a statement of our own, in batches. */
  async *stream(statement: Sql): AsyncGenerator<readonly ResultRow[]> {
    try {
      await this.defineMacros(statement)
      const result = await this.connection.stream(statement)
      for await (const batch of result.yieldRowsJs()) yield batch.map(row => row.map(cellOf))
    } catch (cause) {
      throw cause instanceof EngineError ? cause : new EngineError(statement, cause)
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

  /** Writes a relation's rows to a file; gives their number. */
  async writeParquet(relation: Relation, path: string): Promise<number> {
    const written = await this.query(
      sql`COPY (${this.print(relation)}) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd, RETURN_STATS)`,
    )
    return written.reduce((sum, row) => sum + Number(row[1] ?? 0), 0)
  }

  /** Shows the columns of a table under their names to those who write SQL themselves, as a view of that name. */
  async show(table: string, columns: readonly string[]): Promise<void> {
    const hidden = name(`loaded ${table}`)
    const taken = new Set<string>()
    const list = columns.map(column => sql`${this.columnOf(table, column)} AS ${name(unlike(column, taken))}`)
    // There is no table of no columns: it has the ones that events always have, and no row.
    if (list.length === 0) list.push(sql`CAST(NULL AS DOUBLE) AS _time`, sql`CAST(NULL AS VARCHAR) AS _raw`)
    await this.execute(sql`ALTER TABLE ${name(table)} RENAME TO ${hidden}`)
    await this.execute(sql`CREATE TEMP VIEW ${name(table)} AS SELECT ${join(list, ', ')} FROM ${hidden}`)
  }

  /** From now on nothing outside memory can be read or written but these paths, and nobody can change that. */
  async seal(paths: readonly string[]): Promise<void> {
    const allowed = join(paths.map(quote), ', ')
    if (paths.length > 0) await this.execute(sql`SET allowed_paths = [${allowed}]`)
    await this.execute(sql`SET enable_external_access = false`)
    await this.execute(sql`SET lock_configuration = true`)
  }

  /** The one SELECT of a text that somebody else wrote, for a database that is sealed. Throws `EngineError`. */
  async select(text: string): Promise<ForeignRows> {
    const statement = text as Sql
    try {
      const result = await (await this.prepareSelect(text)).stream()
      return { columns: result.columnNames(), rows: cellsOf(result, statement) }
    } catch (cause) {
      throw new EngineError(statement, cause)
    }
  }

  /** Writes what such a SELECT gives to a file that `seal` allows; gives the number of rows. */
  async writeSelected(text: string, path: string): Promise<number> {
    try {
      await this.prepareSelect(text)
    } catch (cause) {
      throw new EngineError(text as Sql, cause)
    }
    // Read as one SELECT, it stays one between brackets.
    const inner = text.replace(/[;\s]+$/, '') as Sql
    const written = await this.query(
      sql`COPY (\n${inner}\n) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd, RETURN_STATS)`,
    )
    return written.reduce((sum, row) => sum + Number(row[1] ?? 0), 0)
  }

  /** Makes those of our macros that a statement uses. */
  private async defineMacros(statement: string): Promise<void> {
    const macros = this.macros.take(statement)
    if (macros.length > 0) await this.connection.run(macros.join(';\n'))
  }

  private async prepareSelect(text: string): Promise<DuckDBPreparedStatement> {
    await this.defineMacros(text)
    const { StatementType } = await import('@duckdb/node-api')
    const statements = await this.connection.extractStatements(text)
    if (statements.count !== 1) throw new Error(`it is ${statements.count} statements, not one`)
    const prepared = await statements.prepare(0)
    if (prepared.statementType !== StatementType.SELECT) throw new Error('it is no SELECT')
    return prepared
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

  private readonly table: TablePrinter = (table, columns, names) => {
    const definition = this.tables.get(table)
    if (definition === undefined) throw new Error(`bug: there is no table ${table}`)
    const list = columns.map(column => sql`${this.columnOf(table, column.name)} AS ${names.of(column.name)}`)
    return sql`SELECT ${list.length === 0 ? sql`1 AS "$row"` : join(list, ', ')} FROM ${definition.from}`
  }
}

async function* cellsOf(result: DuckDBResult, statement: Sql): AsyncGenerator<readonly ResultRow[]> {
  try {
    for await (const batch of result.yieldRowsJs()) yield batch.map(row => row.map(cellOf))
  } catch (cause) {
    throw new EngineError(statement, cause)
  }
}

/** The name, or the name with a number behind it: the engine does not tell cases apart. */
function unlike(column: string, taken: Set<string>): string {
  let made = column
  for (let count = 2; taken.has(made.toLowerCase()); count++) made = `${column}_${count}`
  taken.add(made.toLowerCase())
  return made
}
