import { isObject, type Json } from '../../../core/json.ts'
import type { Cell } from '../../../plan/relation.ts'
import type { JsonStep } from '../../../plan/scalar.ts'

interface Depth {
  /** Levels of keys that a name may have. */
  readonly maxdepth: number
  /** Members of lists get names of their own, `a[0]`, even if all of them are plain values. */
  readonly arrays: boolean
}

const MOST = 1000

/** The fields that JSON texts hold: dotted names, with `_` for spaces, and their paths, in the order in which they come. */
export function jsonFields(
  texts: readonly (Cell | undefined)[],
  depth: Depth,
): ReadonlyMap<string, readonly JsonStep[]> {
  const found = new Map<string, readonly JsonStep[]>()
  for (const text of texts) {
    if (typeof text !== 'string') continue
    try {
      collect(JSON.parse(text) as Json, { name: '', path: [] }, depth, found)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  return found
}

function collect(
  value: Json,
  { name, path }: { readonly name: string; readonly path: readonly JsonStep[] },
  depth: Depth,
  found: Map<string, readonly JsonStep[]>,
): void {
  if (found.size >= MOST) return
  const deeper = path.length < Math.min(depth.maxdepth, 64)
  if (isObject(value) && deeper) {
    for (const [key, member] of Object.entries(value)) {
      const last = key.replaceAll(' ', '_')
      collect(
        member,
        { name: name === '' ? last : `${name}.${last}`, path: [...path, { key }] },
        depth,
        found,
      )
    }
  } else if (Array.isArray(value) && (depth.arrays || value.some(isContainer)) && deeper) {
    for (const [index, member] of value.entries()) {
      collect(member, { name: `${name}[${index}]`, path: [...path, { index }] }, depth, found)
    }
  } else if (name !== '') found.set(name, path)
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null
}
