import { requiredText } from '../plan/regex-literal.ts'
import type { ValueLeaf } from './value-test.ts'

const SHORTEST = 3
/** More tells little more, and may be compared at every place of a text. */
const LONGEST = 64
/** ASCII only: beyond it, the lower case of a letter may depend on its neighbours. */
const ascii = /[\0-\x7f]+/g
/** RE2 folds `s` with a letter whose lower case is not `s`. */
const asciiButS = /[\0-\x52\x54-\x72\x74-\x7f]+/g

/** A text in lower-case ASCII that the lower-case text of every value that passes holds; `undefined` if none is known. */
export function leafLiteral(leaf: ValueLeaf): string | undefined {
  if (leaf.kind === 'match') {
    return longest(leaf.pattern.flatMap(part => (typeof part === 'string' ? (part.match(ascii) ?? []) : [])))
  }
  if (leaf.kind !== 'regex') return undefined
  const text = requiredText(leaf.regex.source) ?? ''
  return longest(text.match(leaf.regex.caseless ? asciiButS : ascii) ?? [])
}

function longest(stretches: readonly string[]): string | undefined {
  const best = stretches.reduce((one, other) => (other.length > one.length ? other : one), '')
  return best.length >= SHORTEST ? best.slice(0, LONGEST).toLowerCase() : undefined
}
