import { requiredText } from '../plan/regex-literal.ts'
import type { ValueLeaf } from '../plan/value-leaf.ts'
import { rawStretch } from './keyword-index.ts'
import { LONG_LITERAL } from './literal-search.ts'

const SHORTEST = 3
/** More tells little more, and may be compared at every place of a text. */
const LONGEST = 64
/** ASCII only: beyond it, the lower case of a letter may depend on its neighbours. */
const ascii = /[\0-\x7f]+/g
/** RE2 folds `s` with a letter whose lower case is not `s`. */
const asciiButS = /[\0-\x52\x54-\x72\x74-\x7f]+/g

/** A text in lower-case ASCII that the lower-case text of every value that passes holds; `undefined` if none is known. */
export function leafLiteral(leaf: ValueLeaf): string | undefined {
  return longest(required(leaf))
}

/** A long text in lower case that an event's raw JSON holds, in any case, wherever a value or the text of a container passes. */
export function rawLiteral(leaf: ValueLeaf): string | undefined {
  // Between the values of a container, raw JSON has what white space it likes.
  const text = rawStretch(required(leaf).flatMap(text => text.split(/[,:[\]{}]/)))
  return text !== undefined && text.length >= LONG_LITERAL ? text : undefined
}

/** Stretches of ASCII that every value that passes holds. */
function required(leaf: ValueLeaf): readonly string[] {
  if (leaf.kind === 'match')
    return leaf.pattern.flatMap(part => (typeof part === 'string' ? (part.match(ascii) ?? []) : []))
  if (leaf.kind !== 'regex') return []
  const text = requiredText(leaf.regex.source) ?? ''
  return text.match(leaf.regex.caseless ? asciiButS : ascii) ?? []
}

function longest(stretches: readonly string[]): string | undefined {
  const best = stretches.reduce((one, other) => (other.length > one.length ? other : one), '')
  return best.length >= SHORTEST ? best.slice(0, LONGEST).toLowerCase() : undefined
}
