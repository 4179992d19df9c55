import type { Level } from '../core/level.ts'
import type { RuleMeta, RuleOrigin } from './rule-meta.ts'

/** The kinds of Sigma 2: an aggregate over a sliding window, compared with bounds. */
export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'value_median'

/** A bound on an aggregate; two bounds make a range. */
export type Bound = { readonly order: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'; readonly value: number }

/** What all rules over the hits of other rules have in common. */
interface Remembering {
  readonly kind: 'correlation'
  readonly meta: RuleMeta
  /** Ids of the rules it is over, resolved, each once. */
  readonly rules: readonly string[]
  /** Fields, or aliases of fields, whose values make a group of its own. */
  readonly groupBy: readonly string[]
  /** Alias -> rule id -> field. */
  readonly aliases: { readonly [alias: string]: { readonly [rule: string]: string } }
  /** Whether the hits of its base rules are findings of their own. */
  readonly generate: boolean
  readonly origin: RuleOrigin
}

/** Sigma's correlations: an aggregate of the hits of a group in a sliding window. */
export interface WindowRule extends Remembering {
  readonly type: CorrelationType
  /** Length of the window in ms; both its ends belong to it. */
  readonly timespan: number
  readonly condition: readonly Bound[]
  readonly field: readonly string[]
  /** 0 to 100 */
  readonly percentile?: number
}

/** Steps that follow each other, each linked to earlier ones by values of its own. */
export interface ChainRule extends Remembering {
  readonly type: 'chain'
  readonly steps: readonly ChainStep[]
  /** Tell of chains that break off after step number `from`, at this level. */
  readonly incomplete?: { readonly level: Level; readonly from: number }
  /** What names the chain: fields of steps. */
  readonly entity: readonly StepField[]
}

export interface ChainStep {
  readonly name: string
  /** Ids of the rules whose hits are this step. */
  readonly rules: readonly string[]
  /** Ways to link it, any of which will do, the best first; none: whatever comes within the gap. */
  readonly links: readonly (readonly ChainLink[])[]
  /** Each field has a value, and none that the field of the earlier step has, which has one too; absent: nothing has to differ. */
  readonly differs?: readonly ChainLink[]
  /** The longest time in ms since the latest of the steps that it is linked to; of the first step without meaning. */
  readonly within: number
  /** `absent`: that it did not happen is the step. */
  readonly need: 'required' | 'optional' | 'absent'
}

/** A field of this step has a value that a field of an earlier step has. */
export interface ChainLink {
  readonly field: string
  readonly to: StepField
}

export interface StepField {
  /** Number of the step, from 0. */
  readonly step: number
  readonly field: string
}

/** Values that a group never had before. */
export interface FirstSeenRule extends Remembering {
  readonly type: 'first_seen'
  /** The values that are new only together. */
  readonly field: readonly string[]
  /** ms since the first hit of the group in which nothing is new. */
  readonly learning: number
  /** Hits that a group must have had before. */
  readonly minimum: number
  /** ms after which a value that did not come again is new again. */
  readonly forget: number
}

/** How much a group does in spans of time, against its own past and that of its peers. */
export interface VolumeRule extends Remembering {
  readonly type: 'volume'
  /** Length of a span in ms; spans begin at 1970 in UTC. */
  readonly timespan: number
  /** The field that is summed; absent: hits are counted. */
  readonly field?: string
  /** How many robust standard deviations above the median. */
  readonly deviation: number
  /** What a span must come to besides. */
  readonly condition: readonly Bound[]
  /** Spans of past that a judgement takes at least. */
  readonly minimum: number
  /** ms of past that is remembered. */
  readonly history: number
  readonly season: 'none' | 'hour_of_week'
  /** Groups with the same values of these are peers; absent: only the own past counts. */
  readonly peers?: readonly string[]
}

/** A group that falls silent while others speak. */
export interface AbsenceRule extends Remembering {
  readonly type: 'absence'
  /** ms of silence that is told of, and ms that logs may be late. */
  readonly timespan: number
  readonly grace: number
  /** Hits that a group must have had before its silence means anything. */
  readonly minimum: number
  /** Groups with the same values of these are neighbours. */
  readonly neighbours: readonly string[]
  /** Ids of the rules by whose hits it speaks, and of those whose hits switch it off; together they are `rules`. */
  readonly speaking: readonly string[]
  readonly disabling: readonly string[]
  /** The level when one of them came before. */
  readonly raised?: Level
}

/** A rule over the hits of other rules: it remembers. */
export type CorrelationRule = WindowRule | ChainRule | FirstSeenRule | VolumeRule | AbsenceRule
export type StateType = CorrelationRule['type']
