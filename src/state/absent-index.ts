import type { ChainLink, ChainRule } from '../plan/state-rule.ts'
import type { ChainTables } from './chain-index.ts'
import { asked, baseTime, type ChainNode, handedOn, holds } from './chain-node.ts'
import type { Signal } from './signal.ts'

/** Chains that an absent step may refute, by the values that link it: every one that can still go on or be told of. */
export class AbsentIndex {
  private readonly ways: readonly (readonly ChainLink[])[]
  private readonly step: number
  private readonly within: number
  /** No step follows that has to come: the chain is told of when its time is over. */
  private readonly last: boolean
  private readonly tables: readonly Map<string, ChainNode[]>[]
  size = 0
  /** Looks into tables so far. */
  work = 0

  constructor({ steps }: Pick<ChainRule, 'steps'>, step: number) {
    const { links = [], within = 0 } = steps[step] ?? {}
    this.ways = links.length === 0 ? [[]] : links
    this.step = step
    this.within = within
    this.last = !steps.some(({ need }, place) => place > step && need === 'required')
    this.tables = this.ways.map(() => new Map())
  }

  /** Lets a chain stand here, to be called when it waits for all that may follow. */
  add(node: ChainNode): void {
    this.ways.forEach((way, place) => {
      const table = this.tables[place]
      for (const key of way.length === 0 ? [''] : handedOn(node, way)) {
        this.work++
        const old = table?.get(key) ?? []
        // What was put in last stands last: the oldest are dropped from the front.
        table?.delete(key)
        table?.set(key, old)
        if (isFull(old.length)) this.compact(old, node.signal.time)
        old.push(node)
        this.size++
      }
    })
  }

  /** Refutes every chain that an event is linked to in time, by any way, and that goes on without it. */
  refute(signal: Signal): void {
    for (const [place, way] of this.ways.entries())
      for (const key of way.length === 0 ? [''] : asked(signal, way)) {
        this.work++
        const nodes = this.tables[place]?.get(key)
        if (nodes === undefined) continue
        for (const node of nodes)
          if (signal.time - baseTime(node, way) <= this.within && !holds(node, signal))
            node.spoiled = Math.min(node.spoiled ?? this.step, this.step)
        // The others are refuted, or no later event refutes them either.
        this.retain(nodes, node => holds(node, signal))
      }
  }

  /** Forgets chains for which every event comes too late. */
  drop(time: number): void {
    for (const table of this.tables)
      for (const [key, nodes] of table) {
        if ((nodes.at(-1)?.signal.time ?? time) + this.within >= time) break
        table.delete(key)
        this.size -= nodes.length
      }
  }

  /** Forgets the chains that stand under one text for the longest time, and all that they could become; says how many. */
  evict(): number {
    const sizes = this.tables.map(({ size }) => size)
    const table = this.tables[sizes.indexOf(Math.max(...sizes))]
    for (const [key, nodes] of table ?? []) {
      table?.delete(key)
      for (const node of nodes) node.spoiled = 0
      this.size -= nodes.length
      return nodes.length
    }
    return 0
  }

  entries(): ChainTables {
    return this.tables.map(table => [...table].map(([key, nodes]) => [key, [...nodes]] as const))
  }

  restore(tables: ChainTables): void {
    tables.forEach((entries, place) => {
      for (const [key, nodes] of entries) {
        this.tables[place]?.set(key, [...nodes])
        this.size += nodes.length
      }
    })
  }

  /** Without chains that are over. */
  private compact(nodes: ChainNode[], time: number): void {
    this.retain(
      nodes,
      ({ spoiled = this.step + 1, superseded, kept, signal }) =>
        spoiled > this.step && signal.time + this.within >= time && (this.last || kept > 0 || !superseded),
    )
  }

  private retain(nodes: ChainNode[], stays: (node: ChainNode) => boolean): void {
    const before = nodes.length
    let length = 0
    for (const node of nodes) if (stays(node)) nodes[length++] = node
    nodes.length = length
    this.size -= before - length
  }
}

/** Lists are gone through when they have doubled. */
function isFull(length: number): boolean {
  return length >= 16 && (length & (length - 1)) === 0
}
