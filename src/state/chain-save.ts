import type { ChainNode, Deadline } from './chain-node.ts'

type Tables<Node> = readonly (readonly (readonly [string, Node, Node | undefined])[])[]

/** What a chain rule remembers, with chains that share their beginnings. */
export interface ChainMemory {
  readonly indexes: readonly Tables<ChainNode>[]
  readonly deadlines: readonly Deadline[]
  readonly evicted: number
}

/** The same with a table of nodes and their numbers, so that it can be written down in any form. */
export interface SavedChain {
  readonly nodes: readonly (Omit<ChainNode, 'parent'> & { readonly parent: number })[]
  readonly indexes: readonly Tables<number>[]
  readonly deadlines: readonly { readonly time: number; readonly node: number; readonly step: number }[]
  readonly evicted: number
}

const NONE = -1

export function packChain({ indexes, deadlines, evicted }: ChainMemory): SavedChain {
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
    tables.map(entries =>
      entries.map(([key, node, before]) => [key, numberOf(node), numberOf(before)] as const),
    ),
  )
  const waiting = deadlines.map(({ time, node, step }) => ({ time, node: numberOf(node), step }))
  return { nodes, indexes: saved, deadlines: waiting, evicted }
}

export function unpackChain({ nodes: saved, indexes, deadlines, evicted }: SavedChain): ChainMemory {
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
      tables.map(entries =>
        entries.map(
          ([key, node, before]) =>
            [key, nodeOf(node), before === undefined ? undefined : nodes[before]] as const,
        ),
      ),
    ),
    deadlines: deadlines.map(({ time, node, step }) => ({ time, node: nodeOf(node), step })),
    evicted,
  }
}
