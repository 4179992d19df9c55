import type { Context } from '../context/context.ts'
import type { Geo } from '../context/geo.ts'
import type { Row } from '../context/row.ts'
import type { Hit } from '../core/hit.ts'
import type { Finding } from '../findings/finding.ts'
import type { DetectionRule, RuleMeta } from '../plan/rule.ts'

/** What a single rule cannot say: it takes events that its base rules let through, and asks what the organisation knows. */
export interface Analytic {
  readonly meta: RuleMeta
  readonly bases: readonly Base[]
  /** Names of the parameters (`context/parameters.ts`) that it reads. */
  readonly parameters: readonly string[]
  /** Techniques whose findings of other rules it may lower, where it judges every event of them to be harmless. */
  readonly clears: readonly string[]
  /** Tables that it asks; in those that are missing, empty or stale its findings have caveats. */
  readonly tables: readonly string[]
  start(world: World): AnalyticRun
}

/** A rule whose hits an analytic takes. They are no findings of their own. */
export interface Base {
  readonly rule: DetectionRule
  /** Dotted fields of the event whose values come along. */
  readonly carry: readonly string[]
}

/** What there is besides events. */
export interface World {
  readonly context: Context
  readonly geo: Geo
  /** Was there any log that shows events of that base rule? By its id. */
  readonly observable: (base: string) => boolean
  /** Is it asked of that event, by its id, whether it is harmless? */
  readonly doubted: (event: string) => boolean
  /** Tells that an approval covers an event. */
  readonly approved: (entry: Row, event: string) => void
  /** What approvals cover makes no findings. */
  readonly hideApproved: boolean
}

/** A hit of a base rule. One event may be a hit of several. */
export interface AnalyticEvent {
  /** Id of the base rule. */
  readonly base: string
  /** UTC ms */
  readonly time: number
  readonly hit: Hit
  /** Field -> its values, for the fields that the base carries and the event has. */
  readonly values: ReadonlyMap<string, readonly string[]>
}

/** Takes events in order of time, then event id, then base rule, and tells at the end what came of them. Memory is bounded. */
export interface AnalyticRun {
  take(event: AnalyticEvent): void
  /** @param end UTC ms; when the logs end */
  finish(end: number): AnalyticResult
}

export interface AnalyticResult {
  readonly findings: readonly Finding[]
  /** Distinct events that findings are about. */
  readonly hits: number
  /** Event id -> why it is harmless, for events of which that was asked. */
  readonly cleared: ReadonlyMap<string, string>
  /** Why all that a finding without events of its own is about is harmless; `undefined` if it is not, or nobody knows. */
  readonly settled?: (finding: Finding) => string | undefined
  /** Every object that findings are about. */
  readonly objects?: () => Iterable<FoundObject>
  /** For the ledger: what could not be seen, what had to be forgotten. */
  readonly notes: readonly string[]
}

/** One object in one finding. */
export interface FoundObject {
  readonly finding: string
  readonly bucket: string
  readonly object: string
}

/** The first value of a field that was carried. */
export function first({ values }: AnalyticEvent, field: string): string | undefined {
  return values.get(field)?.[0]
}

/** All values of a field that was carried. */
export function all({ values }: AnalyticEvent, field: string): readonly string[] {
  return values.get(field) ?? []
}
