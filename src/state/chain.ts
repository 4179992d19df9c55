import { Heap } from '../core/heap.ts'
import { compare } from '../core/order.ts'
import type { ChainRule } from '../plan/state-rule.ts'
import { AbsentIndex } from './absent-index.ts'
import { ChainEnds } from './chain-ends.ts'
import { ChainIndex } from './chain-index.ts'
import {
  baseTime,
  type ChainNode,
  chainNode,
  type Deadline,
  differFacts,
  entityOf,
  identityOf,
  linkFacts,
  nodesOf,
  stepFacts,
} from './chain-node.ts'
import type { Instant } from './chain-rivals.ts'
import { NO_MEMORY, packChain, type SavedChain, unpackChain } from './chain-save.ts'
import { keyOf } from './group-key.ts'
import { SharedEvents } from './shared-events.ts'
import type { Detection, Machine, MachineOptions, MissingStep, Signal } from './signal.ts'

/**
 * Steps that follow each other, each linked by values of its own. An event joins the latest chain that its links
 * fit and whose gap it keeps; within one second every order of steps counts, but what must be absent counts as
 * having come. Chains with the same values in all links are one: the latest stands for them.
 */
export class ChainMachine implements Machine {
  readonly rule: ChainRule
  evicted = 0
  private readonly options: MachineOptions
  /** By step: chains that wait for it, or that it refutes. */
  private readonly waiting: readonly (ChainIndex | AbsentIndex)[]
  private readonly sharing: SharedEvents
  /** Of the chains that end with one event, and wait for what must be absent, one is told of. */
  private readonly ends: ChainEnds
  private readonly deadlines: Heap<Deadline>
  private compactAt = 4096

  constructor(rule: ChainRule, options: MachineOptions, saved?: unknown) {
    this.rule = rule
    this.options = options
    this.waiting = rule.steps.map(({ need }, step) =>
      need === 'absent' ? new AbsentIndex(rule, step) : new ChainIndex(rule, step),
    )
    this.sharing = new SharedEvents(rule)
    this.deadlines = new Heap(compareDeadlines)
    const { indexes, deadlines, ends, evicted } =
      saved === undefined ? NO_MEMORY : unpackChain(saved as SavedChain)
    this.ends = new ChainEnds(rule, ends)
    for (const [step, tables] of indexes.entries()) this.waiting[step]?.restore(tables)
    for (const deadline of deadlines) this.deadlines.push(deadline)
    this.evicted = evicted
  }

  get size(): number {
    return this.waiting.reduce((sum, { size }) => sum + size, 0)
  }

  /** Looks into tables so far: they grow with the signals and their values, not with the chains that wait. */
  get work(): number {
    return this.waiting.reduce((sum, { work }) => sum + work, 0)
  }

  take(time: number, signals: readonly Signal[]): void {
    this.due(time)
    const now = { time, shared: this.sharing.of(signals) }
    this.rule.steps.forEach((step, number) => {
      this.waiting[number]?.drop(time)
      for (const signal of signals) if (step.rules.includes(signal.rule)) this.step(number, signal, now)
    })
    this.bound()
  }

  advance(time: number): void {
    this.due(time)
  }

  finish(end: number): void {
    this.due(end)
    for (let deadline = this.deadlines.pop(); deadline !== undefined; deadline = this.deadlines.pop())
      this.tell(deadline, true)
  }

  snapshot(): unknown {
    const indexes = this.waiting.map(index => index.entries())
    const { ends, evicted } = this
    return packChain({ indexes, deadlines: this.deadlines.items, ends: ends.entries(), evicted })
  }

  private step(number: number, signal: Signal, now: Instant): void {
    const index = this.waiting[number]
    if (index instanceof AbsentIndex) index.refute(signal)
    if (!(index instanceof ChainIndex)) return
    const found = index.find(signal, now)
    for (const { node: parent, way } of found) {
      parent.extended = true
      const differing = differFacts(parent, signal, this.rule.steps[number]?.differs ?? [])
      this.reach(chainNode(number, signal, parent, [...linkFacts(parent, signal, way), ...differing]), now)
    }
    if (found.length === 0 && this.mayBegin(number)) this.reach(chainNode(number, signal), now)
  }

  /** A chain begins with its first step, or with a later one if all before it are optional. */
  private mayBegin(step: number): boolean {
    return this.rule.steps.slice(0, step).every(({ need }) => need === 'optional')
  }

