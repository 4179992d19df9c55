import type { Problems } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import { get, kindOf, listed, scalarText, type Tree, type TreeMap } from '../../lang/sigma/tree.ts'
import type { Pattern } from '../../plan/pattern.ts'
import { readPattern } from '../../plan/read-pattern.ts'
import type { From } from './source-map.ts'

/** What one list, or one map, of a mapping may hold. */
export const MOST = 200

/** Tells of keys that have no meaning there. */
export function checkKeys(map: TreeMap, known: readonly string[], what: string, problems: Problems): void {
  for (const { key, keyAt } of map.entries) {
    if (known.includes(key)) continue
    const near = nearest(key, known)
    const help = near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`
    problems.error('source-map/unknown-key', `${what} has no "${key}"`, { at: keyAt, help })
  }
}

/** The map under a key. */
export function mapAt(root: TreeMap, key: string, problems: Problems): TreeMap | undefined {
  const tree = get(root, key)
  if (tree === undefined || tree.kind === 'map') return tree
  problems.error('source-map/type', `"${key}" is ${kindOf(tree)}, not a map`, { at: tree.at })
  return undefined
}

/** The text under a key, trimmed. */
export function textUnder(root: TreeMap, key: string, problems: Problems): string | undefined {
  const tree = get(root, key)
  if (tree === undefined) return undefined
  const text = scalarText(tree)?.trim()
  if (text !== undefined && text !== '') return text
  problems.error('source-map/type', `"${key}" is ${kindOf(tree)}, not a text`, { at: tree.at })
  return undefined
}

/** The texts under a key: one, or a list of them. */
export function textsUnder(root: TreeMap, key: string, problems: Problems): readonly string[] {
  return textsOf(get(root, key), key, problems)
}

export function textsOf(tree: Tree | undefined, what: string, problems: Problems): readonly string[] {
  const items = listed(tree)
  if (items.length > MOST)
    problems.error(
      'source-map/size',
      `"${what}" holds over ${MOST} values`,
      tree === undefined ? {} : { at: tree.at },
    )
  return items.slice(0, MOST).flatMap(item => {
    const text = scalarText(item)?.trim()
    if (text !== undefined && text !== '') return [text]
    problems.error('source-map/type', `"${what}" holds ${kindOf(item)}, not a text`, { at: item.at })
    return []
  })
}

/** Patterns in which `*` stands for any text and `?` for one character. */
export function patternsOf(tree: Tree | undefined, what: string, problems: Problems): readonly Pattern[] {
  return textsOf(tree, what, problems).map(readPattern)
}

/** A field, a list of fields of which the first counts that is there, or `{value: text}`. */
export function fromOf(tree: Tree, what: string, problems: Problems): From | undefined {
  if (tree.kind !== 'map') {
    const names = textsOf(tree, what, problems)
    if (names.length > 0) return { kind: 'fields', names }
    problems.error('source-map/type', `"${what}" names no field`, { at: tree.at })
    return undefined
  }
  checkKeys(tree, ['value'], `"${what}"`, problems)
  const value = scalarText(get(tree, 'value'))
  if (value !== undefined && value !== '') return { kind: 'value', value }
  problems.error('source-map/type', `"${what}" has no value`, {
    at: tree.at,
    help: 'write the name of a field, or {value: text}',
  })
  return undefined
}
