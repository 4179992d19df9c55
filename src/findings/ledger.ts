import type { Suppression } from '../context/suppressions.ts'

/** How a file ended. */
export type FileEnd =
  | 'read'
  /** Some of it was read, some was lost; `problems` says what. */
  | 'damaged'
  /** None of it could be read. */
  | 'failed'
  /** Nothing in it is a log that is known here. */
  | 'not-a-log'
  /** Left out by its date or by being the same file again. */
  | 'skipped'

/** Something that was lost, or that a person should know of. */
export interface LedgerProblem {
  /** `<room>/<what>` */
  readonly code: string
  readonly message: string
  /** Number of the record from 0, where it is about one. */
  readonly record?: number
  /** Whether data was lost: such a problem makes the exit code 3. */
  readonly lost: boolean
}

export interface FileEntry {
  readonly file: string
  readonly end: FileEnd
  /** Bytes as stored, and unpacked. */
  readonly bytes: number
  readonly unpacked: number
  /** Items found in it: events, records set apart, failed ones. */
  readonly records: number
  /** Events that were evaluated. */
  readonly events: number
  /** Of those, copies of an event that was already there. */
  readonly duplicates: number
  /** Left out by `--from` and `--to`. */
  readonly outside: number
  /** Records that could not be read. */
  readonly failed: number
  /** What they are -> how many: `digest`, `insight`, `unrecognised`. */
  readonly apart: { readonly [what: string]: number }
  /** At most 20 a file; `problems_total` counts all. */
  readonly problems: readonly LedgerProblem[]
  readonly problems_total: number
}

/** How a rule ended. */
export type RuleEnd =
  | 'ran'
  /** Not loaded; `problems` says why and where. */
  | 'refused'
  /** Loaded, and about logs of which there were none. */
  | 'no-such-logs'
  /** Ran, and could not have matched: a field it needs was never seen in this data. */
  | 'never-able'
  /** It remembers, and what was done asks each event alone. */
  | 'not-run'
  /** It takes what the organisation knows, and no context was given. */
  | 'no-context'
  /** Left out by a filter of the command line. */
  | 'excluded'

export interface RuleEntry {
  readonly id: string
  readonly title: string
  readonly file: string
  readonly end: RuleEnd
  readonly level?: string
  /** Distinct events that it matched. */
  readonly hits: number
  /** Distinct events that it would have matched but for approvals which its condition names; absent: none. */
  readonly suppressed?: number
  /** The fields that were never seen, for `never-able`. */
  readonly missing: readonly string[]
  /** As `error[code] file:line:column: message`. */
  readonly problems: readonly string[]
  /** Of an analytic what it could not see and what it needs, of a search what approvals do to its rows besides hiding them. */
  readonly notes?: readonly string[]
}

/** What became of the organisation's tables. */
export interface ContextEntry {
  /** The moment at which it was judged what is stale and overdue. */
  readonly as_of: string
  /** Those that were given. */
  readonly tables: readonly {
    readonly table: string
    readonly file: string
    readonly state: string
    readonly rows: number
    readonly refused: number
    readonly stale: number
    readonly overdue: number
    readonly caveat?: string
  }[]
  /** Matches that an approval covers made no findings. */
  readonly hidden: boolean
  /** Approvals that matches fell under. */
  readonly approvals: readonly Suppression[]
  /** Approvals that conditions of rules name under a `not`, and what they kept from matching. */
  readonly suppressed: readonly (Suppression & { readonly rule: string })[]
  /** As `error[code] file:line:column: message`. */
  readonly problems: readonly string[]
}

/** Where everything went. `--ledger FILE` writes it as JSON. */
export interface Ledger {
  readonly files: readonly FileEntry[]
  readonly rules: readonly RuleEntry[]
  readonly totals: LedgerTotals
  readonly context?: ContextEntry
}

export interface LedgerTotals {
  readonly files: number
  readonly files_lost: number
  readonly bytes: number
  readonly unpacked: number
  readonly records: number
  /** Events that were evaluated, copies included. */
  readonly events: number
  /** Distinct events. */
  readonly distinct: number
  readonly duplicates: number
  /** Event ids whose copies differ in content; every copy was evaluated. */
  readonly conflicting: number
  /** Events without an id; each counts as one. */
  readonly without_id: number
  /** Events without a time that can be read. */
  readonly without_time: number
  readonly outside: number
  readonly failed: number
  readonly apart: { readonly [what: string]: number }
  /** As written, the earliest and the latest. */
  readonly first_time?: string
  readonly last_time?: string
  readonly rules: { readonly [end in RuleEnd]?: number }
  readonly lost: boolean
  /** The scan was ended before everything was read. */
  readonly interrupted?: boolean
}
