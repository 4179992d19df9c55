import type { WindowRule } from '../plan/state-rule.ts'
import type { Aggregate, AggregateKind } from './aggregate.ts'
import type { Signal } from './signal.ts'
import { TimedValues } from './timed-values.ts'
import { numbersOf } from './value-sum.ts'

/** A percentile of numbers in order, between the two nearest where it falls between: SQL's `percentile_cont`. */
function percentileOf(sorted: ArrayLike<number>, percentile: number): number | undefined {
  if (sorted.length === 0) return undefined
  const place = ((sorted.length - 1) * percentile) / 100
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}

/** A percentile of the numbers of a field; what is no number does not count. */
class ValuePercentile implements Aggregate {
  private readonly entries: TimedValues
  private readonly sorted: number[]
  private readonly percentile: number

  constructor(entries: TimedValues, percentile: number) {
    this.entries = entries
    this.sorted = [...entries.snapshot().values].sort((a, b) => a - b)
    this.percentile = percentile
  }

  get first(): number {
    return this.entries.first
  }

  get size(): number {
    return this.entries.length
  }

  add(signal: Signal, rule: WindowRule): void {
    for (const number of numbersOf(signal, rule)) {
      this.sorted.splice(placeOf(this.sorted, number), 0, number)
      const gone = this.entries.push(signal.time, number, false)
      if (gone !== undefined) this.remove(gone)
    }
  }

  drop(from: number): void {
    while (this.entries.first < from) this.remove(this.entries.shift())
  }

  value(): number | undefined {
    return percentileOf(this.sorted, this.percentile)
  }

  seen(): readonly string[] {
    return []
  }

  snapshot(): unknown {
    return this.entries.snapshot()
  }

  private remove(number: number): void {
    this.sorted.splice(placeOf(this.sorted, number), 1)
  }
}

/** Place of the first that is not smaller. */
function placeOf(sorted: readonly number[], number: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return low
}

function percentileFor(rule: WindowRule): number {
  return rule.type === 'value_median' ? 50 : (rule.percentile ?? 50)
}

export const valuePercentile: AggregateKind = {
  create: rule => new ValuePercentile(new TimedValues(), percentileFor(rule)),
  restore(rule, data) {
    const { times, values } = data as { times: number[]; values: number[] }
    return new ValuePercentile(new TimedValues(times, values), percentileFor(rule))
  },
}
