import type { ChainLink } from '../plan/state-rule.ts'
import { asked, baseTime, type ChainNode, handedOn, holds } from './chain-node.ts'
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
  private readonly within: number
  /** Whether a chain that is replaced here is over. */
  private readonly deciding: boolean
  /** Looks into tables so far. */
  work = 0

  constructor(ways: readonly (readonly ChainLink[])[], within: number, deciding: boolean) {
    this.ways = ways.length === 0 ? [[]] : ways
    this.tables = this.ways.map(() => new Map())
    this.within = within
    this.deciding = deciding
  }

  get size(): number {
    return this.tables.reduce((sum, { size }) => sum + size, 0)
  }

  /** Lets a chain wait here. */
  add(node: ChainNode): void {
    this.ways.forEach((way, place) => {
      const keys = way.length === 0 ? [''] : handedOn(node, way)
      for (const key of keys) this.put(place, key, node)
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
    for (const table of this.tables)
      for (const [key, { node }] of table) {
        if (node.signal.time + this.within >= time) break
        table.delete(key)
      }
  }

  /** Forgets the chain that waits for the longest time. */
  evict(): boolean {
    const table = this.tables.reduce((a, b) => (a.size >= b.size ? a : b))
    for (const key of table.keys()) return table.delete(key)
    return false
  }

  entries(): readonly (readonly (readonly [string, ChainNode, ChainNode | undefined])[])[] {
    return this.tables.map(table => [...table].map(([key, { node, before }]) => [key, node, before]))
  }

  restore(tables: readonly (readonly (readonly [string, ChainNode, ChainNode | undefined])[])[]): void {
    tables.forEach((entries, place) => {
      for (const [key, node, before] of entries) this.tables[place]?.set(key, { node, before })
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
    for (const key of way.length === 0 ? [''] : asked(signal, way)) {
      this.work++
      const entry = this.tables[place]?.get(key)
      if (entry === undefined) continue
      if (!holds(entry.node, signal)) yield entry.node
      else if (entry.before !== undefined && !holds(entry.before, signal)) yield entry.before
    }
  }

  private inTime(node: ChainNode, way: readonly ChainLink[], time: number): boolean {
    return time - baseTime(node, way) <= this.within
  }
}

function isLater(a: ChainNode, b: ChainNode): boolean {
  if (a.signal.time !== b.signal.time) return a.signal.time > b.signal.time
  return a.step !== b.step ? a.step > b.step : a.signal.id > b.signal.id
}
