import type { WindowRule } from '../plan/state-rule.ts'
import type { Signal } from './signal.ts'

/** What is remembered of one group in a sliding window. Times only grow. */
export interface Aggregate {
  /** Time of the earliest event that still counts; infinite if there is none. */
  readonly first: number
  /** Entries in memory. */
  readonly size: number
  add(signal: Signal, rule: WindowRule): void
  /** Forgets what was before this time. */
  drop(from: number): void
  /** What the window comes to; nothing where there is nothing to compute it of. */
  value(): number | undefined
  /** What was counted, the first few, for people. */
  seen(): readonly string[]
  snapshot(): unknown
}

/** One kind of aggregate; an entry of `aggregates.ts`. */
export interface AggregateKind {
  create(rule: WindowRule): Aggregate
  /** From what `snapshot` gave. */
  restore(rule: WindowRule, data: unknown): Aggregate
}

/** Entries of one group; beyond it the oldest go. */
export const MOST_ENTRIES = 100_000
/** Things that an explanation names. */
export const MOST_SEEN = 10
