import type { CorrelationRule } from '../../plan/state-rule.ts'
import { keyOf } from '../group-key.ts'
import type { Detection, GroupValues, Signal } from '../signal.ts'
import { compareSignals, groupNames, StateRun } from '../state-run.ts'

/** What a group, or a chain, came to, and why the rule holds for it or does not. */
export interface Attempt {
  /** Its values, as people read them. */
  readonly group: string
  readonly holds: boolean
  readonly lines: readonly string[]
}

/** What an explanation is made of. */
export interface Tried<Rule extends CorrelationRule = CorrelationRule> {
  readonly rule: Rule
  /** The hits of what the rule is over, in any order. */
  readonly signals: readonly Signal[]
  /** When the logs end, UTC ms. */
  readonly end: number
  readonly observable: (rule: string) => boolean
  readonly titleOf: (rule: string) => string
}

/** Runs one rule over signals. */
export function detectionsOf(
  { signals, end, observable }: Pick<Tried, 'signals' | 'end' | 'observable'>,
  rule: CorrelationRule,
): readonly Detection[] {
  const found: Detection[] = []
  const run = new StateRun({ rules: [rule], observable, found: detection => found.push(detection) })
  const sorted = [...signals].sort(compareSignals)
  for (let at = 0; at < sorted.length; ) {
    const time = sorted[at]?.time ?? 0
    let next = at
    while (sorted[next]?.time === time) next++
    run.take(time, sorted.slice(at, next))
    at = next
  }
  run.finish(end)
  return found
}

/** The values of a group by the names of the rule. */
export function groupText(rule: CorrelationRule, values: GroupValues): string {
  const names = groupNames(rule)
  if (names.length === 0) return 'all events'
  return names.map((name, place) => `${name} ${values[place] ?? '(missing)'}`).join(', ')
}

/** By the key of their groups, those first that came first. */
export function byGroup(detections: readonly Detection[]): ReadonlyMap<string, readonly Detection[]> {
  const groups = new Map<string, Detection[]>()
  for (const one of [...detections].sort((a, b) => a.time - b.time)) {
    const key = keyOf(one.group)
    const others = groups.get(key)
    if (others === undefined) groups.set(key, [one])
    else others.push(one)
  }
  return groups
}
