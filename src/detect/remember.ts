import type { Hit } from '../core/hit.ts'
import type { SortedHits } from '../engines/files/sorted-hits.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { Contributions } from '../state/contributions.ts'
import type { Detection, Signal } from '../state/signal.ts'
import { StateRun } from '../state/state-run.ts'

/** Rules that remember, and what they are to know. */
export interface Remembering {
  readonly rules: readonly CorrelationRule[]
  /** Id of the rule with that number. */
  readonly idOf: (rule: number) => string
  readonly observable: (rule: string) => boolean
  /** UTC ms; when the logs end. */
  readonly end: number
}

/** What came of them. */
export interface Remembered {
  readonly detections: readonly Detection[]
  readonly evicted: ReadonlyMap<string, number>
}

/** Runs the rules over hits in order. */
export function remember({ rules, idOf, observable, end }: Remembering, hits: SortedHits): Remembered {
  const detections: Detection[] = []
  const run = new StateRun({ rules, observable, found: detection => detections.push(detection) })
  let time = Number.NEGATIVE_INFINITY
  let now: Signal[] = []
  for (const signal of signalsOf(hits, idOf)) {
    if (signal.time !== time) {
      if (now.length > 0) run.take(time, now)
      time = signal.time
      now = []
    }
    now.push(signal)
  }
  if (now.length > 0) run.take(time, now)
  run.finish(Math.max(time, end))
  return { detections, evicted: run.evicted() }
}

/** Goes over the hits again and gives those that are part of a detection. */
export function* evidenceOf(
  { rules, idOf }: Remembering,
  detections: readonly Detection[],
  hits: SortedHits,
): Generator<{ readonly hit: Hit; readonly detections: readonly Detection[] }> {
  if (detections.length === 0) return
  const contributions = new Contributions(rules, detections)
  let place = 0
  for (const hit of hits.read()) {
    const signal = signalOf(hit, idOf(hit.rule), place++)
    const made = contributions.of(signal)
    if (made.size > 0) yield { hit, detections: [...made] }
  }
}

function* signalsOf(hits: SortedHits, idOf: (rule: number) => string): Generator<Signal> {
  let place = 0
  for (const hit of hits.read()) yield signalOf(hit, idOf(hit.rule), place++)
}

function signalOf({ event, evidence, carried }: Hit, rule: string, place: number): Signal {
  const values = new Map<string, string[]>()
  for (const { field, value } of carried ?? []) {
    const list = values.get(field)
    if (list === undefined) values.set(field, [value])
    else list.push(value)
  }
  return {
    rule,
    time: event.time ?? 0,
    id: evidence.event_id,
    values: Object.fromEntries(values),
    evidence: place,
  }
}
