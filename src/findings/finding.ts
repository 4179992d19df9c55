import type { Evidence } from '../core/hit.ts'
import type { Level } from '../core/level.ts'
import type { FindingSections } from './sections.ts'

export type { Evidence }

/** Whether what was tried came about: `mixed` when some of it did; `denied` when every attempt was refused or failed. */
export type FindingOutcome = 'succeeded' | 'denied' | 'mixed' | 'unknown'

/** The kinds of entity that a finding names. */
export const ENTITY_KINDS = [
  'actor',
  'role',
  'session',
  'key',
  'address',
  'account',
  'region',
  'resource',
  'user_agent',
] as const
export type EntityKind = (typeof ENTITY_KINDS)[number]

/** The hits of one rule on one entity until 24 hours pass without one. This shape is what `-t json` and `-t jsonl` print. */
export interface Finding extends FindingSections {
  /** Made of rule, entity, the first hit's UTC day and its ordinal that day; stable when more logs are added. */
  readonly id: string
  readonly rule_id: string
  readonly title: string
  readonly level: Level
  readonly status?: string
  readonly description?: string
  /** Technique ids, the current release's first, then older ids that the rule also names. */
  readonly attack: readonly string[]
  /** UTC, ISO 8601 with `Z`; empty if no event of it carries a time. */
  readonly first_time: string
  readonly last_time: string
  /** Matching events, each counted once whatever its copies. */
  readonly count: number
  readonly outcome: FindingOutcome
  /** What the hits were grouped by. */
  readonly entity: { readonly kind: string; readonly value: string }
  /** Distinct values, at most 50 a kind, the most frequent first. */
  readonly entities: { readonly [kind in EntityKind]?: readonly string[] }
  /** Actions seen, at most 50, the most frequent first: `cloudtrail.amazonaws.com StopLogging`. */
  readonly actions: readonly string[]
  /** Error code -> number of events, the 50 most frequent. */
  readonly errors: { readonly [code: string]: number }
  /** Field -> distinct values that made the rule match, at most 20 a field. */
  readonly matched: { readonly [field: string]: readonly string[] }
  /** Field -> values of the fields that the rule asks to show, at most 20 a field. */
  readonly shown: { readonly [field: string]: readonly string[] }
  /** List (such as `entities.address`) -> distinct values that it leaves out; at most 2,000 of a list are told apart. */
  readonly more?: { readonly [list: string]: number }
  /** One line: who did what, from where, with what result. */
  readonly why: string
  /** Of a rule that remembers: why it held, line by line: counts, window, threshold, values, links, times between steps. */
  readonly because?: readonly string[]
  readonly falsepositives: readonly string[]
  readonly references: readonly string[]
  /** The rule's author, where its licence asks for the name. */
  readonly author?: string
  /** The earliest 10,000 of the matching records. */
  readonly evidence: readonly Evidence[]
}
