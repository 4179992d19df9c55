import type { ChainTables } from './chain-index.ts'
import type { ChainNode, Deadline } from './chain-node.ts'

/** What a chain rule remembers, with chains that share their beginnings. */
export interface ChainMemory {
  readonly indexes: readonly ChainTables[]
  readonly deadlines: readonly Deadline[]
  readonly ends: readonly (readonly [string, number])[]
  readonly evicted: number
}

export const NO_MEMORY: ChainMemory = { indexes: [], deadlines: [], ends: [], evicted: 0 }

/** The same with a table of nodes and their numbers, so that it can be written down in any form. */
export interface SavedChain {
  readonly nodes: readonly (Omit<ChainNode, 'parent'> & { readonly parent: number })[]
  readonly indexes: readonly ChainTables<number>[]
  readonly deadlines: readonly { readonly time: number; readonly node: number; readonly step: number }[]
  readonly ends: ChainMemory['ends']
  readonly evicted: number
}

const NONE = -1

export function packChain({ indexes, deadlines, ends, evicted }: ChainMemory): SavedChain {
  const numbers = new Map<ChainNode, number>()
  const nodes: (Omit<ChainNode, 'parent'> & { readonly parent: number })[] = []
  const numberOf = (node: ChainNode | undefined): number => {
    if (node === undefined) return NONE
    const known = numbers.get(node)
    if (known !== undefined) return known
    const parent = numberOf(node.parent)
    numbers.set(node, nodes.length)
    return nodes.push({ ...node, parent }) - 1
  }
  const saved = indexes.map(tables =>
    tables.map(entries => entries.map(([key, list]) => [key, list.map(numberOf)] as const)),
  )
  const waiting = deadlines.map(({ time, node, step }) => ({ time, node: numberOf(node), step }))
  return { nodes, indexes: saved, deadlines: waiting, ends, evicted }
}

export function unpackChain({ nodes: saved, indexes, deadlines, ends, evicted }: SavedChain): ChainMemory {
  const nodes: ChainNode[] = []
  // A node stands after its parent.
  for (const node of saved) nodes.push({ ...node, parent: nodes[node.parent] })
  const nodeOf = (number: number): ChainNode => {
    const node = nodes[number]
    if (node === undefined) throw new Error(`bug: no chain ${number}`)
    return node
  }
  return {
    indexes: indexes.map(tables =>
      tables.map(entries => entries.map(([key, list]) => [key, list.map(nodeOf)] as const)),
    ),
    deadlines: deadlines.map(({ time, node, step }) => ({ time, node: nodeOf(node), step })),
    ends,
    evicted,
  }
}
