import type { Diagnostic, Span } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'

/** A YAML document with places; aliases are followed, keys are texts and unique. */
export type Tree = TreeMap | TreeList | TreeScalar

export interface TreeMap {
  readonly kind: 'map'
  readonly entries: readonly TreeEntry[]
  readonly at: Span
}
export interface TreeEntry {
  readonly key: string
  readonly keyAt: Span
  readonly value: Tree
}
interface TreeList {
  readonly kind: 'list'
  readonly items: readonly Tree[]
  readonly at: Span
}
export interface TreeScalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** The value as text; of a number the text that was written, so that no digit is lost. */
  readonly text: string
  /** Where `text` stands in the file, if it stands there as it is (no folding, no escapes). */
  readonly verbatim?: number
  readonly at: Span
}

/** The entry under a key. */
export function entry(map: TreeMap, key: string): TreeEntry | undefined {
  return map.entries.find(candidate => candidate.key === key)
}

/** The value under a key; an explicit null counts as absent. */
export function get(map: TreeMap, key: string): Tree | undefined {
  const value = entry(map, key)?.value
  return value === undefined || isNull(value) ? undefined : value
}

export function isNull(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === null
}

/** The text of a scalar that is a text, not a number that could be read as one. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : undefined
}

/** The text of any scalar but null. */
export function scalarText(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && tree.value !== null ? tree.text : undefined
}

/** The members of a list, or the value itself as the only one; nothing of nothing. */
export function listed(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || isNull(tree)) return []
  return tree.kind === 'list' ? tree.items : [tree]
}

/** What a value is, for messages. */
export function kindOf(tree: Tree): string {
  if (tree.kind === 'map') return 'a map'
  if (tree.kind === 'list') return 'a list'
  return tree.value === null ? 'empty' : typeof tree.value === 'string' ? 'a text' : `a ${typeof tree.value}`
}

/** The place of a part of a scalar, or of all of it where the file has it folded or escaped. */
export function within(scalar: TreeScalar, start: number, end: number): Span {
  if (scalar.verbatim === undefined || scalar.text.slice(0, start).includes('\n')) return scalar.at
  const moved = scalar.verbatim + start - scalar.at.start
  return {
    start: scalar.at.start + moved,
    end: scalar.verbatim + end,
    line: scalar.at.line,
    column: scalar.at.column + moved,
  }
}

/** Tells of a key that must be there, and of the one that may have been meant. */
export function missing(map: TreeMap, key: string, of: string): Diagnostic {
  const near = nearest(
    key,
    map.entries.map(other => other.key),
  )
  const found = near === undefined ? undefined : entry(map, near)
  return {
    code: 'sigma/missing-key',
    severity: 'error',
    message: `${of} has no "${key}"`,
    at: (found?.keyAt ?? map.entries[0]?.keyAt) || map.at,
    help: near === undefined ? `add "${key}:"` : `did you mean "${key}" where it says "${near}"?`,
  }
}
