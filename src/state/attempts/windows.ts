import { durationText } from '../../core/duration.ts'
import { firstFew } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import { boundsText } from '../../plan/print-state.ts'
import type { WindowRule } from '../../plan/state-rule.ts'
import { grows } from '../bounds.ts'
import { amountText, explainDetection } from '../explain.ts'
import type { Detection } from '../signal.ts'
import { type Attempt, byGroup, detectionsOf, groupText, type Tried } from './attempt.ts'

/** What the fullest window of each group came to, against what the rule asks. */
export function windowAttempts(tried: Tried<WindowRule>): readonly Attempt[] {
  const { rule, titleOf } = tried
  const held = byGroup(detectionsOf(tried, rule))
  const any: WindowRule['condition'] = grows(rule.condition)
    ? [{ order: 'gte', value: Number.NEGATIVE_INFINITY }]
    : [{ order: 'lte', value: Number.POSITIVE_INFINITY }]
  const all = byGroup(detectionsOf(tried, { ...rule, condition: any }))
  return [...all].map(([key, windows]): Attempt => {
    const group = groupText(rule, windows[0]?.group ?? [])
    const found = held.get(key)
    if (found !== undefined)
      return { group, holds: true, lines: found.flatMap(one => explainDetection(rule, one, titleOf)) }
    return { group, holds: false, lines: missed(tried, windows) }
  })
}

function missed({ rule, titleOf }: Tried<WindowRule>, windows: readonly Detection[]): readonly string[] {
  const best = windows
    .flatMap(({ facts }) => (facts.kind === 'window' ? [facts] : []))
    .reduce((a, b) => (farther(rule, b.peak, a.peak) ? b : a))
  const most = grows(rule.condition) ? 'at most' : 'at least'
  const temporal = rule.type === 'temporal' || rule.type === 'temporal_ordered'
  const seen = temporal ? best.seen.map(titleOf) : best.seen
  const never = temporal ? rule.rules.filter(id => !best.seen.includes(id)).map(titleOf) : []
  return [
    `${most} ${amountText(rule, best.peak)} within ${durationText(rule.timespan)}, at ${isoTime(best.peakTime)}; asked for ${boundsText(rule.condition)}`,
    ...(seen.length === 0 ? [] : [`${temporal ? 'matched' : 'values'}: ${firstFew(seen, 10)}`]),
    ...(never.length === 0 ? [] : [`not within the same window: ${firstFew(never, 10)}`]),
  ]
}

function farther({ condition }: WindowRule, a: number, b: number): boolean {
  return grows(condition) ? a > b : a < b
}
