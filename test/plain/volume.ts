import type { VolumeRule } from '../../src/plan/state-rule.ts'
import type { Signal } from '../../src/state/signal.ts'
import { groups, tuples, values } from './groups.ts'

/** A span of a group that stands out, the medians that it was compared with, and how many spans these are of. */
export interface Outlier {
  readonly group: string
  readonly from: number
  readonly value: number
  readonly own?: Past
  readonly peers?: Past
}

interface Past {
  readonly spans: number
  readonly median: number
}

const WEEK = 7 * 86_400_000

/**
 * The spans that stand out, each compared with lists of all that came before it, zeros included. Written from the meaning,
 * slowly; shares nothing with the engine but types.
 */
export function outliers(rule: VolumeRule, signals: readonly Signal[]): readonly Outlier[] {
  const own = groups(
    rule,
    signals.filter(signal => rule.rules.includes(signal.rule)),
  )
  const spans = [...own].flatMap(([group, members]) => spansOf(rule, group, members))
  return spans.flatMap(span => {
    const { group, number, value } = span
    const pasts = { ...ownPast(rule, span, spans), ...peerPast(rule, span, spans) }
    const judged = [pasts.own, pasts.peers].filter(past => past !== undefined)
    const bounded = rule.condition.every(
      ({ order, value: bound }) =>
        ({ gt: value > bound, gte: value >= bound, lt: value < bound, lte: value <= bound })[
          order as 'gt' | 'gte' | 'lt' | 'lte'
        ],
    )
    if (judged.length === 0 || !bounded || !judged.every(past => scoreOf(value, past) > rule.deviation))
      return []
    return [
      {
        group,
        from: number * rule.timespan,
        value,
        ...(pasts.own && { own: facts(pasts.own) }),
        ...(pasts.peers && { peers: facts(pasts.peers) }),
      },
    ]
  })
}

interface Span {
  readonly group: string
  readonly number: number
  readonly value: number
  /** The first span of the group since it was last silent for longer than is remembered. */
  readonly since: number
  readonly peers: string
}

function spansOf(rule: VolumeRule, group: string, members: readonly Signal[]): readonly Span[] {
  const number = ({ time }: Signal): number => Math.floor(time / rule.timespan)
  const numbers = [...new Set(members.map(number))].sort((a, b) => a - b)
  let since = numbers[0] ?? 0
  return numbers.map((one, place) => {
    const inside = members.filter(signal => number(signal) === one)
    const before = members.filter(signal => number(signal) === numbers[place - 1])
    const last = Math.max(...before.map(({ time }) => time))
    if (before.length > 0 && last < one * rule.timespan - rule.history) since = one
    const peersOf = (signal: Signal): string =>
      JSON.stringify(tuples((rule.peers ?? []).map(name => values(rule, name, signal)))[0])
    const amount = (signal: Signal): number =>
      rule.field === undefined
        ? 1
        : values(rule, rule.field, signal)
            .map(Number)
            .reduce((sum, value) => sum + value, 0)
    return {
      group,
      number: one,
      value: inside.reduce((sum, signal) => sum + amount(signal), 0),
      since,
      peers: inside.map(peersOf).at(-1) ?? '',
    }
  })
}

/** The numbers of the spans that one is compared with, from the last back. */
function compared({ timespan, history, season }: VolumeRule, number: number): readonly number[] {
  const step = season === 'none' ? 1 : Math.round(WEEK / timespan)
  const first = number - Math.floor(history / timespan)
  const found: number[] = []
  for (let at = number - step; at >= first; at -= step) found.push(at)
  return found
}

function ownPast(
  rule: VolumeRule,
  { group, number, since }: Span,
  spans: readonly Span[],
): { readonly own?: readonly number[] } {
  const past = compared(rule, number)
    .filter(one => one >= since)
    .map(one => spans.find(span => span.group === group && span.number === one)?.value ?? 0)
  return past.length < rule.minimum ? {} : { own: past }
}

function peerPast(
  rule: VolumeRule,
  { group, number, peers }: Span,
  spans: readonly Span[],
): { readonly peers?: readonly number[] } {
  if (rule.peers === undefined) return {}
  const numbers = compared(rule, number)
  const past = spans
    .filter(span => span.group !== group && span.peers === peers && numbers.includes(span.number))
    .map(({ value }) => value)
  return past.length < rule.minimum ? {} : { peers: past }
}

function scoreOf(value: number, past: readonly number[]): number {
  const middle = median(past)
  const distance = median(past.map(one => Math.abs(one - middle)))
  return (value - middle) / Math.max(1.4826 * distance, 0.05 * Math.abs(middle), 1)
}

function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b)
  const half = sorted.length / 2
  const [low = 0, high = low] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return (low + high) / 2
}

function facts(past: readonly number[]): Past {
  return { spans: past.length, median: median(past) }
}
