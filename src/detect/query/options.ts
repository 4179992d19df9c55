import type { Diagnostic } from '../../core/diagnostic.ts'
import type { FieldStyle } from '../../engines/files/event-row.ts'
import type { SourceMapping } from '../../engines/files/file-names.ts'
import type { Environment, LookupTable } from '../../plan/lowering.ts'
import type { Cell } from '../../plan/relation.ts'
import type { ScanOptions } from '../options.ts'
import type { LanguageSearch } from './language-search.ts'

/** What a search is run on and how. */
export interface QueryOptions extends ScanOptions {
  readonly search: LanguageSearch
  /** The search as it was written. */
  readonly text?: string
  readonly style: FieldStyle
  /** Seconds since 1970 UTC: what `now()` is. */
  readonly now: number
  /** An unknown field is an error. */
  readonly strict: boolean
  /** MB that the engine may hold in memory. */
  readonly memory: number
  /** Tables that the search can look into, by name. */
  readonly lookups: ReadonlyMap<string, LookupTable>
  /** What is known of addresses. */
  readonly geo?: Environment['geo']
  /** Paths of the files in which that stands, for rules of Sigma. */
  readonly places?: readonly string[]
  /** What files are called in searches. */
  readonly mapping?: SourceMapping
  /** Only these columns of the result. */
  readonly fields?: readonly string[]
  /** Write the rows to this Parquet file instead of to the sink. */
  readonly parquet?: string
  readonly sink: RowSink
}

/** Who takes the rows of a search, in order. */
export interface RowSink {
  begin(columns: readonly string[]): void
  rows(rows: readonly (readonly Cell[])[]): void
  note(problem: Diagnostic): void
}
