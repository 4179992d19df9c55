import type { Database } from '../engines/duckdb/database.ts'
import { storedFile } from '../engines/duckdb/stored-file.ts'
import { integer, join, name, sql } from '../sql/sql.ts'
import type { LakeFile } from './manifest.ts'
import type { LakeTable } from './tables/table.ts'

/** Columns of few values, all of which the manifest keeps so that files without a wanted one are not opened. */
const LISTED = ['event_name', 'event_source', 'aws_region', 'recipient_account_id'] as const
/** More values than this are not kept. */
const MOST_LISTED = 2000

/** The values that stand in those columns of a Parquet file; a column of too many is left out. */
export async function listedValues(
  database: Database,
  parquet: string,
  table: LakeTable,
): Promise<LakeFile['values']> {
  const columns = LISTED.filter(column => table.promoted.some(promoted => promoted.column === column))
  if (columns.length === 0) return {}
  const lists = columns.map(
    column => sql`list(DISTINCT ${name(column)}) FILTER (WHERE ${name(column)} IS NOT NULL)`,
  )
  const cut = lists.map(list => sql`list_sort(list_slice(${list}, 1, ${integer(MOST_LISTED + 1)}))`)
  const [row = []] = await database.query(
    sql`SELECT ${join(cut, ', ')} FROM read_parquet(${storedFile(parquet)})`,
  )
  return Object.fromEntries(
    columns.flatMap((column, at) => {
      const found = row[at] ?? []
      if (!Array.isArray(found)) throw new Error('bug: a list of values')
      return found.length > MOST_LISTED ? [] : [[column, found.map(String)]]
    }),
  )
}
