import { durationText } from '../../core/duration.ts'
import { isoTime } from '../../core/time.ts'
import { boundsText } from '../../plan/print-state.ts'
import type { VolumeRule } from '../../plan/state-rule.ts'
import { keeps } from '../bounds.ts'
import { baselineText, explainDetection, numberText } from '../explain.ts'
import type { Baseline, Detection } from '../signal.ts'
import { type Attempt, byGroup, detectionsOf, groupText, type Tried } from './attempt.ts'

/** The span of each group in which it did most, against its past and that of its peers. */
export function volumeAttempts(tried: Tried<VolumeRule>): readonly Attempt[] {
  const { rule, titleOf } = tried
  const held = byGroup(detectionsOf(tried, rule))
  const every = { ...rule, deviation: Number.NEGATIVE_INFINITY, condition: [], minimum: 0 }
  return [...byGroup(detectionsOf(tried, every))].map(([key, spans]): Attempt => {
    const group = groupText(rule, spans[0]?.group ?? [])
    const found = held.get(key)
    if (found !== undefined)
      return { group, holds: true, lines: found.flatMap(one => explainDetection(rule, one, titleOf)) }
    return { group, holds: false, lines: missed(rule, spans) }
  })
}

function missed(rule: VolumeRule, spans: readonly Detection[]): readonly string[] {
  const facts = spans.flatMap(one => (one.facts.kind === 'volume' ? [{ from: one.from, ...one.facts }] : []))
  const [best] = facts.sort((a, b) => b.value - a.value)
  if (best === undefined) return []
  const { value, from, own, peers } = best
  const what = rule.field === undefined ? 'events' : `sum of ${rule.field}`
  const bounds = keeps(rule.condition, value) ? [] : [`asked for ${boundsText(rule.condition)}`]
  return [
    `at most ${what} ${numberText(value)} in a span of ${durationText(rule.timespan)}, from ${isoTime(from)}`,
    ...bounds,
    ...(own === undefined ? [] : [`own past: ${judged(rule, own)}`]),
    ...(peers === undefined ? [] : [`past of peers: ${judged(rule, peers)}`]),
  ]
}

function judged({ minimum, deviation }: VolumeRule, past: Baseline): string {
  if (past.spans < minimum) return `n ${past.spans}, which is below the ${minimum} that are asked for`
  return `${baselineText(past)}; asked for more than ${deviation}`
}
