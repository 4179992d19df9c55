import type { Expr } from '../../plan/expr.ts'
import type { DetectionRule } from '../../plan/rule.ts'
import type { CorrelationRule } from '../../plan/state-rule.ts'
import { knownSources } from '../../sources/known.ts'
import type { SourceMap } from '../../sources/map/source-map.ts'
import type { Noted } from '../../state/prospects.ts'
import type { IdChunks } from './event-ids.ts'
import type { ReadOptions } from './read-events.ts'
import type { RowJob, TakenRows } from './row-taker.ts'
import type { FileTally } from './tally.ts'

/** What every thread of a hunt is told. Plain data. */
export interface ScanJob {
  readonly rules: readonly DetectionRule[]
  /** For each rule the fields whose values rules over it want; absent: none. */
  readonly carry?: readonly (readonly string[])[]
  /** For each rule whether its hits are wanted bare; absent: none. */
  readonly bare?: readonly boolean[]
  /** The rules over those; absent: none. */
  readonly correlations?: readonly CorrelationRule[]
  /** UTC ms; events outside are counted and left. An event without a time is inside. */
  readonly from?: number
  readonly to?: number
  readonly maxUnpacked: number
  readonly maxRecord: number
  readonly chunk: number
  /** Bytes of event ids that one thread keeps in memory. */
  readonly idBudget: number
  /** Bytes of bare hits that one thread keeps in memory. */
  readonly bareBudget: number
  /** A folder of the hunt's own for what does not fit in memory. */
  readonly folder: string
  readonly profile: boolean
  /** Only events that name it are hits, and those all: of the rules that match and of rule number `rules.length`. */
  readonly entity?: string
  /** Rules of which events are wanted too that only approvals keep from matching: as hits of number `rules.length + 1` and so on. */
  readonly hiding?: readonly DetectionRule[]
  /** Count the events by what they say. */
  readonly count?: boolean
  /** Of each it is told whether it lets an event through. */
  readonly gates?: readonly Gate[]
  /** Make rows of events for searches, in files of `folder`. */
  readonly rows?: readonly RowJob[]
  /** What is no known log is an event too. */
  readonly generic?: boolean
  /** Paths of MMDB files, for rules that ask where addresses are. */
  readonly geo?: readonly string[]
  /** Logs that mappings describe. */
  readonly maps?: readonly SourceMap[]
}

/** Which events may matter to somebody: those of these sources (absent: of all) for which the condition holds. */
export interface Gate {
  readonly sources?: readonly string[]
  readonly where?: Expr
}

/** What a thread says of a file. */
export interface ScannedFile extends FileTally {
  readonly outside: number
  readonly withoutId: number
  readonly withoutTime: number
  readonly first?: Moment
  readonly last?: Moment
}

/** A time as written, and UTC ms. */
export interface Moment {
  readonly text: string
  readonly time: number
}

/** What a thread says at its end. */
export interface ScanEnd {
  readonly ids: readonly IdChunks[]
  /** Names of the rules' fields that occurred. */
  readonly seen: readonly string[]
  /** Ids of the sources of which there were events. */
  readonly sources: readonly string[]
  /** Rule -> ms, when profiling. */
  readonly costs: readonly number[]
  /** What bare hits came to. */
  readonly noted: Noted
  readonly rows: readonly TakenRows[]
  /** Numbers of the gates that let an event through. */
  readonly passed: readonly number[]
}

/** Who takes what is found in the file that is being scanned. */
export interface Found {
  /** Packed hits. */
  hits(bytes: Uint8Array): void
}

/** The limits of a job, as the reader of files wants them. */
export function limitsOf(job: ScanJob): ReadOptions {
  const { maxUnpacked, maxRecord, chunk, from, to } = job
  const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  const sources = knownSources(job.maps)
  return { maxUnpacked, maxRecord, chunk, ...bounds, sources, generic: job.generic === true }
}
