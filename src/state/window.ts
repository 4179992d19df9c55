import type { WindowRule } from '../plan/state-rule.ts'
import { type Aggregate, type AggregateKind, MOST_SEEN } from './aggregate.ts'
import { aggregates } from './aggregates.ts'
import { grows, keeps } from './bounds.ts'
import { groupsOf, valuesOfKey } from './group-key.ts'
import { Remembered } from './remembered.ts'
import type { Detection, Machine, MachineOptions, Signal } from './signal.ts'

interface WindowGroup {
  readonly aggregate: Aggregate
  last: number
  /** The detection that holds. */
  firing: Firing | undefined
}

/** A detection that may still grow. */
interface Firing {
  readonly time: number
  readonly value: number
  readonly from: number
  to: number
  peak: number
  peakTime: number
  seen: readonly string[]
}

/**
 * Sigma's correlations. A window ends at the time of each event and reaches back by the timespan, both ends
 * included; it holds all events of its last time, so what happens within one second has no order. Windows that
 * hold one after the other and overlap are one detection.
 */
export class WindowMachine implements Machine {
  readonly rule: WindowRule
  private readonly kind: AggregateKind
  private readonly groups: Remembered<WindowGroup>
  private readonly options: MachineOptions
  private readonly growing: boolean

  constructor(rule: WindowRule, options: MachineOptions, saved?: unknown) {
    this.rule = rule
    this.options = options
    this.kind = aggregates[rule.type]
    this.growing = grows(rule.condition)
    this.groups = saved === undefined ? new Remembered(options.most) : this.restore(saved as Saved)
  }

  get evicted(): number {
    return this.groups.evicted
  }

  get size(): number {
    return this.groups.items.size
  }

  take(time: number, signals: readonly Signal[]): void {
    const touched = new Map<string, WindowGroup>()
    for (const signal of signals)
      for (const { key } of groupsOf(this.rule, this.rule.groupBy, signal)) {
        const group = this.groups.get(key) ?? this.found(key)
        if (!touched.has(key)) group.aggregate.drop(time - this.rule.timespan)
        group.aggregate.add(signal, this.rule)
        group.last = time
        touched.set(key, group)
      }
    for (const [key, group] of touched) this.judge(key, group, time)
    this.groups.sweep(time - this.rule.timespan, (group, key) => this.end(key, group))
  }

  advance(): void {}

  finish(): void {
    for (const [key, group] of this.groups.items) this.end(key, group)
  }

  snapshot(): unknown {
    const { items, evicted } = this.groups
    const groups = [...items].map(([key, { aggregate, last, firing }]) => {
      return [key, { last, aggregate: aggregate.snapshot(), firing: firing && { ...firing } }]
    })
    return { groups, evicted }
  }

  private found(key: string): WindowGroup {
    const group = { aggregate: this.kind.create(this.rule), last: 0, firing: undefined }
    this.groups.set(key, group)
    return group
  }

  private judge(key: string, group: WindowGroup, time: number): void {
    const value = group.aggregate.value()
    const holds = value !== undefined && keeps(this.rule.condition, value)
    if (group.firing !== undefined && (!holds || group.firing.to < time - this.rule.timespan))
      this.end(key, group)
    if (holds) this.holds(key, group, time, value)
  }

  private holds(key: string, group: WindowGroup, time: number, value: number): void {
    const { firing, aggregate } = group
    if (firing === undefined) {
      const seen = aggregate.seen()
      // A window of events none of which has a value begins with the one at its end.
      const from = Math.min(aggregate.first, time)
      group.firing = { time, value, from, to: time, peak: value, peakTime: time, seen }
      this.options.sink.began(this.detection(key, group.firing))
      return
    }
    firing.to = time
    if (this.growing ? value <= firing.peak : value >= firing.peak) return
    firing.peak = value
    firing.peakTime = time
    if (firing.seen.length < MOST_SEEN) firing.seen = aggregate.seen()
  }

  private end(key: string, group: WindowGroup): void {
    if (group.firing !== undefined) this.options.sink.ended(this.detection(key, group.firing))
    group.firing = undefined
  }

  private detection(key: string, firing: Firing): Detection {
    const { time, from, to, value, peak, peakTime, seen } = firing
    const group = valuesOfKey(key)
    const facts = { kind: 'window', value, peak, peakTime, seen } as const
    return { rule: this.rule.meta.id, variant: 'complete', key, group, time, from, to, facts }
  }

  private restore({ groups, evicted }: Saved): Remembered<WindowGroup> {
    const items = groups.map(([key, { last, aggregate, firing }]) => {
      const restored = this.kind.restore(this.rule, aggregate)
      return [key, { last, aggregate: restored, firing: firing && { ...firing } }] as const
    })
    return new Remembered<WindowGroup>(this.options.most, items, evicted)
  }
}

interface Saved {
  readonly groups: readonly (readonly [
    string,
    {
      readonly last: number
      readonly aggregate: unknown
      readonly firing: Firing | undefined
    },
  ])[]
  readonly evicted: number
}
