import type { ChainLink, ChainStep } from '../plan/state-rule.ts'
import { asked, baseTime, type ChainNode, handedApart, handedOn, holds, isApart } from './chain-node.ts'
import type { Signal } from './signal.ts'

/** The latest chain under a text, and the one before it for an event that is in the latest itself. */
interface Entry {
  readonly node: ChainNode
  readonly before: ChainNode | undefined
}

/** A chain that an event is linked to, and how. */
export interface Found {
  readonly node: ChainNode
  readonly way: readonly ChainLink[]
}

/**
 * Chains that wait for one step, by the values that link it: of equal ones only the latest, for a later one has
 * the shorter gap. So each event costs as many steps as it has values, however many chains wait.
 */
export class ChainIndex {
  private readonly ways: readonly (readonly ChainLink[])[]
  private readonly tables: readonly Map<string, Entry>[]
  private readonly differs: readonly ChainLink[]
  /** Of chains with the same linking values, where others have to differ: where those with each of these stand. */
  private readonly apart: readonly Map<string, Set<string>>[]
  private dropped = 0
  private readonly within: number
  /** Whether a chain that is replaced here is over. */
  private readonly deciding: boolean
  /** Looks into tables so far. */
  work = 0

  constructor({
    links,
    differs = [],
    within,
    need,
  }: Pick<ChainStep, 'links' | 'differs' | 'within' | 'need'>) {
    this.ways = links.length === 0 ? [[]] : links
    this.differs = differs
    this.apart = this.ways.map(() => new Map())
    this.tables = this.ways.map(() => new Map())
    this.within = within
    this.deciding = need === 'required'
  }

  get size(): number {
    return this.tables.reduce((sum, { size }) => sum + size, 0)
  }

  /** Lets a chain wait here. */
  add(node: ChainNode): void {
    this.ways.forEach((way, place) => {
      const unlike = handedApart(node, this.differs)
      if (unlike === undefined) return
      for (const key of way.length === 0 ? [''] : handedOn(node, way))
        this.put(place, this.differs.length === 0 ? key : this.placeApart(place, key, unlike), node)
    })
  }

  /** The latest chain that an event is linked to in time, by the best way; an event is one step of a chain only. */
  find(signal: Signal): Found | undefined {
    for (let place = 0; place < this.ways.length; place++) {
      const way = this.ways[place] ?? []
      let best: ChainNode | undefined
      for (const node of this.candidates(place, signal))
        if (this.inTime(node, way, signal.time) && (best === undefined || isLater(node, best))) best = node
      if (best !== undefined) return { node: best, way }
    }
    return undefined
  }

  /** Every chain that an event is linked to in time, by any way. */
  *all(signal: Signal): Generator<ChainNode> {
    for (let place = 0; place < this.ways.length; place++)
      for (const node of this.candidates(place, signal))
        if (this.inTime(node, this.ways[place] ?? [], signal.time)) yield node
  }

  /** Forgets chains for which every event comes too late. */
  drop(time: number): void {
    for (const [place, table] of this.tables.entries())
      for (const [key, { node }] of table) {
        if (node.signal.time + this.within >= time) break
        this.delete(place, key)
      }
  }

  /** Forgets the chain that waits for the longest time. */
  evict(): boolean {
    const sizes = this.tables.map(({ size }) => size)
    const place = sizes.indexOf(Math.max(...sizes))
    for (const key of this.tables[place]?.keys() ?? []) return this.delete(place, key)
    return false
  }

  /** Chains forgotten since the last time because too many stood apart from each other under the same values. */
  takeDropped(): number {
    const { dropped } = this
    this.dropped = 0
    return dropped
  }

  entries(): readonly (readonly (readonly [string, ChainNode, ChainNode | undefined])[])[] {
    return this.tables.map(table => [...table].map(([key, { node, before }]) => [key, node, before]))
  }

  restore(tables: readonly (readonly (readonly [string, ChainNode, ChainNode | undefined])[])[]): void {
    tables.forEach((entries, place) => {
      for (const [key, node, before] of entries) {
        if (this.differs.length > 0) this.keep(place, key)
        this.tables[place]?.set(key, { node, before })
      }
    })
  }

  private put(place: number, key: string, node: ChainNode): void {
    this.work++
    const table = this.tables[place]
    const old = table?.get(key)
    const differs = old !== undefined && old.node.signal.id !== node.signal.id
    // What was put in last stands last: the oldest are dropped from the front.
    table?.delete(key)
    table?.set(key, { node, before: differs ? old.node : old?.before })
    if (!this.deciding) return
    node.filed++
    if (old === undefined || old.node === node) return
    old.node.filed--
    if (old.node.filed === 0) old.node.superseded = true
  }

  private *candidates(place: number, signal: Signal): Generator<ChainNode> {
    const way = this.ways[place] ?? []
    for (const asks of way.length === 0 ? [''] : asked(signal, way))
      for (const key of this.differs.length === 0 ? [asks] : [...(this.apart[place]?.get(asks) ?? [])]) {
        this.work++
        const entry = this.tables[place]?.get(key)
        if (entry === undefined || !isApart(entry.node, signal, this.differs)) continue
        if (!holds(entry.node, signal)) yield entry.node
        else if (entry.before !== undefined && !holds(entry.before, signal)) yield entry.before
      }
  }

  /** Where a chain stands whose linking values are `key`, and the others `unlike`. */
  private placeApart(place: number, key: string, unlike: string): string {
    const whole = `${key.length}:${key}${unlike}`
    this.keep(place, whole)
    const all = this.apart[place]?.get(key)
    const [oldest] = all ?? []
    if (all !== undefined && all.size > MOST_APART && oldest !== undefined) {
      this.delete(place, oldest)
      this.dropped++
    }
    return whole
  }

  /** What was put in last stands last. */
  private keep(place: number, whole: string): void {
    const key = linkOf(whole)
    const all = this.apart[place]?.get(key) ?? new Set()
    all.delete(whole)
    all.add(whole)
    this.apart[place]?.set(key, all)
  }

  private delete(place: number, key: string): boolean {
    if (this.differs.length > 0) {
      const link = linkOf(key)
      const all = this.apart[place]?.get(link)
      all?.delete(key)
      if (all?.size === 0) this.apart[place]?.delete(link)
    }
    return this.tables[place]?.delete(key) === true
  }

  private inTime(node: ChainNode, way: readonly ChainLink[], time: number): boolean {
    return time - baseTime(node, way) <= this.within
  }
}

/** Of chains that differ from each other in nothing but what a later event has to differ from, so many are kept. */
const MOST_APART = 16

/** The linking values in the key of a chain that stands apart. */
function linkOf(whole: string): string {
  const at = whole.indexOf(':')
  return whole.slice(at + 1, at + 1 + Number(whole.slice(0, at)))
}

function isLater(a: ChainNode, b: ChainNode): boolean {
  if (a.signal.time !== b.signal.time) return a.signal.time > b.signal.time
  return a.step !== b.step ? a.step > b.step : a.signal.id > b.signal.id
}
