import type { AbsenceRule } from '../../src/plan/state-rule.ts'
import type { Signal } from '../../src/state/signal.ts'
import { groups, timesOf, values } from './groups.ts'

/** A silence of a group that is told of. */
export interface Silence {
  readonly group: string
  readonly last: number
  /** When it is told. */
  readonly time: number
  readonly events: number
  /** Events of neighbours since the group spoke last. */
  readonly neighbours: number
  readonly raised: boolean
}

/**
 * The silences that are told of, each looked at by itself from its beginning to the end of the logs. Written from the meaning,
 * slowly; shares nothing with the engine but types. The neighbours of a group are the same in all its events.
 *
 * @param end of the logs, UTC ms
 */
export function silences(rule: AbsenceRule, signals: readonly Signal[], end: number): readonly Silence[] {
  const speaking = signals.filter(signal => rule.speaking.includes(signal.rule))
  const off = groups(
    rule,
    signals.filter(signal => rule.disabling.includes(signal.rule)),
  )
  const hood = (signal: Signal): string =>
    JSON.stringify(rule.neighbours.map(name => values(rule, name, signal)[0] ?? null))
  return [...groups(rule, speaking)].flatMap(([group, members]) => {
    const times = timesOf(members)
    return times.flatMap((last, place) => {
      const next = times[place + 1] ?? Number.POSITIVE_INFINITY
      const around = speaking.filter(one => one.time > last && members.some(own => hood(own) === hood(one)))
      const time = toldAt(rule, last, timesOf(around))
      const events = members.filter(one => one.time <= last).length
      if (time === undefined || next <= time || time >= end || events < rule.minimum) return []
      const raised = (off.get(group) ?? []).some(one => one.time >= last - rule.timespan && one.time <= time)
      return [
        { group, last, time, events, neighbours: around.filter(one => one.time <= time).length, raised },
      ]
    })
  })
}

/** When a silence is over the time that it may take, once a neighbour spoke after the timespan; undefined if none did. */
function toldAt(
  { timespan, grace }: AbsenceRule,
  last: number,
  heard: readonly number[],
): number | undefined {
  const first = heard.find(time => time >= last + timespan)
  if (first === undefined) return undefined
  const due = last + timespan + grace
  return first <= due ? due : first + grace
}
