import { Heap } from '../core/heap.ts'
import type { AbsenceRule } from '../plan/state-rule.ts'
import { groupsOf, keyOf, valuesFor } from './group-key.ts'
import { Remembered } from './remembered.ts'
import type { GroupValues, Machine, MachineOptions, Signal } from './signal.ts'

interface Speaker {
  readonly values: GroupValues
  readonly neighbours: string
  last: number
  events: number
  /** Events of all its neighbours, and its own, when it spoke last. */
  heard: number
  /** When its silence is looked at; nothing while it is told of or waits for neighbours. */
  deadline: number | undefined
}

interface Neighbourhood {
  events: number
  last: number
  /** Silent groups that wait for a neighbour to speak. */
  readonly waiting: Set<string>
}

interface Deadline {
  readonly time: number
  readonly key: string
}

/**
 * A group that falls silent while its neighbours speak. Told once a silence, when the timespan and the grace are
 * over and a neighbour spoke after the timespan: where all are silent nobody is missing. What switched the group
 * off before raises it.
 */
export class AbsenceMachine implements Machine {
  readonly rule: AbsenceRule
  private readonly options: MachineOptions
  private readonly groups: Remembered<Speaker>
  private readonly neighbourhoods: Map<string, Neighbourhood>
  /** Group -> the latest event that switched it off. */
  private readonly disabled: Remembered<{ readonly signal: Signal; last: number }>
  private readonly deadlines: Heap<Deadline>

  constructor(rule: AbsenceRule, options: MachineOptions, saved?: unknown) {
    this.rule = rule
    this.options = options
    const { groups, evicted, neighbourhoods, disabled, deadlines } = (saved as Saved | undefined) ?? EMPTY
    this.groups = new Remembered<Speaker>(
      options.most,
      groups.map(([key, group]) => [key, { ...group }] as const),
      evicted,
    )
    this.neighbourhoods = new Map(
      neighbourhoods.map(([key, { waiting, ...one }]) => [key, { ...one, waiting: new Set(waiting) }]),
    )
    this.disabled = new Remembered(options.most, disabled)
    this.deadlines = new Heap(compareDeadlines, [...deadlines])
  }

  get evicted(): number {
    return this.groups.evicted
  }

  get size(): number {
    return this.groups.items.size
  }

  take(time: number, signals: readonly Signal[]): void {
    this.advance(time)
    for (const signal of signals) if (this.rule.disabling.includes(signal.rule)) this.switchOff(signal)
    const heard = new Map<string, Speaker>()
    for (const signal of signals) if (this.rule.speaking.includes(signal.rule)) this.hear(signal, heard)
    for (const [key, speaker] of heard) this.spoke(key, speaker, time)
    this.groups.sweep(Number.NEGATIVE_INFINITY, () => {})
    this.disabled.sweep(Number.NEGATIVE_INFINITY, () => {})
  }

  /** Looks at those whose time was over before this one. */
  advance(time: number): void {
    for (let next = this.deadlines.smallest; next !== undefined && next.time < time; ) {
      this.deadlines.pop()
      const group = this.groups.get(next.key)
      if (group?.deadline === next.time) this.look(next.key, group)
      next = this.deadlines.smallest
    }
  }

  /** A silence at the end of the logs is told of only if its time was over. */
  finish(end: number): void {
    this.advance(end)
  }

  snapshot(): unknown {
    return {
      groups: [...this.groups.items].map(([key, group]) => [key, { ...group }] as const),
      evicted: this.groups.evicted,
      neighbourhoods: [...this.neighbourhoods].map(
        ([key, { waiting, ...one }]) => [key, { ...one, waiting: [...waiting] }] as const,
      ),
      disabled: [...this.disabled.items].map(([key, one]) => [key, { ...one }] as const),
      deadlines: [...this.deadlines.items],
    } satisfies Saved
  }

  /** ms from the last event until a silence is told of. */
  private get patience(): number {
    return this.rule.timespan + this.rule.grace
  }

  private switchOff(signal: Signal): void {
    for (const { key } of groupsOf(this.rule, this.rule.groupBy, signal))
      this.disabled.set(key, { signal, last: signal.time })
  }

  private hear(signal: Signal, heard: Map<string, Speaker>): void {
    const neighbours = keyOf(this.rule.neighbours.map(name => valuesFor(this.rule, name, signal)[0]))
    const around = this.neighbourhoods.get(neighbours) ?? { events: 0, last: 0, waiting: new Set<string>() }
    around.events += signal.count ?? 1
    around.last = signal.time
    this.neighbourhoods.set(neighbours, around)
    for (const { key, values } of groupsOf(this.rule, this.rule.groupBy, signal)) {
      const group = this.groups.get(key) ?? {
        values,
        neighbours,
        last: 0,
        events: 0,
        heard: 0,
        deadline: undefined,
      }
      group.events += signal.count ?? 1
      this.groups.set(key, group)
      heard.set(key, group)
    }
  }

  private spoke(key: string, group: Speaker, time: number): void {
    const around = this.neighbourhoods.get(group.neighbours)
    group.last = time
    group.heard = around?.events ?? 0
    around?.waiting.delete(key)
    // One place in the queue a group: when its turn comes the deadline is moved on.
    if (group.deadline === undefined) this.await(key, group, time + this.patience)
    for (const silent of around?.waiting ?? []) {
      const other = this.groups.get(silent)
      if (other !== undefined) this.await(silent, other, time + this.rule.grace)
    }
    around?.waiting.clear()
  }

  private await(key: string, group: Speaker, time: number): void {
    group.deadline = time
    this.deadlines.push({ time, key })
  }

  private look(key: string, group: Speaker): void {
    const due = group.last + this.patience
    const deadline = group.deadline ?? due
    group.deadline = undefined
    const around = this.neighbourhoods.get(group.neighbours)
    if (deadline < due) this.await(key, group, due)
    else if (around !== undefined && around.last < group.last + this.rule.timespan) around.waiting.add(key)
    else if (around !== undefined && group.events >= this.rule.minimum)
      this.found(key, group, around, deadline)
  }

  private found(key: string, group: Speaker, around: Neighbourhood, time: number): void {
    const { last, events, values, heard } = group
    const off = this.disabled.get(key)?.signal
    const before = off !== undefined && off.time >= last - this.rule.timespan ? off : undefined
    const detection = {
      rule: this.rule.meta.id,
      variant: before === undefined ? 'complete' : 'raised',
      key,
      group: values,
      time,
      from: last,
      to: last,
      facts: {
        kind: 'absence',
        last,
        events,
        neighbours: around.events - heard,
        neighbourTime: around.last,
        ...(before === undefined ? {} : { disabled: { rule: before.rule, time: before.time } }),
      },
      ...(before === undefined ? {} : { signals: [before] }),
    } as const
    this.options.sink.began(detection)
    this.options.sink.ended(detection)
  }
}

function compareDeadlines(a: Deadline, b: Deadline): number {
  return a.time - b.time || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
}

interface Saved {
  readonly groups: readonly (readonly [string, Speaker])[]
  readonly evicted: number
  readonly neighbourhoods: readonly (readonly [
    string,
    Omit<Neighbourhood, 'waiting'> & { readonly waiting: readonly string[] },
  ])[]
  readonly disabled: readonly (readonly [string, { readonly signal: Signal; last: number }])[]
  readonly deadlines: readonly Deadline[]
}

const EMPTY: Saved = { groups: [], evicted: 0, neighbourhoods: [], disabled: [], deadlines: [] }
