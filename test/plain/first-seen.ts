import type { FirstSeenRule } from '../../src/plan/state-rule.ts'
import type { Signal } from '../../src/state/signal.ts'
import { groups, timesOf, tuples, values } from './groups.ts'

/** A tuple of a group that was new at a time, and how much was known of the group by then. */
export interface New {
  readonly group: string
  readonly tuple: string
  readonly time: number
  readonly known: number
  readonly events: number
  readonly since: number
}

/**
 * What is new in each group, found by looking back from each time at all that came before. Written from the meaning, slowly;
 * shares nothing with the engine but types.
 */
export function newTuples(rule: FirstSeenRule, signals: readonly Signal[]): readonly New[] {
  const own = signals.filter(signal => rule.rules.includes(signal.rule))
  return [...groups(rule, own)].flatMap(([group, members]) =>
    timesOf(members).flatMap(time => {
      const before = lifeBefore(rule, members, time)
      const since = Math.min(...before.map(one => one.time))
      const learnt = time - since >= rule.learning && before.length >= rule.minimum
      if (before.length === 0 || !learnt) return []
      const had = tuplesIn(
        rule,
        before.filter(one => time - one.time <= rule.forget),
      )
      const now = tuplesIn(
        rule,
        members.filter(one => one.time === time),
      )
      return [...now]
        .filter(tuple => !had.has(tuple))
        .map(tuple => ({ group, tuple, time, known: had.size, events: before.length, since }))
    }),
  )
}

/** What the group did before a time, since it was last silent for longer than values are remembered. */
function lifeBefore(rule: FirstSeenRule, members: readonly Signal[], time: number): readonly Signal[] {
  const before = members.filter(one => one.time < time)
  const times = [...timesOf(before), time]
  const pause = times.findLastIndex((one, place) => one - (times[place - 1] ?? one) > rule.forget)
  return before.filter(one => pause < 0 || one.time >= (times[pause] ?? time))
}

function tuplesIn(rule: FirstSeenRule, signals: readonly Signal[]): ReadonlySet<string> {
  const found = signals.flatMap(signal => {
    const lists = rule.field.map(name => values(rule, name, signal))
    return lists.some(list => list.length === 0) ? [] : tuples(lists)
  })
  return new Set(found.map(tuple => JSON.stringify(tuple)))
}
