import type { Problems } from '../../core/diagnostic.ts'
import { get, type Tree, type TreeEntry, type TreeMap, textOf } from './tree.ts'

/** A document as it was read; without a root where its YAML is broken. */
export interface ReadDocument {
  readonly root?: Tree
  readonly text: string
  readonly problems: Problems
  /** Number of the document in the file, and its first line. */
  readonly document: number
  readonly line: number
}

/**
 * Sigma 1's `action`: a `global` document lends its keys to all that follow until a `reset`, a `repeat` is the
 * rule before with some keys changed. Gives the rules that are meant, without `action`.
 */
export function applyActions(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  let shared: TreeMap | undefined
  let before: TreeMap | undefined
  const rules: ReadDocument[] = []
  for (const read of documents) {
    const { root } = read
    if (root?.kind !== 'map') {
      rules.push(read)
      continue
    }
    const action = get(root, 'action')
    const own = withoutAction(root)
    if (textOf(action) === 'global') shared = own
    else if (textOf(action) === 'reset') shared = undefined
    else {
      const base = textOf(action) === 'repeat' ? before : shared
      if (action !== undefined && textOf(action) !== 'repeat') {
        read.problems.error('sigma/action', 'this "action" is not one of global, reset and repeat', {
          at: action.at,
        })
      }
      before = base === undefined ? own : merge(base, own)
      rules.push({ ...read, root: before })
    }
  }
  return rules
}

function withoutAction(root: TreeMap): TreeMap {
  return { ...root, entries: root.entries.filter(({ key }) => key !== 'action') }
}

/** Maps are joined key by key; of anything else the later wins. */
function merge(base: TreeMap, over: TreeMap): TreeMap {
  const entries = new Map<string, TreeEntry>(base.entries.map(entry => [entry.key, entry]))
  for (const entry of over.entries) {
    const below = entries.get(entry.key)?.value
    const value =
      below?.kind === 'map' && entry.value.kind === 'map' ? merge(below, entry.value) : entry.value
    entries.set(entry.key, { ...entry, value })
  }
  return { ...over, entries: [...entries.values()] }
}
