import type { WindowRule } from '../plan/state-rule.ts'
import type { Aggregate, AggregateKind } from './aggregate.ts'
import type { Signal } from './signal.ts'

const NEVER = Number.NEGATIVE_INFINITY

/** How many of the rules matched, in any order. Remembers when each did last. */
class Temporal implements Aggregate {
  private readonly last: number[]
  private readonly rules: readonly string[]

  constructor(rules: readonly string[], last: number[]) {
    this.rules = rules
    this.last = last
  }

  get first(): number {
    const times = this.last.filter(time => time !== NEVER)
    return times.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...times)
  }

  get size(): number {
    return this.last.length
  }

  add({ rule, time }: Signal): void {
    const place = this.rules.indexOf(rule)
    if (place >= 0) this.last[place] = time
  }

  drop(from: number): void {
    for (let place = 0; place < this.last.length; place++)
      if ((this.last[place] ?? NEVER) < from) this.last[place] = NEVER
  }

  value(): number {
    let count = 0
    for (const time of this.last) if (time !== NEVER) count++
    return count
  }

  seen(): readonly string[] {
    return this.rules.filter((_, place) => this.last[place] !== NEVER)
  }

  snapshot(): unknown {
    return [...this.last]
  }
}

export const temporal: AggregateKind = {
  create: ({ rules }: WindowRule) =>
    new Temporal(
      rules,
      rules.map(() => NEVER),
    ),
  restore: ({ rules }, data) => new Temporal(rules, [...(data as number[])]),
}
