import type { Span } from '../core/diagnostic.ts'
import { type Tree, within } from '../lang/sigma/tree.ts'

/**
 * Where pieces of a text stand in the YAML file that holds it: to the character where it stands there word for word
 * or as a block of lines, else the whole.
 */
export function placesInBlock(file: string, tree: Tree): (at: Span) => Span {
  if (tree.kind !== 'scalar') return () => tree.at
  if (!file.startsWith('|', tree.at.start)) return ({ start, end }) => within(tree, start, end)
  const from = file.indexOf('\n', tree.at.start) + 1
  const lines = file.slice(from, tree.at.end).split('\n')
  const indent = /^ */.exec(lines.find(line => line.trim() !== '') ?? '')?.[0].length ?? 0
  return ({ line, column, start, end }) => {
    const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, from)
    const at = before + indent + column - 1
    return { start: at, end: at + end - start, line: tree.at.line + line, column: column + indent }
  }
}
