import type { Aggregate, AggregateKind } from './aggregate.ts'
import type { Signal } from './signal.ts'
import { TimedValues } from './timed-values.ts'

/** How many events. Events of one time are one entry. */
class EventCount implements Aggregate {
  private readonly entries: TimedValues
  private total: number

  constructor(entries: TimedValues) {
    this.entries = entries
    this.total = entries.sum()
  }

  get first(): number {
    return this.entries.first
  }

  get size(): number {
    return this.entries.length
  }

  add({ time, count = 1 }: Signal): void {
    this.total += count - (this.entries.push(time, count, true) ?? 0)
  }

  drop(from: number): void {
    while (this.entries.first < from) this.total -= this.entries.shift()
  }

  value(): number {
    return this.total
  }

  seen(): readonly string[] {
    return []
  }

  snapshot(): unknown {
    return this.entries.snapshot()
  }
}

export const eventCount: AggregateKind = {
  create: () => new EventCount(new TimedValues()),
  restore(_, data) {
    const { times, values } = data as { times: number[]; values: number[] }
    return new EventCount(new TimedValues(times, values))
  },
}
