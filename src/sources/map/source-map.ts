import type { Pattern } from '../../plan/pattern.ts'

/** A log that is none of ours, as a mapping file describes it. Plain data, so that it reaches every thread. */
export interface SourceMap {
  /** Short and stable, as in names of folders: `proxy-clicks`. */
  readonly id: string
  readonly title: string
  /** The log of ours that the records are of, by its id; absent if it is a log of its own. */
  readonly readsAs?: string
  /** What rules call it: Sigma's three words, each of which may have several forms. */
  readonly logsource: MapLogSource
  readonly form: MapForm
  /** Keys of an object whose lists hold the records: `clicksPermitted`; none if each record comes by itself. */
  readonly records: readonly string[]
  /** All of them hold for a record of this log, and hardly for any other. */
  readonly recognise: readonly FieldTest[]
  readonly time?: MapTime
  /** What tells copies of an event. */
  readonly eventId?: From
  /** Names that stand for values of the record. */
  readonly fields: readonly { readonly name: string; readonly from: From }[]
  readonly event: { readonly [Part in EventPart]?: From }
  /** Objects that were acted upon. */
  readonly resources: readonly From[]
  readonly outcome?: MapOutcome
  /** Splunk's and Sumo Logic's names for the log. */
  readonly sourcetypes: readonly string[]
  readonly sourceCategories: readonly string[]
}

export interface MapLogSource {
  readonly products: readonly string[]
  readonly services: readonly string[]
  readonly categories: readonly string[]
}

/** How the records stand in a file. */
export type MapForm =
  /** Objects, one a line, in lists or one after the other. */
  | { readonly kind: 'json' }
  /** A table with a header. */
  | { readonly kind: 'csv' }
  /** Lines of `name=value` and `name="a value"`. */
  | { readonly kind: 'pairs' }
  /** W3C's extended log format: a line `#Fields:` names the cells of those below it. */
  | { readonly kind: 'w3c' }
  /** Lines without a header: cells of these names. */
  | {
      readonly kind: 'delimited'
      readonly columns: readonly string[]
      /** `blank` is any run of spaces and tabs, where quotes and brackets hold a cell together. */
      readonly separator: string
      /** Lines that begin so are left out. */
      readonly comment?: string
    }

/** Where a value comes from: the first of these fields that is there, or the same text always. */
export type From =
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  | { readonly kind: 'value'; readonly value: string }

/** A field has a value that one of the patterns fits, whatever its case; it is there, if there are no patterns. */
export interface FieldTest {
  readonly name: string
  readonly patterns: readonly Pattern[]
}

/** The time of an event. Several fields are joined by a blank, as day and time of day are. */
export interface MapTime {
  readonly fields: readonly string[]
  readonly format: TimeFormat
  /** Minutes east of UTC, of times that do not say so. */
  readonly zone: number
}

export type TimeFormat =
  /** ISO 8601, seconds to nanoseconds since 1970, or what Apache, syslog and mail write. */
  | { readonly kind: 'any' }
  | { readonly kind: 'seconds' | 'milliseconds' }
  /** As `strptime` has it: `%d/%b/%Y:%H:%M:%S %z`. */
  | { readonly kind: 'pattern'; readonly text: string }

/** What an event says besides its time, id and outcome. */
export const EVENT_PARTS = [
  ...(['actor', 'address', 'account', 'session', 'key'] as const),
  ...(['action', 'service', 'region', 'user_agent', 'error'] as const),
] as const
export type EventPart = (typeof EVENT_PARTS)[number]

/** What became of it, by the value of a field; anything else is unknown. */
export interface MapOutcome {
  readonly of: From
  readonly succeeded: readonly Pattern[]
  readonly denied: readonly Pattern[]
}
