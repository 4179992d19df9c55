import type { WindowRule } from '../plan/state-rule.ts'
import { type Aggregate, type AggregateKind, MOST_ENTRIES, MOST_SEEN } from './aggregate.ts'
import { combinations, keyOf, valuesFor, valuesOfKey } from './group-key.ts'
import type { Signal } from './signal.ts'

/** How many different values, case-sensitive; of several fields how many different tuples. What is missing does not count. */
class ValueCount implements Aggregate {
  /** Value -> when it came last; those that came last stand last. */
  private readonly last: Map<string, number>
  /** As people read it; absent where the value says it itself. */
  private readonly several: boolean

  constructor(last: Map<string, number>, several: boolean) {
    this.last = last
    this.several = several
  }

  get first(): number {
    for (const time of this.last.values()) return time
    return Number.POSITIVE_INFINITY
  }

  get size(): number {
    return this.last.size
  }

  add(signal: Signal, rule: WindowRule): void {
    const lists = rule.field.map(name => valuesFor(rule, name, signal))
    if (lists.some(list => list.length === 0)) return
    for (const values of combinations(lists)) {
      const value = this.several ? keyOf(values) : (values[0] ?? '')
      this.last.delete(value)
      this.last.set(value, signal.time)
    }
    if (this.last.size > MOST_ENTRIES) for (const value of this.oldest()) this.last.delete(value)
  }

  drop(from: number): void {
    for (const [value, time] of this.last) {
      if (time >= from) return
      this.last.delete(value)
    }
  }

  value(): number {
    return this.last.size
  }

  seen(): readonly string[] {
    const seen: string[] = []
    for (const value of this.last.keys()) {
      if (seen.length === MOST_SEEN) break
      seen.push(this.several ? valuesOfKey(value).join(' + ') : value)
    }
    return seen
  }

  snapshot(): unknown {
    return [...this.last]
  }

  private oldest(): readonly string[] {
    return [...this.last.keys()].slice(0, this.last.size - MOST_ENTRIES)
  }
}

export const valueCount: AggregateKind = {
  create: rule => new ValueCount(new Map(), rule.field.length > 1),
  restore: (rule, data) => new ValueCount(new Map(data as [string, number][]), rule.field.length > 1),
}
