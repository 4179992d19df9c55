import type { Span } from '../core/diagnostic.ts'
import type { RuleMeta, RuleOrigin } from '../plan/rule-meta.ts'

/** A rule that holds a search, run once for each window of its schedule. */
export interface SearchRule {
  readonly kind: 'search'
  readonly meta: RuleMeta
  readonly language: SearchLanguageName
  readonly text: string
  /** Where a piece of `text` stands in the file. */
  readonly placed: (at: Span) => Span
  readonly facts: SearchFacts
  /** Absent: once over all events. */
  readonly schedule?: Schedule
  /** Columns whose values a row is attributed to. */
  readonly entity: readonly string[]
  readonly risk?: SearchRisk
  /** Ids of the log sources that it reads; absent: all. */
  readonly sources?: readonly string[]
  readonly origin: RuleOrigin
}

export type SearchLanguageName = 'spl' | 'sumo'

/** What people want to know before they rely on it. */
export interface SearchFacts {
  /** Splunk's types of detections: `TTP`, `Anomaly`, `Hunting` … */
  readonly type?: string
  readonly dataSources: readonly string[]
  readonly howToImplement?: string
}

/** A run every so often, over what came in the window before it; both in ms. */
export interface Schedule {
  readonly every: number
  readonly window: number
}

/** Both 0 to 100; the risk is their product / 100. */
export interface SearchRisk {
  readonly impact: number
  readonly confidence: number
  /** `$column$` stands for the row's value. */
  readonly message?: string
}
