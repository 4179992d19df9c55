import type { FirstSeenRule } from '../plan/state-rule.ts'
import { combinations, groupsOf, keyOf, valuesFor } from './group-key.ts'
import { Remembered } from './remembered.ts'
import type { GroupValues, Machine, MachineOptions, Signal } from './signal.ts'

interface Known {
  readonly values: GroupValues
  readonly first: number
  last: number
  events: number
  /** Key of a tuple -> when it came last; those that came last stand last. */
  readonly tuples: Map<string, number>
}

/** What came of a group in one time. */
interface Now {
  readonly values: GroupValues
  readonly tuples: Map<string, GroupValues>
  events: number
}

/** Tuples of one group; beyond it those that came last least lately go. */
const MOST_TUPLES = 10_000

/**
 * Values that a group never had, or not for the time after which they are forgotten. Nothing is new while a group
 * is learnt: from its first event on, and until it had enough of them. What comes in one time is judged by what
 * was before it. A group that is silent for as long as values are remembered is learnt anew.
 */
export class FirstSeenMachine implements Machine {
  readonly rule: FirstSeenRule
  private readonly options: MachineOptions
  private readonly groups: Remembered<Known>
  private tuples = 0
  private tuplesEvicted = 0

  constructor(rule: FirstSeenRule, options: MachineOptions, saved?: unknown) {
    this.rule = rule
    this.options = options
    this.groups = saved === undefined ? new Remembered(options.most) : this.restore(saved as Saved)
  }

  get evicted(): number {
    return this.groups.evicted + this.tuplesEvicted
  }

  get size(): number {
    return this.groups.items.size + this.tuples
  }

  take(time: number, signals: readonly Signal[]): void {
    const now = new Map<string, Now>()
    for (const signal of signals)
      for (const { key, values } of groupsOf(this.rule, this.rule.groupBy, signal)) {
        let group = now.get(key)
        if (group === undefined) {
          group = { values, tuples: new Map(), events: 0 }
          now.set(key, group)
        }
        group.events += signal.count ?? 1
        for (const tuple of this.tuplesOf(signal)) group.tuples.set(keyOf(tuple), tuple)
      }
    for (const [key, group] of now) this.judge(key, group, time)
    this.groups.sweep(time - this.rule.forget, group => {
      this.tuples -= group.tuples.size
    })
  }

  advance(): void {}

  finish(): void {}

  snapshot(): unknown {
    const groups = [...this.groups.items].map(([key, group]) => {
      return [key, { ...group, tuples: [...group.tuples] }] as const
    })
    return { groups, evicted: this.groups.evicted, tuplesEvicted: this.tuplesEvicted } satisfies Saved
  }

  /** A tuple of which a part is missing is none. */
  private tuplesOf(signal: Signal): readonly GroupValues[] {
    const lists = this.rule.field.map(name => valuesFor(this.rule, name, signal))
    return lists.some(list => list.length === 0) ? [] : combinations(lists)
  }

  private judge(key: string, now: Now, time: number): void {
    let group = this.groups.get(key)
    // Whether it was swept meanwhile must not matter.
    if (group === undefined || group.last < time - this.rule.forget) {
      this.tuples -= group?.tuples.size ?? 0
      group = { values: now.values, first: time, last: time, events: 0, tuples: new Map() }
      this.groups.set(key, group)
    }
    this.forget(group, time - this.rule.forget)
    const learnt = time - group.first >= this.rule.learning && group.events >= this.rule.minimum
    const known = group.tuples.size
    for (const [tuple, values] of now.tuples) {
      const isNew = !group.tuples.delete(tuple)
      group.tuples.set(tuple, time)
      if (isNew) this.tuples++
      if (isNew && learnt && group.events > 0) this.found(group, values, known, time)
    }
    group.events += now.events
    group.last = time
    this.cut(group)
  }

  private found(group: Known, values: GroupValues, known: number, time: number): void {
    const texts = values.map(value => value ?? '')
    const { first, last, events } = group
    const detection = {
      rule: this.rule.meta.id,
      variant: 'complete',
      key: keyOf([...group.values, ...texts]),
      group: group.values,
      time,
      from: time,
      to: time,
      facts: { kind: 'first_seen', values: texts, known, events, since: first, last },
    } as const
    this.options.sink.began(detection)
    this.options.sink.ended(detection)
  }

  private forget(group: Known, from: number): void {
    for (const [tuple, last] of group.tuples) {
      if (last >= from) return
      group.tuples.delete(tuple)
      this.tuples--
    }
  }

  private cut(group: Known): void {
    for (const tuple of group.tuples.keys()) {
      if (group.tuples.size <= MOST_TUPLES && this.tuples <= this.options.most) return
      group.tuples.delete(tuple)
      this.tuples--
      this.tuplesEvicted++
    }
  }

  private restore({ groups, evicted, tuplesEvicted }: Saved): Remembered<Known> {
    const items = groups.map(([key, group]) => [key, { ...group, tuples: new Map(group.tuples) }] as const)
    this.tuples = items.reduce((sum, [, { tuples }]) => sum + tuples.size, 0)
    this.tuplesEvicted = tuplesEvicted
    return new Remembered<Known>(this.options.most, items, evicted)
  }
}

interface Saved {
  readonly groups: readonly (readonly [
    string,
    Omit<Known, 'tuples'> & { readonly tuples: readonly (readonly [string, number])[] },
  ])[]
  readonly evicted: number
  readonly tuplesEvicted: number
}
