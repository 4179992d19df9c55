import type { Hit } from '../core/hit.ts'
import type { HitSignal, NumberedHit } from '../engines/files/sorted-signals.ts'
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

/** Of hits in any order those that are part of detections, with these. */
export function* evidenceOf(
  { rules, idOf }: Remembering,
  detections: readonly Detection[],
  hits: Iterable<NumberedHit>,
): Generator<{ readonly hit: Hit; readonly detections: readonly Detection[] }> {
  if (detections.length === 0) return
  const contributions = new Contributions(rules, detections)
  for (const { hit, place, time, id } of hits) {
    const { carried = [] } = hit
    const rule = idOf(hit.rule)
    if (!contributions.may(rule, time)) continue
    const values = valuesOf(carried.map(({ field, value }) => [field, value]))
    const made = contributions.of({ rule, time, id, values, evidence: place })
    if (made.size > 0) yield { hit, detections: [...made] }
  }
}

/** Field -> values; a field may come several times. */
function valuesOf(carried: readonly (readonly string[])[]): Signal['values'] {
  const values: { [field: string]: readonly string[] } = {}
  for (const [field = '', ...texts] of carried) {
    const before = Object.hasOwn(values, field) ? (values[field] ?? []) : []
    const list = before.length === 0 ? texts : [...before, ...texts]
    if (field !== '__proto__') values[field] = list
    else
      Object.defineProperty(values, field, {
        value: list,
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return values
}
