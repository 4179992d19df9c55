import { compare } from '../core/order.ts'
import type { CorrelationRule } from '../plan/state-rule.ts'
import { machineFor } from './machines.ts'
import type { Detection, Machine, MachineOptions, Signal, SignalValues } from './signal.ts'

export interface StateOptions extends Omit<MachineOptions, 'sink' | 'most'> {
  /** In any order; those that they are over among each other are found by id. */
  readonly rules: readonly CorrelationRule[]
  /** Detections, each when it is over; in no particular order. */
  readonly found: (detection: Detection) => void
  readonly most?: number
  /** What `snapshot` gave, of the same rules. */
  readonly saved?: unknown
}

/** Groups, chains or values that one rule remembers at most. */
const MOST_REMEMBERED = 1_000_000

/** A rule, who it feeds, and what waits for it. */
interface Node {
  readonly machine: Machine
  /** Rules over this one: its detections are signals for them. */
  readonly feeds: readonly Node[]
  waiting: Signal[]
}

/** All rules that remember, over one stream of signals. */
export class StateRun {
  /** Those that others are over first. */
  private readonly nodes: readonly Node[]
  /** Of those, in order, who feeds others or is fed: the rest has nothing to do without a signal. */
  private readonly linked: ReadonlySet<Node>
  private readonly byBase: ReadonlyMap<string, readonly Node[]>
  private time = Number.NEGATIVE_INFINITY

  constructor(options: StateOptions) {
    const saved = options.saved as Saved | undefined
    const order = belowFirst(options.rules)
    const nodes: Node[] = []
    // Those that are fed are made first, so that who feeds them can be told.
    for (const rule of [...order].reverse()) {
      const feeds = nodes.filter(({ machine }) => machine.rule.rules.includes(rule.meta.id))
      nodes.unshift(nodeFor(rule, feeds, options, saved))
    }
    this.nodes = nodes
    const fed = new Set(nodes.flatMap(({ feeds }) => feeds))
    this.linked = new Set(nodes.filter(node => node.feeds.length > 0 || fed.has(node)))
    this.byBase = filed(nodes)
    if (saved !== undefined) this.time = saved.time
  }

  /** The ids of rules whose hits are wanted as signals. */
  get bases(): ReadonlySet<string> {
    return new Set(this.byBase.keys())
  }

  /** All signals of one time, in order of event id. Times only grow. */
  take(time: number, signals: readonly Signal[]): void {
    if (time <= this.time) throw new Error('bug: time goes back')
    this.time = time
    const alone = new Set<Node>()
    for (const signal of signals)
      for (const node of this.byBase.get(signal.rule) ?? []) {
        node.waiting.push(signal)
        if (!this.linked.has(node)) alone.add(node)
      }
    for (const node of alone) this.run(node, time)
    for (const node of this.linked) this.run(node, time)
  }

  /** Time goes on without a signal. */
  advance(time: number): void {
    if (time <= this.time) return
    this.time = time
    for (const node of this.linked) this.run(node, time)
  }

  /** No more comes. @param end when the logs end, UTC ms */
  finish(end: number): void {
    this.advance(end)
    for (const node of this.nodes) {
      // What others ended with may still complete it.
      this.run(node, Number.POSITIVE_INFINITY)
      node.machine.finish(Math.max(end, this.time))
    }
  }

  /** Rule id -> groups and the like that had to be forgotten. */
  evicted(): ReadonlyMap<string, number> {
    return new Map(this.nodes.map(({ machine }) => [machine.rule.meta.id, machine.evicted]))
  }

  /** Groups, chains and values in memory. */
  size(): number {
    return this.nodes.reduce((sum, { machine }) => sum + machine.size, 0)
  }

  /** All that is remembered, as plain data that `v8.serialize` and the like can write down; taken between two times. */
  snapshot(): unknown {
    const machines = this.nodes.map(({ machine }) => [machine.rule.meta.id, machine.snapshot()] as const)
    return { time: this.time, machines } satisfies Saved
  }

  private run(node: Node, time: number): void {
    const { machine } = node
    const signals = node.waiting
    if (signals.length === 0) {
      if (node.feeds.length > 0 && time !== Number.POSITIVE_INFINITY) machine.advance(time)
      return
    }
    node.waiting = []
    if (signals.some(signal => signal.time !== time)) signals.sort(compareSignals)
    for (let at = 0; at < signals.length; ) {
      const now = signals[at]?.time ?? time
      let end = at + 1
      while (signals[end]?.time === now) end++
      machine.take(now, signals.slice(at, end))
      at = end
    }
    if (node.feeds.length > 0 && time !== Number.POSITIVE_INFINITY) machine.advance(time)
  }
}

interface Saved {
  readonly time: number
  readonly machines: readonly (readonly [string, unknown])[]
}

/** Order of signals: by time, then by event id, then by rule. */
export function compareSignals(a: Signal, b: Signal): number {
  return a.time - b.time || compare(a.id, b.id) || compare(a.rule, b.rule)
}

function nodeFor(
  rule: CorrelationRule,
  feeds: readonly Node[],
  options: StateOptions,
  saved: Saved | undefined,
): Node {
  const { observable, found, most = MOST_REMEMBERED } = options
  const began = (detection: Detection): void => {
    const signal = signalOf(rule, detection)
    for (const fed of feeds) fed.waiting.push(signal)
  }
  const sink = { began, ended: found }
  const data = saved?.machines.find(([id]) => id === rule.meta.id)?.[1]
  return { machine: machineFor(rule, { sink, observable, most }, data), feeds, waiting: [] }
}

/** A detection as a signal for rules over its rule: at the time when it began, with the values of its group. */
export function signalOf(rule: CorrelationRule, detection: Detection): Signal {
  const values = groupNames(rule).map((name, place) => [name, valueAt(detection, place)] as const)
  return {
    rule: rule.meta.id,
    time: detection.time,
    id: detectionId(detection),
    values: Object.fromEntries(values) as SignalValues,
    evidence: -1,
  }
}

/** One text that names a detection of a run. */
function detectionId({ rule, variant, key, time }: Detection): string {
  return `${rule} ${variant} ${time} ${key}`
}

/** The names of the values of a rule's groups. */
export function groupNames(rule: CorrelationRule): readonly string[] {
  if (rule.type !== 'chain') return rule.groupBy
  return rule.entity.map(({ field }) => field)
}

function valueAt({ group }: Detection, place: number): readonly string[] {
  const value = group[place]
  return value === undefined ? [] : [value]
}

/** Rules after those that they are over. */
export function belowFirst(rules: readonly CorrelationRule[]): readonly CorrelationRule[] {
  const byId = new Map(rules.map(rule => [rule.meta.id, rule]))
  const done = new Set<CorrelationRule>()
  const visit = (rule: CorrelationRule): void => {
    if (done.has(rule)) return
    for (const id of rule.rules) {
      const below = byId.get(id)
      if (below !== undefined) visit(below)
    }
    done.add(rule)
  }
  rules.forEach(visit)
  return [...done]
}

function filed(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const own = new Set(nodes.map(({ machine }) => machine.rule.meta.id))
  const byBase = new Map<string, Node[]>()
  for (const node of nodes)
    for (const id of node.machine.rule.rules) {
      if (own.has(id)) continue
      const others = byBase.get(id)
      if (others === undefined) byBase.set(id, [node])
      else others.push(node)
    }
  return byBase
}