  private reach(node: ChainNode, now: Instant): void {
    const { steps } = this.rule
    let next = node.step + 1
    for (; next < steps.length; next++) {
      this.waiting[next]?.add(node, now)
      if (steps[next]?.need === 'required') break
    }
    const absent = steps.findIndex(({ need }, step) => step > node.step && need === 'absent')
    if (next < steps.length) {
      const { incomplete } = this.rule
      if (incomplete !== undefined && node.step >= incomplete.from) this.await(node, next)
    } else if (absent >= 0) this.await(node, this.lastAbsent(node))
    else this.found(node, node.signal.time)
  }

  /** Of the absent steps at the end the one whose time is over last. */
  private lastAbsent(node: ChainNode): number {
    const { steps } = this.rule
    const absent = steps.flatMap(({ need }, step) => (need === 'absent' && step > node.step ? [step] : []))
    return absent.reduce((a, b) => (this.deadlineOf(node, b) > this.deadlineOf(node, a) ? b : a))
  }

  private await(node: ChainNode, step: number): void {
    this.deadlines.push({ time: this.deadlineOf(node, step), node, step })
    if (this.deadlines.items.length > this.compactAt) this.compact()
  }

  /** The last time at which a step may follow. */
  private deadlineOf(node: ChainNode, step: number): number {
    const { links, within } = this.rule.steps[step] ?? { links: [], within: 0 }
    const bases = links.length === 0 ? [node.signal.time] : links.map(way => baseTime(node, way))
    return Math.max(...bases) + within
  }

  /** Tells of chains whose time was over before this one. */
  private due(time: number): void {
    for (let next = this.deadlines.smallest; next !== undefined && next.time < time; ) {
      this.deadlines.pop()
      this.tell(next, false)
      next = this.deadlines.smallest
    }
  }

  private tell({ node, step, time }: Deadline, atEnd: boolean): void {
    if (node.spoiled !== undefined || node.extended || node.superseded) return
    const absent = this.rule.steps[step]?.need === 'absent'
    if (absent && !atEnd) {
      node.extended = true
      if (this.ends.isNew(`${identityOf(node.signal)} ${keyOf(entityOf(this.rule, node))}`, time))
        this.found(node, time)
      return
    }
    if (this.rule.incomplete === undefined || node.step < this.rule.incomplete.from) return
    this.found(node, time, { step, why: this.whyMissing(step, atEnd) })
  }

  private whyMissing(step: number, atEnd: boolean): MissingStep['why'] {
    const rules = this.rule.steps[step]?.rules ?? []
    if (!rules.some(rule => this.options.observable(rule))) return 'not-observable'
    return atEnd ? 'logs-end' : 'not-observed'
  }

  private found(node: ChainNode, time: number, missing?: MissingStep): void {
    const group = entityOf(this.rule, node)
    const nodes = nodesOf(node)
    const detection: Detection = {
      rule: this.rule.meta.id,
      variant: missing === undefined ? 'complete' : 'incomplete',
      key: keyOf(group),
      group,
      time,
      from: nodes[0]?.signal.time ?? time,
      to: node.signal.time,
      facts: { kind: 'chain', steps: stepFacts(node), ...(missing === undefined ? {} : { missing }) },
      signals: nodes.map(({ signal }) => signal),
    }
    if (missing === undefined) this.options.sink.began(detection)
    this.options.sink.ended(detection)
  }

  /** Keeps no more chains than agreed: the one that waits for the longest time goes. */
  private bound(): void {
    for (const index of this.waiting) if (index instanceof ChainIndex) this.evicted += index.takeDropped()
    while (this.size > this.options.most) {
      const largest = this.waiting.reduce((a, b) => (a.size >= b.size ? a : b))
      this.evicted += largest.evict()
    }
  }

  /** Forgets deadlines of chains that went on or were replaced. */
  private compact(): void {
    const live = this.deadlines.items.filter(
      ({ node }) => !node.extended && node.spoiled === undefined && !node.superseded,
    )
    this.deadlines.items.length = 0
    for (const deadline of live) this.deadlines.push(deadline)
    this.compactAt = Math.max(4096, live.length * 2)
  }
}

/** Of chains with the same end the later one goes first. */
function compareDeadlines(a: Deadline, b: Deadline): number {
  return (
    a.time - b.time ||
    a.node.signal.time - b.node.signal.time ||
    compare(a.node.signal.id, b.node.signal.id) ||
    (b.node.parent?.signal.time ?? 0) - (a.node.parent?.signal.time ?? 0) ||
    compare(b.node.parent?.signal.id ?? '', a.node.parent?.signal.id ?? '')
  )
}
