import { durationText } from '../../core/duration.ts'
import { counted } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import type { FirstSeenRule } from '../../plan/state-rule.ts'
import { explainDetection } from '../explain.ts'
import { groupsOf } from '../group-key.ts'
import type { Detection, GroupValues } from '../signal.ts'
import { type Attempt, byGroup, detectionsOf, groupText, type Tried } from './attempt.ts'

/** What was new in each group, and whether the group was known well enough to say so. */
export function firstSeenAttempts(tried: Tried<FirstSeenRule>): readonly Attempt[] {
  const { rule, titleOf } = tried
  const held = byGroup(detectionsOf(tried, rule))
  const fresh = byGroup(detectionsOf(tried, { ...rule, learning: 0, minimum: 0 }))
  return [...historiesOf(tried)].map(([key, history]): Attempt => {
    const group = groupText(rule, history.values)
    const found = held.get(key)
    if (found !== undefined)
      return { group, holds: true, lines: found.flatMap(one => explainDetection(rule, one, titleOf)) }
    const lines = (fresh.get(key) ?? []).map(one => tooEarly(rule, one))
    const nothing = `${counted(history.events, 'event')} from ${isoTime(history.first)} to ${isoTime(history.last)}: no value came that was not there before`
    return { group, holds: false, lines: lines.length === 0 ? [nothing] : lines }
  })
}

interface History {
  readonly values: GroupValues
  readonly first: number
  last: number
  events: number
}

function historiesOf({ rule, signals }: Tried<FirstSeenRule>): ReadonlyMap<string, History> {
  const groups = new Map<string, History>()
  for (const signal of [...signals].sort((a, b) => a.time - b.time))
    for (const { key, values } of groupsOf(rule, rule.groupBy, signal)) {
      const known = groups.get(key) ?? { values, first: signal.time, last: signal.time, events: 0 }
      known.last = signal.time
      known.events += signal.count ?? 1
      groups.set(key, known)
    }
  return groups
}

function tooEarly({ field, learning, minimum }: FirstSeenRule, { facts, time }: Detection): string {
  if (facts.kind !== 'first_seen') return ''
  const { values, events, since } = facts
  const what = field.map((name, place) => `${name} ${values[place] ?? ''}`).join(' with ')
  const short = [
    ...(time - since < learning
      ? [
          `the group had been known for ${durationText(time - since)} of the ${durationText(learning)} of learning`,
        ]
      : []),
    ...(events < minimum ? [`it had ${counted(events, 'event')} of at least ${minimum}`] : []),
  ]
  return `${what} was new at ${isoTime(time)}, and ${short.join(' and ')}`
}
