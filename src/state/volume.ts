import type { VolumeRule } from '../plan/state-rule.ts'
import { baselineOf } from './baseline.ts'
import { keeps } from './bounds.ts'
import { groupsOf, keyOf, valuesFor } from './group-key.ts'
import { numberValue } from './number-value.ts'
import { Remembered } from './remembered.ts'
import type { Baseline, GroupValues, Machine, MachineOptions, Signal } from './signal.ts'

const WEEK = 604_800_000
/** Spans in which something happened that are remembered of one group, and of all peers together. */
const MOST_OWN = 1024
const MOST_PEERS = 4096

interface VolumeGroup {
  readonly values: GroupValues
  peers: string
  last: number
  /** Number of the first span. */
  readonly since: number
  /** What the open span comes to. */
  open: number
  /** Numbers of spans and what they came to, oldest first. */
  readonly spans: number[]
  readonly totals: number[]
}

/** A span of one of some peers. */
interface PeerSpan {
  readonly span: number
  readonly key: string
  readonly total: number
}

/**
 * How much a group does in spans of fixed length, told when a span is over. It stands out if it lies so many
 * spreads above the median of its own past, in which spans without events count as zero, and of the spans of its
 * peers in which they did anything. Who has too little past of its own is judged by its peers alone.
 */
export class VolumeMachine implements Machine {
  readonly rule: VolumeRule
  private readonly options: MachineOptions
  private readonly groups: Remembered<VolumeGroup>
  private readonly peers: Map<string, PeerSpan[]>
  /** Groups with events in the open span. */
  private readonly active: Set<string>
  private span: number

  constructor(rule: VolumeRule, options: MachineOptions, saved?: unknown) {
    this.rule = rule
    this.options = options
    const { groups, evicted, peers, active, span } = (saved as Saved | undefined) ?? EMPTY
    const items = groups.map(([key, group]) => [key, copyOf(group)] as const)
    this.groups = new Remembered<VolumeGroup>(options.most, items, evicted)
    this.peers = new Map(peers.map(([key, spans]) => [key, [...spans]]))
    this.active = new Set(active)
    this.span = span
  }

  get evicted(): number {
    return this.groups.evicted
  }

  get size(): number {
    return this.groups.items.size
  }

  take(time: number, signals: readonly Signal[]): void {
    this.advance(time)
    this.span = this.spanOf(time)
    for (const signal of signals)
      for (const { key, values } of groupsOf(this.rule, this.rule.groupBy, signal)) {
        const known = this.groups.get(key)
        // Whether it was swept meanwhile must not matter.
        const group = known === undefined || known.last < this.oldest ? this.newGroup(key, values) : known
        group.open += this.amountOf(signal)
        group.last = time
        group.peers = keyOf((this.rule.peers ?? []).map(name => valuesFor(this.rule, name, signal)[0]))
        this.active.add(key)
      }
  }

  advance(time: number): void {
    if (this.spanOf(time) > this.span) this.close()
  }

  finish(): void {
    this.close()
  }

  snapshot(): unknown {
    return {
      groups: [...this.groups.items].map(([key, group]) => [key, copyOf(group)] as const),
      evicted: this.groups.evicted,
      peers: [...this.peers].map(([key, spans]) => [key, [...spans]] as const),
      active: [...this.active],
      span: this.span,
    } satisfies Saved
  }

  /** Who did nothing since then is forgotten. */
  private get oldest(): number {
    return this.span * this.rule.timespan - this.rule.history
  }

  private spanOf(time: number): number {
    return Math.floor(time / this.rule.timespan)
  }

  private newGroup(key: string, values: GroupValues): VolumeGroup {
    const group = { values, peers: '', last: 0, since: this.span, open: 0, spans: [], totals: [] }
    this.groups.set(key, group)
    return group
  }

  private amountOf(signal: Signal): number {
    if (this.rule.field === undefined) return signal.count ?? 1
    let sum = 0
    for (const text of valuesFor(this.rule, this.rule.field, signal)) sum += numberValue(text) ?? 0
    return sum
  }

