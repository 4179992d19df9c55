import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../engines/duckdb/database.ts'
import { loadRows } from '../../engines/duckdb/load-rows.ts'
import { storedFile } from '../../engines/duckdb/stored-file.ts'
import type { TakenRows } from '../../engines/files/row-taker.ts'
import { rowPlace } from '../../engines/files/row-takers.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { column } from '../../plan/scalars.ts'
import { type Sql, sql } from '../../sql/sql.ts'

/** File -> records in it that say what an earlier one says. */
type Repeats = ReadonlyMap<number, ReadonlySet<number>>

/** Makes the table `events` of the rows that were made for a search, each event once. */
export async function eventTable(
  taken: readonly TakenRows[],
  repeats: Repeats,
  database: Database,
): Promise<Pipeline> {
  const files = taken.flatMap(({ filed }) => filed)
  const columns = await loadRows(database, 'events', files, unrepeated(repeats, database))
  const timed = taken.some(rows => rows.timed) && columns.some(({ name }) => name === '_time')
  const newest = timed ? [{ value: column('_time', 'number'), descending: true }] : []
  return {
    relation: { op: 'table', table: 'events', columns },
    order: [...newest, { value: column('$row', 'number'), descending: false }],
  }
}

/** Which rows say nothing that an earlier one says; undefined if all do. */
function unrepeated(repeats: Repeats, database: Database): Sql | undefined {
  const places = [...repeats].flatMap(([file, records]) => [...records].map(one => rowPlace(file, one)))
  if (places.length === 0) return undefined
  const list = join(database.folder, 'repeats.csv')
  writeFileSync(list, `${places.join('\n')}\n`)
  const from = sql`read_csv(${storedFile(list)}, columns = {place: 'BIGINT'}, auto_detect = false, header = false)`
  return sql`n NOT IN (SELECT place FROM ${from})`
}
