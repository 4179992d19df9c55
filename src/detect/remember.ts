import type { Hit } from '../core/hit.ts'
import type { PackedBare } from '../engines/files/bare-codec.ts'
import type { HitSignal, NumberedHit } from '../engines/files/sorted-signals.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { Contributions } from '../state/contributions.ts'
import type { Detection, Signal } from '../state/signal.ts'
import { StateRun } from '../state/state-run.ts'
import type { BareSignals } from './bare-signals.ts'
import { signalValues } from './signal-values.ts'

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
  /** Rule id -> groups and the like that had to be forgotten. */
  readonly evicted: ReadonlyMap<string, number>
  /** Rule id -> detections that were left out. */
  readonly dropped: ReadonlyMap<string, number>
}

/** Detections that are kept of one rule: the first. */
const MOST_DETECTIONS = 100_000

/** Runs the rules over signals in order. */
export function remember(
  { rules, idOf, observable, end }: Remembering,
  signals: Iterable<HitSignal>,
): Remembered {
  const detections: Detection[] = []
  const counts = new Map<string, number>()
  const found = (detection: Detection): void => {
    const count = (counts.get(detection.rule) ?? 0) + 1
    counts.set(detection.rule, count)
    if (count <= MOST_DETECTIONS) detections.push(detection)
  }
  const run = new StateRun({ rules, observable, found })
  let time = Number.NEGATIVE_INFINITY
  let now: Signal[] = []
  for (const { rule, time: at, id, place, carried } of signals) {
    if (at !== time) {
      if (now.length > 0) run.take(time, now)
      time = at
      now = []
    }
    now.push({ rule: idOf(rule), time: at, id, values: valuesOf(carried), evidence: place })
  }
  if (now.length > 0) run.take(time, now)
  run.finish(Math.max(time, end))
  const over = [...counts].filter(([, count]) => count > MOST_DETECTIONS)
  const dropped = new Map(over.map(([id, count]) => [id, count - MOST_DETECTIONS]))
  return { detections, evicted: run.evicted(), dropped }
}

/** Hits once more, in any order. */
export interface HitsAgain {
  readonly whole: Iterable<NumberedHit>
  readonly bare?: { readonly signals: BareSignals; readonly whole: (hit: PackedBare) => Hit }
}

/** A hit that is part of detections. */
export interface Part {
  readonly hit: Hit
  readonly detections: readonly Detection[]
}

/** Of hits those that are part of detections, with these. */
export function* evidenceOf(
  { rules, idOf }: Remembering,
  detections: readonly Detection[],
  { whole, bare }: HitsAgain,
): Generator<Part> {
  if (detections.length === 0) return
  const contributions = new Contributions(rules, detections)
  for (const { hit, place, time, id } of whole) {
    const { carried = [] } = hit
    const rule = idOf(hit.rule)
    if (!contributions.may(rule, time)) continue
    const values = signalValues(carried.map(({ field, value }) => [field, [value]]))
    const made = contributions.of({ rule, time, id, values, evidence: place })
    if (made.size > 0) yield { hit, detections: [...made] }
  }
  for (const { hit, signal } of bare?.signals.wanted((rule, time) => contributions.may(rule, time)) ?? []) {
    const made = contributions.of(signal)
    if (made.size > 0 && bare !== undefined) yield { hit: bare.whole(hit), detections: [...made] }
  }
}

/** Of lists, each with the name of a field first. */
function valuesOf(carried: readonly (readonly string[])[]): Signal['values'] {
  return signalValues(carried.map(([field = '', ...texts]) => [field, texts] as const))
}
