import type { ChainLink, ChainRule, ChainStep } from '../plan/state-rule.ts'
import { asked, baseTime, type ChainNode, handedOn, holds, isApart } from './chain-node.ts'
import { isLater, latestOf } from './chain-order.ts'
import { ChainRivals, type Instant, isTied } from './chain-rivals.ts'
import type { Signal } from './signal.ts'

/** A chain that an event is linked to, and how. */
export interface Found {
  readonly node: ChainNode
  readonly way: readonly ChainLink[]
}

/** Chains under the values that link them, as plain data. */
export type ChainTables<Node = ChainNode> = readonly (readonly (readonly [string, readonly Node[]])[])[]

/**
 * Chains that wait for one step, by the values that link it, the latest first: a later one has the shorter gap, and stands
 * for those whose every end it could go on to. So each event costs as many steps as it has values, however many chains wait.
 */
export class ChainIndex {
  private readonly ways: readonly (readonly ChainLink[])[]
  private readonly tables: readonly Map<string, readonly ChainNode[]>[]
  private readonly differs: readonly ChainLink[]
  private readonly rivals: ChainRivals
  private readonly step: number
  private readonly within: number
  /** Whether a chain that is replaced here is over. */
  private readonly deciding: boolean
  /** Whether only the end of a chain matters from here on. */
  private readonly last: boolean
  private dropped = 0
  size = 0
  /** Looks into tables so far. */
  work = 0

  constructor({ steps }: Pick<ChainRule, 'steps'>, step: number) {
    const { links, differs = [], within, need } = steps[step] ?? NO_STEP
    this.ways = links.length === 0 ? [[]] : links
    this.differs = differs
    this.rivals = new ChainRivals({ steps }, step)
    this.tables = this.ways.map(() => new Map())
    this.step = step
    this.within = within
    this.deciding = need === 'required'
    this.last = step === steps.length - 1
  }

  /** Lets a chain wait here. */
  add(node: ChainNode, now: Instant): void {
    let outdated = false
    this.ways.forEach((way, place) => {
      for (const key of way.length === 0 ? [''] : handedOn(node, way)) {
        const stands = this.put(place, key, node, now)
        outdated ||= !stands
      }
    })
    if (outdated && this.deciding && node.filed === 0) node.superseded = true
  }

  /**
   * The chains that an event is linked to in time, by the best way, the latest of them last: for each value that links it
   * and for each that a later step is linked to the latest, and those for which it does not stand. An event is one step of a chain
   * only.
   */
  find(signal: Signal, now: Instant): readonly Found[] {
    for (let place = 0; place < this.ways.length; place++) {
      const way = this.ways[place] ?? []
      const found = new Set<ChainNode>()
      for (const asks of this.asksOf(place, signal)) {
        const fit = this.fitting(place, asks, signal)
        for (const node of fit.length > 1 ? this.chosen(fit, now) : fit) found.add(node)
      }
      if (found.size > 0) return latestOf(found).map(node => ({ node, way }))
    }
    return []
  }

  /** Forgets chains for which every event comes too late. */
  drop(time: number): void {
    for (const [place, table] of this.tables.entries())
      for (const [key, nodes] of table) {
        if (nodes.some(({ signal }) => signal.time + this.within >= time)) break
        this.delete(place, key)
      }
  }

  /** Forgets the chains that wait for the longest time under one text; says how many. */
  evict(): number {
    const sizes = this.tables.map(({ size }) => size)
    const place = sizes.indexOf(Math.max(...sizes))
    for (const key of this.tables[place]?.keys() ?? []) return this.delete(place, key)
    return 0
  }

  /** Chains forgotten since the last time because too many stood beside each other under the same values. */
  takeDropped(): number {
    const { dropped } = this
    this.dropped = 0
    return dropped
  }

  entries(): ChainTables {
    return this.tables.map(table => [...table])
  }

  restore(tables: ChainTables): void {
    tables.forEach((entries, place) => {
      for (const [key, nodes] of entries) {
        this.tables[place]?.set(key, nodes)
        this.size += nodes.length
      }
    })
  }

