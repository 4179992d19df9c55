import type { ChainNode } from './chain-node.ts'

/** So many chains one event goes on with at most. */
const MOST_FOUND = 16

/** The latest of some chains, in order; not those that others among them begin with. */
export function latestOf(found: ReadonlySet<ChainNode>): readonly ChainNode[] {
  if (found.size === 1) return [...found]
  const begun = new Set<ChainNode>()
  for (const { parent } of found) for (let at = parent; at !== undefined; at = at.parent) begun.add(at)
  return [...found]
    .filter(node => !begun.has(node))
    .sort((a, b) => (isLater(a, b) ? 1 : isLater(b, a) ? -1 : 0))
    .slice(-MOST_FOUND)
}

/** Is a chain the later of two: by its last event, then by its step, then by the event's id? */
export function isLater(a: ChainNode, b: ChainNode): boolean {
  if (a.signal.time !== b.signal.time) return a.signal.time > b.signal.time
  return a.step !== b.step ? a.step > b.step : a.signal.id > b.signal.id
}
