import type { DuckDBPreparedStatement } from '@duckdb/node-api'
import { join, name, quote, type Sql, sql } from '../../sql/sql.ts'
import type { Database } from './database.ts'
import { driver } from './driver.ts'
import { withStatement } from './engine-error.ts'
import { type ResultRow, resultRows } from './result-rows.ts'

/** What a SELECT of somebody else gives. */
export interface ForeignRows {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<readonly ResultRow[]>
}

/** Shows the columns of a table under their names to those who write SQL themselves, as a view of that name. */
export async function show(database: Database, table: string, columns: readonly string[]): Promise<void> {
  const taken = new Set<string>()
  const list = columns.map(
    column => sql`${database.columnOf(table, column)} AS ${name(unlike(column, taken))}`,
  )
  // There is no table of no columns: it has the ones that events always have, and no row.
  if (list.length === 0) list.push(sql`CAST(NULL AS DOUBLE) AS _time`, sql`CAST(NULL AS VARCHAR) AS _raw`)
  const from = database.fromOf(table)
  await database.execute(sql`CREATE TEMP VIEW ${name(table)} AS SELECT ${join(list, ', ')} FROM ${from}`)
}

/** From now on nothing outside memory can be read or written but these paths, and nobody can change that. */
export async function seal(database: Database, paths: readonly string[]): Promise<void> {
  const allowed = join(paths.map(quote), ', ')
  if (paths.length > 0) await database.execute(sql`SET allowed_paths = [${allowed}]`)
  await database.execute(sql`SET enable_external_access = false`)
  await database.execute(sql`SET lock_configuration = true`)
}

/** The one SELECT of a text that somebody else wrote, for a database that is sealed. Throws `EngineError`. */
export async function foreignSelect(database: Database, text: string): Promise<ForeignRows> {
  const statement = text as Sql
  const result = await withStatement(statement, async () => (await prepared(database, statement)).stream())
  return { columns: result.columnNames(), rows: resultRows(result, statement) }
}

/** Writes what such a SELECT gives to a file that `seal` allows; gives the number of rows. */
export async function writeForeignSelect(database: Database, text: string, path: string): Promise<number> {
  const statement = text as Sql
  await withStatement(statement, () => prepared(database, statement))
  // Read as one SELECT, it stays one between brackets.
  return database.writeParquet(text.replace(/[;\s]+$/, '') as Sql, path)
}

async function prepared(database: Database, statement: Sql): Promise<DuckDBPreparedStatement> {
  const statements = await database.extract(statement)
  if (statements.count !== 1) throw new Error(`it is ${statements.count} statements, not one`)
  const only = await statements.prepare(0)
  if (only.statementType !== driver().StatementType.SELECT) throw new Error('it is no SELECT')
  return only
}

/** The name, or the name with a number behind it: the engine does not tell cases apart. */
function unlike(column: string, taken: Set<string>): string {
  let made = column
  for (let count = 2; taken.has(made.toLowerCase()); count++) made = `${column}_${count}`
  taken.add(made.toLowerCase())
  return made
}
