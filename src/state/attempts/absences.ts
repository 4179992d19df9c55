import { durationText } from '../../core/duration.ts'
import { counted } from '../../core/quantity.ts'
import { isoTime } from '../../core/time.ts'
import type { AbsenceRule } from '../../plan/state-rule.ts'
import { explainDetection } from '../explain.ts'
import { groupsOf } from '../group-key.ts'
import type { GroupValues } from '../signal.ts'
import { type Attempt, byGroup, detectionsOf, groupText, type Tried } from './attempt.ts'

/** How long each group was silent, against what the rule asks. */
export function absenceAttempts(tried: Tried<AbsenceRule>): readonly Attempt[] {
  const { rule, titleOf } = tried
  const held = byGroup(detectionsOf(tried, rule))
  return [...speakersOf(tried)].map(([key, { values, times }]): Attempt => {
    const group = groupText(rule, values)
    const found = held.get(key)
    if (found !== undefined)
      return { group, holds: true, lines: found.flatMap(one => explainDetection(rule, one, titleOf)) }
    return { group, holds: false, lines: missed(tried, times) }
  })
}

interface Speaker {
  readonly values: GroupValues
  readonly times: number[]
}

function speakersOf({ rule, signals }: Tried<AbsenceRule>): ReadonlyMap<string, Speaker> {
  const groups = new Map<string, Speaker>()
  const speaking = signals.filter(signal => rule.speaking.includes(signal.rule))
  for (const signal of [...speaking].sort((a, b) => a.time - b.time))
    for (const { key, values } of groupsOf(rule, rule.groupBy, signal)) {
      const speaker = groups.get(key) ?? { values, times: [] }
      speaker.times.push(signal.time)
      groups.set(key, speaker)
    }
  return groups
}

function missed({ rule, end }: Tried<AbsenceRule>, times: readonly number[]): readonly string[] {
  const asked = rule.timespan + rule.grace
  const silences = times.map((time, place) => ({
    from: time,
    length: (times[place + 1] ?? Math.max(end, time)) - time,
  }))
  const longest = silences.reduce((a, b) => (b.length > a.length ? b : a))
  const silent = `longest silence ${durationText(longest.length)} from ${isoTime(longest.from)}; asked for more than ${durationText(asked)}`
  const few =
    times.length < rule.minimum ? [`${counted(times.length, 'event')} of at least ${rule.minimum}`] : []
  const alone = longest.length > asked && few.length === 0 ? ['no neighbour spoke meanwhile'] : []
  return [silent, ...few, ...alone]
}
