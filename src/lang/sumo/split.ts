import { loosePattern } from './loose-pattern.ts'
import { endOfComment, endOfQuotedCharacter, endOfRegex, endOfTemplate, endOfText } from './skip.ts'

/** A piece of the query; offsets. */
export interface Piece {
  readonly start: number
  readonly end: number
}

/** How a text is cut into stages. */
export interface Cut {
  readonly pieces: readonly Piece[]
  /** Where a pattern with unescaped quotes ends, by where it starts. */
  readonly loose: ReadonlyMap<number, number>
  /** Where something starts that is never closed: a quoted text, or a parenthesis. */
  readonly unclosed: readonly number[]
}

/**
 * Cuts a pipeline at its pipes: those outside of texts, comments, regular expressions and parentheses. `||` is no
 * pipe. The pattern of `parse regex` may hold quotes that are not escaped.
 */
export function split(text: string, range: Piece): Cut {
  const pieces: Piece[] = []
  const loose = new Map<number, number>()
  const unclosed: number[] = []
  for (let start = range.start; start <= range.end; ) {
    const pattern = loosePattern(text, start, range.end)
    if (pattern !== undefined) loose.set(pattern.start, pattern.end)
    const end = pieceEnd(text, { start, end: range.end }, pattern, unclosed)
    pieces.push({ start, end })
    start = end + 1
  }
  return { pieces, loose, unclosed }
}

/** The offset of the parenthesis or bracket that closes the one at `open`, or `undefined`. */
export function closing(text: string, open: number, end: number): number | undefined {
  const awaited: string[] = []
  for (let at = open; at < end; ) {
    const behind = endOfHidden(text, at, end)
    if (behind !== undefined) {
      at = behind
      continue
    }
    track(text, at, awaited)
    if (awaited.length === 0) return at
    at++
  }
  return undefined
}

/** The offset of the pipe that ends a piece, or of the end. */
function pieceEnd(
  text: string,
  { start, end }: Piece,
  pattern: Piece | undefined,
  unclosed: number[],
): number {
  const awaited: string[] = []
  let opened = start
  for (let at = start; at < end; ) {
    const behind = at === pattern?.start ? pattern.end : endOfHidden(text, at, end)
    if (behind !== undefined) {
      at = behind
      continue
    }
    if (text[at] === '"') unclosed.push(at)
    if (text[at] === '|' && awaited.length === 0) {
      if (text[at + 1] !== '|') return at
      at++
    }
    const depth = awaited.length
    track(text, at, awaited)
    if (depth === 0 && awaited.length === 1) opened = at
    at++
  }
  if (awaited.length > 0) unclosed.push(opened)
  return end
}

/** Keeps the parentheses that wait to be closed; brackets count only around a subquery. */
function track(text: string, at: number, awaited: string[]): void {
  const character = text[at]
  if (character === '(') awaited.push(')')
  else if (character === '[' && /^\[\s*subquery\b/i.test(text.slice(at, at + 64))) awaited.push(']')
  else if (character === awaited.at(-1)) awaited.pop()
}

function endOfHidden(text: string, at: number, end: number): number | undefined {
  switch (text[at]) {
    case '"':
      return endOfText(text, at, end)
    case '/':
      return endOfComment(text, at, end) ?? endOfRegex(text, at, end)
    case '{':
      return endOfTemplate(text, at, end)
    case "'":
      return endOfQuotedCharacter(text, at)
    default:
      return undefined
  }
}
