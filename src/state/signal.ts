import type { CorrelationRule } from '../plan/state-rule.ts'

/** Field -> its values as text; a list of the event gives several, a field that is missing or null none. */
export type SignalValues = { readonly [field: string]: readonly string[] }

/** One event that a rule let through, as far as rules that remember want to know it. */
export interface Signal {
  /** Id of the rule that matched. */
  readonly rule: string
  /** UTC, ms since 1970. */
  readonly time: number
  /** Id of the event: with the time and the rule it decides the order. */
  readonly id: string
  readonly values: SignalValues
  /** Where its evidence is; a number that whoever made the signal understands. */
  readonly evidence: number
  /** How many events it stands for when they were counted before; their field to be summed holds their sum. Default 1. */
  readonly count?: number
}

/** The values of a group by the names of `group-by`; `undefined` where the field is missing. */
export type GroupValues = readonly (string | undefined)[]

/** `incomplete`: a chain that broke off. `raised`: an absence that a disabling action came before. */
export type Variant = 'complete' | 'incomplete' | 'raised'

/** A time in which a rule held for a group. */
export interface Detection {
  /** Id of the rule that remembers. */
  readonly rule: string
  readonly variant: Variant
  /** The group as one text, the same for the same values only. */
  readonly key: string
  readonly group: GroupValues
  /** When it began to hold, UTC ms. */
  readonly time: number
  /** First and last time of the events that it is made of, both included. */
  readonly from: number
  readonly to: number
  readonly facts: Facts
  /** What it is made of, where that is not every event of the group in its time. */
  readonly signals?: readonly Signal[]
}

/** Why a rule held. */
export type Facts =
  | {
      readonly kind: 'window'
      /** The first value that held, and the one farthest from nothing, and its time. */
      readonly value: number
      readonly peak: number
      readonly peakTime: number
      /** Values that were counted, or rules that matched, the first few. */
      readonly seen: readonly string[]
    }
  | { readonly kind: 'chain'; readonly steps: readonly StepFact[]; readonly missing?: MissingStep }
  | {
      readonly kind: 'first_seen'
      readonly values: readonly string[]
      /** Different values that the group had before, its events, and when it was first and last seen. */
      readonly known: number
      readonly events: number
      readonly since: number
      readonly last: number
    }
  | {
      readonly kind: 'volume'
      readonly value: number
      readonly own?: Baseline
      readonly peers?: Baseline
    }
  | {
      readonly kind: 'absence'
      readonly last: number
      readonly events: number
      /** Neighbours that spoke meanwhile, and when the last of them did. */
      readonly neighbours: number
      readonly neighbourTime: number
      readonly disabled?: { readonly rule: string; readonly time: number }
    }

/** A step that matched, and how it was linked. */
export interface StepFact {
  readonly step: number
  readonly rule: string
  readonly time: number
  readonly id: string
  readonly links: readonly LinkFact[]
}

/** `field` of this step had a value that `toField` of an earlier step had, or another than that. */
export interface LinkFact {
  readonly field: string
  readonly step: number
  readonly toField: string
  readonly value: string
  /** What the earlier step had, where the values had to differ. */
  readonly unlike?: string
}

/** The step that a chain broke off before. */
export interface MissingStep {
  readonly step: number
  /**
   * `not-observed`: nothing of it came in time. `not-observable`: no event of the logs that would show it was read.
   * `logs-end`: the logs end before its time was over.
   */
  readonly why: 'not-observed' | 'not-observable' | 'logs-end'
}

/** A past as robust statistics see it. */
export interface Baseline {
  /** Spans of time in it. */
  readonly spans: number
  readonly median: number
  /** Median distance from the median, times 1.4826. */
  readonly spread: number
  readonly p99: number
  /** How many spreads above the median the value lies. */
  readonly score: number
  /** When the last span of it began in which anything happened, UTC ms; unsaid of a past of several groups. */
  readonly last?: number
}

/** Where a machine puts what it finds. */
export interface Sink {
  /** It holds from now on; told once, at its time. */
  began(detection: Detection): void
  /** It is over, or told as a whole. */
  ended(detection: Detection): void
}

/** One rule with its memory. */
export interface Machine {
  readonly rule: CorrelationRule
  /** Groups and the like that had to be forgotten for want of room. */
  readonly evicted: number
  /** Groups, chains and values that are remembered. */
  readonly size: number
  /** All signals of one time, in order of event id; times only grow. */
  take(time: number, signals: readonly Signal[]): void
  /** Time goes on without a signal: what was due before or at the time is told. */
  advance(time: number): void
  /** No more comes; the logs end at this time. */
  finish(end: number): void
  /** All that is remembered, as plain data. */
  snapshot(): unknown
}

/** What a machine is made with. */
export interface MachineOptions {
  readonly sink: Sink
  /** Was any log read that shows events of the rule with this id? */
  readonly observable: (rule: string) => boolean
  /** Groups, chains or values that one rule remembers at most; those silent for the longest time go first. */
  readonly most: number
}
