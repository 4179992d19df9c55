import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Database } from '../../engines/duckdb/database.ts'
import type { LookupTable, Search } from '../../plan/lowering.ts'
import type { ScanOptions } from '../options.ts'
import type { FieldStyle } from './event-row.ts'

/** What a search is run on and how. */
export interface QueryOptions extends ScanOptions {
  readonly search: Search
  readonly style: FieldStyle
  /** Seconds since 1970 UTC: what `now()` is. */
  readonly now: number
  /** An unknown field is an error. */
  readonly strict: boolean
  /** MB that the engine may hold in memory. */
  readonly memory: number
  /** Tables that searches can look into, made in the database on demand. */
  lookups(database: Database): Promise<ReadonlyMap<string, LookupTable>>
  readonly sink: RowSink
}

/** Who takes the rows of a search, in order. */
export interface RowSink {
  begin(columns: readonly string[]): void
  rows(rows: readonly (readonly unknown[])[]): void
  note(problem: Diagnostic): void
}