  /** Judges what the open span came to, all groups by what was before it, and remembers it. */
  private close(): void {
    const keys = [...this.active].sort()
    for (const key of keys) this.judge(key)
    for (const key of keys) this.remember(key)
    this.active.clear()
    this.groups.sweep(this.oldest, () => {})
  }

  private judge(key: string): void {
    const group = this.groups.get(key)
    if (group === undefined || !keeps(this.rule.condition, group.open)) return
    const own = this.ownPast(group)
    const peers = this.peerPast(key, group)
    const baselines = [own, peers].flatMap(one => one ?? [])
    if (baselines.length === 0 || baselines.some(({ score }) => score <= this.rule.deviation)) return
    const from = this.span * this.rule.timespan
    const to = from + this.rule.timespan - 1
    const detection = {
      rule: this.rule.meta.id,
      variant: 'complete',
      key,
      group: group.values,
      time: to + 1,
      from,
      to,
      facts: {
        kind: 'volume',
        value: group.open,
        ...(own === undefined ? {} : { own }),
        ...(peers === undefined ? {} : { peers }),
      },
    } as const
    this.options.sink.began(detection)
    this.options.sink.ended(detection)
  }

  private ownPast({ since, spans, totals, open }: VolumeGroup): Baseline | undefined {
    const { history, timespan, minimum } = this.rule
    const first = Math.max(since, this.span - Math.floor(history / timespan))
    const past = totals.filter((_, place) => this.counts(spans[place] ?? 0, first))
    const all = Math.floor((this.span - first) / this.stride)
    // Spans that were cut off for want of room are no empty ones.
    const empty = spans.length >= MOST_OWN ? 0 : Math.max(0, all - past.length)
    if (past.length + empty < minimum) return undefined
    const last = spans.findLast(span => this.counts(span, first))
    return { ...baselineOf(open, past, empty), ...(last === undefined ? {} : { last: last * timespan }) }
  }

  private peerPast(key: string, group: VolumeGroup): Baseline | undefined {
    if (this.rule.peers === undefined) return undefined
    const first = this.span - Math.floor(this.rule.history / this.rule.timespan)
    const past = (this.peers.get(group.peers) ?? []).filter(
      one => one.key !== key && this.counts(one.span, first),
    )
    if (past.length < this.rule.minimum) return undefined
    return baselineOf(
      group.open,
      past.map(({ total }) => total),
      0,
    )
  }

  /** Spans from one that is compared with the open one to the next. */
  private get stride(): number {
    return this.rule.season === 'none' ? 1 : Math.round(WEEK / this.rule.timespan)
  }

  private counts(span: number, first: number): boolean {
    return span >= first && (this.span - span) % this.stride === 0
  }

  private remember(key: string): void {
    const group = this.groups.get(key)
    if (group === undefined) return
    const { spans, totals, open } = group
    spans.push(this.span)
    totals.push(open)
    const first = this.span - Math.floor(this.rule.history / this.rule.timespan)
    while (spans.length > MOST_OWN || (spans[0] ?? first) < first) {
      spans.shift()
      totals.shift()
    }
    group.open = 0
    if (this.rule.peers === undefined) return
    const list = this.peers.get(group.peers) ?? []
    list.push({ span: this.span, key, total: open })
    if (list.length > MOST_PEERS) list.splice(0, list.length - MOST_PEERS / 2)
    this.peers.set(group.peers, list)
  }
}

function copyOf(group: VolumeGroup): VolumeGroup {
  return { ...group, spans: [...group.spans], totals: [...group.totals] }
}

interface Saved {
  readonly groups: readonly (readonly [string, VolumeGroup])[]
  readonly evicted: number
  readonly peers: readonly (readonly [string, readonly PeerSpan[]])[]
  readonly active: readonly string[]
  readonly span: number
}

const EMPTY: Saved = { groups: [], evicted: 0, peers: [], active: [], span: Number.NEGATIVE_INFINITY }
