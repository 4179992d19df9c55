import type { Database } from '../../engines/duckdb/database.ts'
import { loadRows } from '../../engines/duckdb/load-rows.ts'
import { hiddenColumns, type TakenRows } from '../../engines/files/row-taker.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { column } from '../../plan/scalars.ts'
import { name, sql } from '../../sql/sql.ts'

export interface EventTable {
  readonly events: Pipeline
  /** Events that were left out because they are copies of others. */
  readonly copies: number
}

/** The table `events` of the rows that were made for a search, each event once. */
export async function eventTable(taken: readonly TakenRows[], database: Database): Promise<EventTable> {
  const columns = await loadRows(
    database,
    'events',
    taken.map(({ filed }) => filed),
  )
  const has = (wanted: string): boolean => columns.some(({ name }) => name === wanted)
  const copies = has(hiddenColumns.id) ? await dropCopies(database) : 0
  const timed = taken.some(rows => rows.timed) && has('_time')
  const newest = timed ? [{ value: column('_time', 'number'), descending: true }] : []
  return {
    events: {
      relation: { op: 'table', table: 'events', columns },
      order: [...newest, { value: column('$row', 'number'), descending: false }],
    },
    copies,
  }
}

/** Keeps the first of the copies of an event; gives the number of the others. */
async function dropCopies(database: Database): Promise<number> {
  const id = database.columnOf('events', hiddenColumns.id)
  const first = sql`SELECT min(n) FROM events WHERE ${id} IS NOT NULL GROUP BY ${id}`
  return database.execute(sql`DELETE FROM ${name('events')} WHERE ${id} IS NOT NULL AND n NOT IN (${first})`)
}
