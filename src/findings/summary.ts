/** What events are counted by in a summary. */
export const SUMMARY_KINDS = [
  'source',
  'action',
  'actor',
  'region',
  'error',
  'address',
  'account',
  'user_agent',
] as const
export type SummaryKind = (typeof SUMMARY_KINDS)[number]

/** How many events have a value. The rest of them ended in a way that the log does not tell. */
export interface ValueCount {
  readonly value: string
  readonly events: number
  readonly succeeded: number
  readonly denied: number
}

export interface KindCounts {
  /** Different values. */
  readonly distinct: number
  /** Events that have any value of this kind. */
  readonly events: number
  /** The most frequent; of equals the smaller value first. */
  readonly top: readonly ValueCount[]
}

/** Distinct events in spans of time of one length. */
export interface OverTime {
  /** ms */
  readonly step: number
  /** As people say it: `an hour`. */
  readonly step_name: string
  /** Spans with events in them, in order; `start` is UTC, ISO 8601. */
  readonly spans: readonly { readonly start: string; readonly events: number; readonly denied: number }[]
  /** Events without a time that could be read. */
  readonly without_time: number
}

/** What is in some logs: distinct events, counted. This shape is what `-t json` prints. */
export interface Summary {
  readonly files: number
  readonly bytes: number
  readonly unpacked: number
  readonly records: number
  readonly events: number
  readonly duplicates: number
  readonly conflicting: number
  readonly outside: number
  readonly failed: number
  /** What is no event -> how many. */
  readonly apart: { readonly [what: string]: number }
  readonly succeeded: number
  readonly denied: number
  /** UTC, ISO 8601 with `Z`; empty if no event has a time. */
  readonly first_time: string
  readonly last_time: string
  readonly by: { readonly [kind in SummaryKind]: KindCounts }
  readonly over_time: OverTime
}
