import type { NormalEvent } from '../core/event.ts'
import type { Evidence, FieldValue } from '../core/hit.ts'
import { sortedByRuns } from '../engines/files/sorted-runs.ts'
import type { Sweep } from '../engines/files/sweep.ts'

/** An event that names the entity, with the rules that match it. */
export interface NamingEvent {
  readonly event: NormalEvent
  readonly evidence: Evidence
  readonly named: readonly FieldValue[]
  /** Places of the rules in their list, ascending. */
  readonly rules: readonly number[]
  readonly file: number
  /** Number of the record in the whole file. */
  readonly record: number
  /** Other records with its id differ from it. */
  readonly conflicting: boolean
}

/** Events kept in memory while they are put in order. */
const WINDOW = 20_000

/**
 * The events of a sweep for an entity, by file and record, without copies that say the same.
 * @param mention the number of the rule that stands for the entity
 */
export function* namingEvents(swept: Sweep, mention: number): Generator<NamingEvent> {
  let rules: number[] = []
  for (const { hit, file, record, repeat, conflicting } of swept.hits()) {
    if (repeat) continue
    if (hit.rule !== mention) {
      rules.push(hit.rule)
      continue
    }
    // The mention is the last hit of each event.
    const { event, evidence, matched: named } = hit
    yield { event, evidence, named, rules, file, record, conflicting }
    rules = []
  }
}

/** Without the later ones of those copies that differ: they are one event. */
export function* withoutConflicts(events: Iterable<NamingEvent>): Generator<NamingEvent> {
  const seen = new Set<string>()
  for (const one of events) {
    const id = one.evidence.event_id
    if (one.conflicting && seen.has(id)) continue
    if (one.conflicting) seen.add(id)
    yield one
  }
}

export interface OrderOptions {
  /** Events that are wanted. */
  readonly most: number
  /** To be made, for what does not fit in memory. */
  readonly file: string
  /** Events kept in memory while they are put in order. */
  readonly window?: number
}

/** The first so many events by time, file and record, in bounded memory; those without a time come last. */
export function* inOrderOfTime(
  events: Iterable<NamingEvent>,
  { most, file, window = WINDOW }: OrderOptions,
): Generator<NamingEvent> {
  if (most <= window) {
    yield* earliest(events, most)
    return
  }
  let left = most
  for (const one of sortedByRuns(events, { compare: byTime, file, run: window })) {
    yield one
    if (--left <= 0) return
  }
}

function earliest(events: Iterable<NamingEvent>, size: number): readonly NamingEvent[] {
  const kept: NamingEvent[] = []
  let bound: NamingEvent | undefined
  for (const one of events) {
    if (bound !== undefined && byTime(one, bound) > 0) continue
    kept.push(one)
    if (kept.length < size * 1.5 + 1) continue
    kept.sort(byTime).splice(size)
    bound = kept.at(-1)
  }
  return kept.sort(byTime).slice(0, size)
}

/** Order by time, file and record. */
export function byTime(a: Moment, b: Moment): number {
  const first = a.event.time ?? Number.POSITIVE_INFINITY
  const second = b.event.time ?? Number.POSITIVE_INFINITY
  if (first !== second) return first < second ? -1 : 1
  return a.file - b.file || a.record - b.record
}

/** What an event is ordered by. */
export type Moment = Pick<NamingEvent, 'file' | 'record'> & { readonly event: Pick<NormalEvent, 'time'> }
