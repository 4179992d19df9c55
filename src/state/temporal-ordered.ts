import type { WindowRule } from '../plan/state-rule.ts'
import type { Aggregate, AggregateKind } from './aggregate.ts'
import type { Signal } from './signal.ts'

const NEVER = Number.NEGATIVE_INFINITY

/**
 * How many of the rules matched in their order. For each rule it remembers the latest beginning of a sequence that
 * reaches it: a later beginning is never worse, so one number a rule is enough, however often steps repeat.
 */
class TemporalOrdered implements Aggregate {
  private readonly starts: number[]
  private readonly rules: readonly string[]
  /** Rules that matched at the newest time: within it every order counts. */
  private now: readonly boolean[]
  private time: number

  constructor(rules: readonly string[], starts: number[], now: readonly boolean[], time: number) {
    this.rules = rules
    this.starts = starts
    this.now = now
    this.time = time
  }

  get first(): number {
    const last = this.starts.at(-1) ?? NEVER
    if (last !== NEVER) return last
    const times = this.starts.filter(start => start !== NEVER)
    return times.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...times)
  }

  get size(): number {
    return this.starts.length
  }

  add({ rule, time }: Signal): void {
    const place = this.rules.indexOf(rule)
    if (time !== this.time) this.now = onlyOne(this.rules, place)
    else if (this.now[place] === false) this.now = this.now.with(place, true)
    this.time = time
    if (place < 0) return
    // What matched in this same time may follow after all.
    for (let step = place; step < this.starts.length; step++) {
      if (this.now[step] !== true) break
      const start = step === 0 ? time : (this.starts[step - 1] ?? NEVER)
      if (start > (this.starts[step] ?? NEVER)) this.starts[step] = start
    }
  }

  drop(from: number): void {
    for (let step = 0; step < this.starts.length; step++)
      if ((this.starts[step] ?? NEVER) < from) this.starts[step] = NEVER
  }

  value(): number {
    let reached = 0
    for (let step = 0; step < this.starts.length; step++) if (this.starts[step] !== NEVER) reached = step + 1
    return reached
  }

  seen(): readonly string[] {
    return this.rules.slice(0, this.value())
  }

  snapshot(): unknown {
    return { starts: [...this.starts], now: [...this.now], time: this.time }
  }
}

const shared = new WeakMap<readonly string[], Map<number, readonly boolean[]>>()

/** Truth for one place of as many as there are rules; nearly all groups share these. */
function onlyOne(rules: readonly string[], place: number): readonly boolean[] {
  const known = shared.get(rules) ?? new Map<number, readonly boolean[]>()
  shared.set(rules, known)
  const one = known.get(place) ?? rules.map((_, at) => at === place)
  known.set(place, one)
  return one
}

export const temporalOrdered: AggregateKind = {
  create({ rules }: WindowRule) {
    return new TemporalOrdered(
      rules,
      rules.map(() => NEVER),
      onlyOne(rules, -1),
      NEVER,
    )
  },
  restore({ rules }, data) {
    const { starts, now, time } = data as { starts: number[]; now: boolean[]; time: number }
    return new TemporalOrdered(rules, [...starts], [...now], time)
  },
}
