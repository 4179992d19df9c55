import type { ChainLink, ChainRule, ChainStep, StepField } from '../plan/state-rule.ts'
import {
  asked,
  baseTime,
  type ChainNode,
  handedApart,
  handedLater,
  handedOn,
  holds,
  isApart,
} from './chain-node.ts'
import { isLater, latestOf } from './chain-order.ts'
import { laterFields } from './later-fields.ts'
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
 * the shorter gap. Chains stand apart that differ in what a later step is linked to, or an event has to differ from.
 * So each event costs as many steps as it has values, however many chains wait.
 */
export class ChainIndex {
  private readonly ways: readonly (readonly ChainLink[])[]
  private readonly tables: readonly Map<string, Entry>[]
  private readonly differs: readonly ChainLink[]
  /** Fields of earlier steps that only later steps are linked to. */
  private readonly later: readonly StepField[]
  /** Of chains with the same linking values, where others tell them apart: where those with each of these stand. */
  private readonly apart: readonly Map<string, Set<string>>[]
  private dropped = 0
  private readonly within: number
  /** Whether a chain that is replaced here is over. */
  private readonly deciding: boolean
  /** Looks into tables so far. */
  work = 0

  constructor({ steps }: Pick<ChainRule, 'steps'>, step: number) {
    const { links, differs = [], within, need } = steps[step] ?? NO_STEP
    this.ways = links.length === 0 ? [[]] : links
    this.differs = differs
    this.later = laterFields(steps, step)
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
    const unlike = handedApart(node, this.differs)
    if (unlike === undefined) return
    const apart = unlike + this.laterText(node)
    let outdated = false
    this.ways.forEach((way, place) => {
      for (const key of way.length === 0 ? [''] : handedOn(node, way)) {
        const stands = this.put(place, this.tellsApart ? this.placeApart(place, key, apart) : key, node)
        outdated ||= !stands
      }
    })
    if (outdated && this.deciding && node.filed === 0) node.superseded = true
  }

  /**
   * The latest chains that an event is linked to in time, by the best way, the latest of them last: one for each value that
   * links it and for each that a later step is linked to. An event is one step of a chain only.
   */
  find(signal: Signal): readonly Found[] {
    for (let place = 0; place < this.ways.length; place++) {
      const way = this.ways[place] ?? []
      const found = new Set<ChainNode>()
      for (const asks of this.asksOf(place, signal)) {
        const best = new Map<string, ChainNode>()
        for (const node of this.candidates(place, asks, signal)) {
          if (!this.inTime(node, way, signal.time)) continue
          const text = this.laterText(node)
          const other = best.get(text)
          if (other === undefined || isLater(node, other)) best.set(text, node)
        }
        for (const node of best.values()) found.add(node)
      }
      if (found.size > 0) return latestOf(found).map(node => ({ node, way }))
    }
    return []
  }

  /** Every chain that an event is linked to in time, by any way. */
  *all(signal: Signal): Generator<ChainNode> {
    for (let place = 0; place < this.ways.length; place++)
      for (const asks of this.asksOf(place, signal))
        for (const node of this.candidates(place, asks, signal))
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
        if (this.tellsApart) this.keep(place, key)
        this.tables[place]?.set(key, { node, before })
      }
    })
  }

  /** Whether the chain stands there now: one with the later base goes before it. */
  private put(place: number, key: string, node: ChainNode): boolean {
    this.work++
    const table = this.tables[place]
    const old = table?.get(key)
    const way = this.ways[place] ?? []
    if (old !== undefined && baseTime(old.node, way) > baseTime(node, way)) return false
    const differs = old !== undefined && old.node.signal.id !== node.signal.id
    // What was put in last stands last: the oldest are dropped from the front.
    table?.delete(key)
    table?.set(key, { node, before: differs ? old.node : old?.before })
    if (!this.deciding) return true
    node.filed++
    if (old === undefined || old.node === node) return true
    old.node.filed--
    if (old.node.filed === 0) old.node.superseded = true
    return true
  }

  /** The texts under which an event looks for chains. */
  private asksOf(place: number, signal: Signal): readonly string[] {
    const way = this.ways[place] ?? []
    return way.length === 0 ? [''] : asked(signal, way)
  }

  private *candidates(place: number, asks: string, signal: Signal): Generator<ChainNode> {
    for (const key of this.tellsApart ? [...(this.apart[place]?.get(asks) ?? [])] : [asks]) {
      this.work++
      const entry = this.tables[place]?.get(key)
      if (entry === undefined || !isApart(entry.node, signal, this.differs)) continue
      if (!holds(entry.node, signal)) yield entry.node
      else if (entry.before !== undefined && !holds(entry.before, signal)) yield entry.before
    }
  }

  /** Whether chains with the same linking values may stand beside each other. */
  private get tellsApart(): boolean {
    return this.differs.length > 0 || this.later.length > 0
  }

  private laterText(node: ChainNode): string {
    return this.later.length === 0 ? '' : handedLater(node, this.later)
  }

  /** Where a chain stands whose linking values are `key`, and the others `apart`. */
  private placeApart(place: number, key: string, apart: string): string {
    const whole = `${key.length}:${key}${apart}`
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
    if (this.tellsApart) {
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

/** Of chains with the same linking values so many are kept beside each other. */
const MOST_APART = 16
const NO_STEP: Pick<ChainStep, 'links' | 'differs' | 'within' | 'need'> = {
  links: [],
  within: 0,
  need: 'required',
}

/** The linking values in the key of a chain that stands apart. */
function linkOf(whole: string): string {
  const at = whole.indexOf(':')
  return whole.slice(at + 1, at + 1 + Number(whole.slice(0, at)))
}
