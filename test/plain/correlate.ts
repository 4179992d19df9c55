import type { Bound, WindowRule } from '../../src/plan/state-rule.ts'
import type { Signal } from '../../src/state/signal.ts'
import { tuples, values } from './groups.ts'

/** A group that fires, and the times at which a window that holds ends. */
export interface Fired {
  readonly group: string
  readonly times: readonly number[]
  /** Those that follow each other in windows that overlap, first and last. */
  readonly spells: readonly (readonly [number, number])[]
}

/**
 * What a correlation comes to, computed without any memory: for each group and each time of an event of it the
 * window is looked at as a whole. Written from the meaning, slowly; shares nothing with the engine but types.
 */
export function correlate(rule: WindowRule, signals: readonly Signal[]): readonly Fired[] {
  const groups = new Map<string, Signal[]>()
  for (const signal of signals) {
    if (!rule.rules.includes(signal.rule)) continue
    for (const group of tuples(rule.groupBy.map(name => values(rule, name, signal)))) {
      const key = JSON.stringify(group)
      groups.set(key, [...(groups.get(key) ?? []), signal])
    }
  }
  return [...groups].flatMap(([group, members]) => {
    const all = [...new Set(members.map(({ time }) => time))].sort((a, b) => a - b)
    const times = all.filter(end => {
      const window = members.filter(({ time }) => time <= end && time >= end - rule.timespan)
      const value = amount(rule, window)
      return value !== undefined && rule.condition.every(bound => within(bound, value))
    })
    return times.length === 0 ? [] : [{ group, times, spells: spellsOf(all, times, rule.timespan) }]
  })
}

function spellsOf(all: readonly number[], times: readonly number[], timespan: number): Fired['spells'] {
  const begins = (time: number): boolean => {
    const before = all[all.indexOf(time) - 1]
    return before === undefined || !times.includes(before) || before < time - timespan
  }
  const firsts = times.filter(begins)
  return firsts.map((first, place) => {
    const next = firsts[place + 1] ?? Number.POSITIVE_INFINITY
    return [first, Math.max(...times.filter(time => time >= first && time < next))]
  })
}

function within({ order, value: bound }: Bound, value: number): boolean {
  const holds = { gt: value > bound, gte: value >= bound, lt: value < bound, lte: value <= bound }
  return { ...holds, eq: value === bound, neq: value !== bound }[order]
}

function amount(rule: WindowRule, window: readonly Signal[]): number | undefined {
  const numbers = window
    .flatMap(signal => values(rule, rule.field[0] ?? '', signal))
    .map(Number)
    .filter(number => !Number.isNaN(number))
  const sum = numbers.reduce((total, number) => total + number, 0)
  switch (rule.type) {
    case 'event_count':
      return window.length
    case 'value_count':
      return new Set(
        window.flatMap(signal => {
          const lists = rule.field.map(name => values(rule, name, signal))
          return lists.some(list => list.length === 0) ? [] : tuples(lists).map(one => JSON.stringify(one))
        }),
      ).size
    case 'value_sum':
      return numbers.length === 0 ? undefined : sum
    case 'value_avg':
      return numbers.length === 0 ? undefined : sum / numbers.length
    case 'value_percentile':
    case 'value_median':
      return percentile(numbers, rule.type === 'value_median' ? 50 : (rule.percentile ?? 0))
    case 'temporal':
      return new Set(window.map(signal => signal.rule)).size
    case 'temporal_ordered':
      return longestOrder(rule.rules, window)
  }
}

/** How many of the rules, from the first on, have events at times that do not go back. */
function longestOrder(rules: readonly string[], window: readonly Signal[]): number {
  const from = (step: number, time: number): number => {
    const next = window.filter(signal => signal.rule === rules[step] && signal.time >= time)
    return next.length === 0 ? step : Math.max(...next.map(signal => from(step + 1, signal.time)))
  }
  return from(0, Number.NEGATIVE_INFINITY)
}

function percentile(numbers: readonly number[], rank: number): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b)
  if (sorted.length === 0) return undefined
  const place = ((sorted.length - 1) * rank) / 100
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place % 1)
}
