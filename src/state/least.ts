import type { Bound, CorrelationRule } from '../plan/state-rule.ts'
import { combinations, fieldFor, valuesFor } from './group-key.ts'
import { numberValue } from './number-value.ts'
import type { Signal } from './signal.ts'

/** What a group must come to in so many ms before a rule can hold for it. */
export interface Least {
  /** What is measured; the same text for the same measure. */
  readonly name: string
  /** `sum`: amounts of a time add up; `most`: the largest counts. */
  readonly how: 'sum' | 'most'
  /** ms; infinite if all times count together. */
  readonly timespan: number
  readonly least: number
  /** What one signal adds. */
  readonly of: (signal: Signal) => number
}

/** Sums in another order may differ in their last digits. */
const SLACK = 1e-9

/** What a rule asks of a group at least; `undefined` if any group may fire, however little comes of it. */
export function leastOf(rule: CorrelationRule): Least | undefined {
  if (rule.type === 'chain' || rule.type === 'first_seen' || rule.type === 'absence') return undefined
  const bound = lowest(rule.condition)
  if (bound === undefined) return undefined
  const least = bound - Math.abs(bound) * SLACK
  const { timespan } = rule
  switch (rule.type) {
    case 'event_count':
      return positive({ name: 'count', how: 'sum', timespan, least, of: countOf })
    case 'value_count':
      return positive({
        name: measureName('values', rule, rule.field),
        how: 'sum',
        timespan,
        least,
        of: signal => tuplesOf(rule, signal),
      })
    case 'value_sum':
      return positive(sumOf(rule, rule.field[0] ?? '', least))
    case 'value_avg':
    case 'value_median':
    case 'value_percentile': {
      const [name = ''] = rule.field
      const of = (signal: Signal): number => {
        let most = Number.NEGATIVE_INFINITY
        for (const text of valuesFor(rule, name, signal)) most = Math.max(most, numberValue(text) ?? most)
        return most
      }
      return {
        name: measureName('most', rule, [name]),
        how: 'most',
        timespan: Number.POSITIVE_INFINITY,
        least,
        of,
      }
    }
    case 'volume': {
      // Groups that are compared with others cannot be left out: they are the others' past.
      if (rule.peers !== undefined) return undefined
      if (rule.field !== undefined) return positive(sumOf(rule, rule.field, least))
      return positive({ name: 'count', how: 'sum', timespan, least, of: countOf })
    }
    default:
      return undefined
  }
}

function sumOf(rule: CorrelationRule & { readonly timespan: number }, name: string, least: number): Least {
  const of = (signal: Signal): number => {
    let sum = 0
    for (const text of valuesFor(rule, name, signal)) sum += Math.max(0, numberValue(text) ?? 0)
    return sum
  }
  return { name: measureName('sum', rule, [name]), how: 'sum', timespan: rule.timespan, least, of }
}

/** A name may mean different fields to different rules. */
function measureName(what: string, rule: CorrelationRule, names: readonly string[]): string {
  const bases = [...rule.rules].sort()
  return `${what} ${JSON.stringify(bases.map(id => names.map(name => fieldFor(rule, name, id))))}`
}

/** Where nothing is enough nobody can be left out. */
function positive(least: Least): Least | undefined {
  return least.least > 0 ? least : undefined
}

/** The largest of the bounds below. */
function lowest(bounds: readonly Bound[]): number | undefined {
  const below = bounds.filter(({ order }) => order === 'gt' || order === 'gte' || order === 'eq')
  return below.length === 0 ? undefined : Math.max(...below.map(({ value }) => value))
}

function countOf({ count = 1 }: Signal): number {
  return count
}

/** At most so many values that were not there before. */
function tuplesOf(rule: CorrelationRule & { readonly field: readonly string[] }, signal: Signal): number {
  const lists = rule.field.map(name => valuesFor(rule, name, signal))
  if (lists.every(({ length }) => length === 1)) return 1
  return lists.some(({ length }) => length === 0) ? 0 : combinations(lists).length
}
