import type { WindowRule } from '../plan/state-rule.ts'
import type { Aggregate, AggregateKind } from './aggregate.ts'
import { valuesFor } from './group-key.ts'
import { numberValue } from './number-value.ts'
import type { Signal } from './signal.ts'
import { TimedValues } from './timed-values.ts'

/** Every number that a signal has under the rule's field. */
export function numbersOf(signal: Signal, rule: WindowRule): readonly number[] {
  const [name = ''] = rule.field
  return valuesFor(rule, name, signal).flatMap(text => numberValue(text) ?? [])
}

/** The sum of the numbers of a field, or their average. Numbers of one time are one entry; what is no number does not count. */
class ValueSum implements Aggregate {
  private readonly sums: TimedValues
  private readonly counts: TimedValues
  private readonly average: boolean
  private sum: number
  private count: number
  /** Entries dropped since the sum was made anew: what is taken off again leaves errors behind. */
  private dropped = 0

  constructor(sums: TimedValues, counts: TimedValues, average: boolean) {
    this.sums = sums
    this.counts = counts
    this.average = average
    this.sum = sums.sum()
    this.count = counts.sum()
  }

  get first(): number {
    return this.sums.first
  }

  get size(): number {
    return this.sums.length
  }

  add(signal: Signal, rule: WindowRule): void {
    const numbers = numbersOf(signal, rule)
    if (numbers.length === 0) return
    const sum = numbers.reduce((total, number) => total + number, 0)
    const count = signal.count ?? numbers.length
    this.sum += sum - (this.sums.push(signal.time, sum, true) ?? 0)
    this.count += count - (this.counts.push(signal.time, count, true) ?? 0)
  }

  drop(from: number): void {
    while (this.sums.first < from) {
      this.sum -= this.sums.shift()
      this.count -= this.counts.shift()
      this.dropped++
    }
    if (this.dropped === 0 || this.dropped < this.sums.length) return
    this.sum = this.sums.sum()
    this.dropped = 0
  }

  value(): number | undefined {
    if (this.sums.length === 0) return undefined
    return this.average ? this.sum / this.count : this.sum
  }

  seen(): readonly string[] {
    return []
  }

  snapshot(): unknown {
    return {
      sums: this.sums.snapshot(),
      counts: this.counts.snapshot(),
      sum: this.sum,
      dropped: this.dropped,
    }
  }

  /** Sums as they were, to the last bit. */
  resume(sum: number, dropped: number): this {
    this.sum = sum
    this.dropped = dropped
    return this
  }
}

interface Saved {
  readonly sums: { readonly times: number[]; readonly values: number[] }
  readonly counts: { readonly times: number[]; readonly values: number[] }
  readonly sum: number
  readonly dropped: number
}

function kind(average: boolean): AggregateKind {
  return {
    create: () => new ValueSum(new TimedValues(), new TimedValues(), average),
    restore(_, data) {
      const { sums, counts, sum, dropped } = data as Saved
      const timedSums = new TimedValues(sums.times, sums.values)
      const timedCounts = new TimedValues(counts.times, counts.values)
      return new ValueSum(timedSums, timedCounts, average).resume(sum, dropped)
    },
  }
}

export const valueSum: AggregateKind = kind(false)
export const valueAverage: AggregateKind = kind(true)