  /** Whether the chain stands there now before all that are alike: one with the later base goes before it. */
  private put(place: number, key: string, node: ChainNode, now: Instant): boolean {
    this.work++
    const table = this.tables[place]
    const old = table?.get(key)
    if (old === undefined) {
      table?.set(key, [node])
      this.size++
      if (this.deciding) node.filed++
      node.kept++
      return true
    }
    if (old.includes(node)) return true
    const way = this.ways[place] ?? []
    const base = baseTime(node, way)
    const rival = old.find(other => this.rivals.alike(node, other))
    const stands = rival === undefined || baseTime(rival, way) <= base
    const kept = this.withNode(old, node, way, now)
    // What was put in last stands last: the oldest are dropped from the front.
    table?.delete(key)
    table?.set(key, kept)
    this.size += kept.length - old.length
    for (const one of old) if (!kept.includes(one)) one.kept--
    if (kept.includes(node)) node.kept++
    if (this.deciding && stands) {
      node.filed++
      if (rival !== undefined && --rival.filed === 0) rival.superseded = true
    }
    return stands
  }

  /** The chains with one more, without those that others stand for now, and without those that are refuted. */
  private withNode(
    old: readonly ChainNode[],
    node: ChainNode,
    way: readonly ChainLink[],
    now: Instant,
  ): readonly ChainNode[] {
    const base = baseTime(node, way)
    const kept: ChainNode[] = []
    let wanted = true
    for (const other of old) {
      if (this.isRefuted(other)) continue
      const isLater = baseTime(other, way) > base
      if (isLater) wanted &&= !this.rivals.standsFor(other, node, now)
      else if (wanted && !kept.includes(node)) kept.push(node)
      const before = kept.at(-1)
      const stoodFor =
        (!isLater && this.rivals.standsFor(node, other, now)) ||
        (before !== undefined && before !== node && this.rivals.standsFor(before, other, now))
      if (!stoodFor) kept.push(other)
    }
    if (wanted && !kept.includes(node)) kept.push(node)
    while (kept.length > MOST_BESIDE) this.cut(kept)
    return kept
  }

  /** Lets the oldest go, or the one before it if that could go on where a later one could not. */
  private cut(kept: ChainNode[]): void {
    const last = kept.pop()
    const before = kept.at(-1)
    if (last === undefined || before === undefined) return
    if (this.rivals.alike(before, last)) kept[kept.length - 1] = last
    else this.dropped++
  }

  /** The chains under a text that an event may go on with. */
  private fitting(place: number, asks: string, signal: Signal): readonly ChainNode[] {
    this.work++
    const way = this.ways[place] ?? []
    const nodes = this.tables[place]?.get(asks) ?? NONE
    const fits = (node: ChainNode): boolean =>
      !this.isRefuted(node) &&
      signal.time - baseTime(node, way) <= this.within &&
      isApart(node, signal, this.differs) &&
      !holds(node, signal)
    const [only] = nodes
    if (nodes.length === 1 && only !== undefined) return fits(only) ? nodes : NONE
    return nodes.filter(fits)
  }

  /** Of chains that later steps see alike the latest; with it the others, where one may go on that it does not stand for. */
  private chosen(fit: readonly ChainNode[], now: Instant): Iterable<ChainNode> {
    if (this.last) return [fit.reduce((one, other) => (isLater(other, one) ? other : one))]
    const best = new Map<string, ChainNode>()
    for (const node of fit) {
      const text = this.rivals.laterText(node)
      const other = best.get(text)
      if (other === undefined || isLater(node, other)) best.set(text, node)
    }
    if (this.rivals.exposed) return fit
    const tied = now.shared.size > 0 && fit.some(node => isTied(node, now))
    // The oldest has taken the fewest events of this second.
    return tied ? new Set([...best.values(), ...fit.slice(0, MOST_TIED), ...fit.slice(-1)]) : best.values()
  }

  private isRefuted({ spoiled }: ChainNode): boolean {
    return spoiled !== undefined && spoiled < this.step
  }

  /** The texts under which an event looks for chains. */
  private asksOf(place: number, signal: Signal): readonly string[] {
    const way = this.ways[place] ?? []
    return way.length === 0 ? [''] : asked(signal, way)
  }

  private delete(place: number, key: string): number {
    const nodes = this.tables[place]?.get(key) ?? NONE
    this.tables[place]?.delete(key)
    for (const node of nodes) node.kept--
    this.size -= nodes.length
    return nodes.length
  }
}

const NONE: readonly ChainNode[] = []
/** Of chains with the same linking values so many are kept beside each other. */
const MOST_BESIDE = 16
/** An event goes on with so many chains of the second in which it came. */
const MOST_TIED = 4
const NO_STEP: Pick<ChainStep, 'links' | 'differs' | 'within' | 'need'> = {
  links: [],
  within: 0,
  need: 'required',
}
