import type { CorrelationRule } from '../../plan/state-rule.ts'
import { Contributions } from '../../state/contributions.ts'
import type { Detection, Signal } from '../../state/signal.ts'
import { StateRun } from '../../state/state-run.ts'
import { byTime, type HitSignal, type SignalNames, stateSignal } from './hit-signal.ts'
import { type PackedParts, PartList } from './parts.ts'
import { mergedRuns, type SortedRuns } from './sorted-runs.ts'

/** Rules that remember, and what they are to know. Plain data. */
export interface Remembering {
  /** With every rule all those that it is over or that are over it. */
  readonly rules: readonly CorrelationRule[]
  readonly names: SignalNames
  /** Signals of their base rules, and maybe of others. */
  readonly signals: readonly SortedRuns[]
  /** Ids of base rules of which there were logs that would show them. */
  readonly observable: ReadonlySet<string>
  /** UTC ms; when the logs end. */
  readonly end: number
}

/** What came of them. Plain data. */
export interface Remembered {
  /** Those of one rule in the order in which they were over. */
  readonly detections: readonly Detection[]
  /** Rule id -> groups and the like that had to be forgotten. */
  readonly evicted: ReadonlyMap<string, number>
  /** Rule id -> detections that were left out. */
  readonly dropped: ReadonlyMap<string, number>
  /** The hits that detections are made of; detections by their place among these. */
  readonly parts: PackedParts
}

/** Detections that are kept of one rule: the first. */
const MOST_DETECTIONS = 100_000

/** Runs the rules over the signals, and finds the hits that made their detections. */
export function remember(work: Remembering): Remembered {
  const { rules, observable } = work
  const detections: Detection[] = []
  const counts = new Map<string, number>()
  const found = (detection: Detection): void => {
    const count = (counts.get(detection.rule) ?? 0) + 1
    counts.set(detection.rule, count)
    if (count <= MOST_DETECTIONS) detections.push(detection)
  }
  const run = new StateRun({ rules, observable: id => observable.has(id), found })
  const last = runOver(work, run)
  run.finish(Math.max(last, work.end))
  const over = [...counts].filter(([, count]) => count > MOST_DETECTIONS)
  return {
    detections: detections.map(withoutSignals),
    evicted: run.evicted(),
    dropped: new Map(over.map(([id, count]) => [id, count - MOST_DETECTIONS])),
    parts: partsOf(work, detections),
  }
}

/** Gives the last time. */
function runOver(work: Remembering, run: StateRun): number {
  let time = Number.NEGATIVE_INFINITY
  let now: Signal[] = []
  for (const { signal } of signalsOf(work, run.bases)) {
    if (signal.time !== time) {
      if (now.length > 0) run.take(time, now)
      time = signal.time
      now = []
    }
    now.push(signal)
  }
  if (now.length > 0) run.take(time, now)
  return time
}

function partsOf(work: Remembering, detections: readonly Detection[]): PackedParts {
  const parts = new PartList()
  if (detections.length === 0) return parts.packed()
  const contributions = new Contributions(work.rules, detections)
  const places = new Map(detections.map((detection, place) => [detection, place]))
  const may = (rule: string, time: number): boolean => contributions.may(rule, time)
  for (const { hit, signal } of signalsOf(work, new Set(work.names.ids), may)) {
    const made = contributions.of(signal)
    if (made.size > 0)
      parts.add(
        hit,
        [...made].map(one => places.get(one) ?? -1),
      )
  }
  return parts.packed()
}

/** Signals of some base rules in order of time, each with the same number every time. */
function* signalsOf(
  { names, signals }: Remembering,
  bases: ReadonlySet<string>,
  may: (rule: string, time: number) => boolean = () => true,
): Generator<{ readonly hit: HitSignal; readonly signal: Signal }> {
  let number = 0
  for (const hit of mergedRuns(signals, byTime)) {
    const evidence = number++
    const id = names.ids[hit.rule] ?? ''
    if (bases.has(id) && may(id, hit.time)) yield { hit, signal: stateSignal(hit, names, evidence) }
  }
}

/** Signals served to find the parts. */
function withoutSignals({ signals: _, ...detection }: Detection): Detection {
  return detection
}
