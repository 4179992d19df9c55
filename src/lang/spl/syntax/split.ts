import type { Problems } from '../../../core/diagnostic.ts'
import type { Places } from '../../../core/places.ts'

/** A stretch of text: from `start` up to but not including `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

const MARK = /["\\|[\]]/g

/**
 * Cuts a stretch at the pipes that stand outside of double quotes and brackets. A backslash takes the meaning from
 * the character behind it, in quotes and out of them. Ranges are trimmed of spaces.
 */
export function splitStages(text: string, range: Range, place: Places, problems: Problems): readonly Range[] {
  const found: Range[] = []
  const open: number[] = []
  let start = range.start
  let at = range.start
  while (at < range.end) {
    at = nextMark(text, at, range.end)
    const sign = text[at]
    if (at >= range.end) break
    if (sign === '\\') at += 2
    else if (sign === '"') at = quoteEnd(text, at, range.end, place, problems)
    else {
      if (sign === '[') open.push(at)
      else if (sign === ']') open.pop()
      else if (open.length === 0) {
        found.push(trimmed(text, start, at))
        start = at + 1
      }
      at++
    }
  }
  for (const bracket of open.slice(0, 1)) {
    problems.error('spl/unclosed-bracket', 'this bracket is not closed', {
      at: place(bracket, bracket + 1),
      help: 'a subsearch ends with "]"; put the text in quotes if it is none',
    })
  }
  return [...found, trimmed(text, start, range.end)]
}

/** The place of the bracket that closes the one at `open`; the end if there is none. */
export function bracketEnd(text: string, open: number, end: number): number {
  let depth = 0
  for (let at = open; at < end; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === '"') at = closingQuote(text, at, end) ?? end
    else if (sign === '[') depth++
    else if (sign === ']' && --depth === 0) return at
  }
  return end
}

/** The place of the quote that closes the one at `open`. */
export function closingQuote(text: string, open: number, end: number): number | undefined {
  const quote = text[open]
  for (let at = open + 1; at < end; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === quote) return at
  }
  return undefined
}

function quoteEnd(text: string, open: number, end: number, place: Places, problems: Problems): number {
  const close = closingQuote(text, open, end)
  if (close !== undefined) return close + 1
  problems.error('spl/unclosed-quote', 'this quote is not closed', {
    at: place(open, open + 1),
    help: 'add a second quote; a quote that belongs to the text is written \\"',
  })
  return end
}

function nextMark(text: string, from: number, end: number): number {
  MARK.lastIndex = from
  return Math.min(MARK.exec(text)?.index ?? end, end)
}

function trimmed(text: string, from: number, to: number): Range {
  let start = from
  let end = to
  while (start < end && isSpace(text, start)) start++
  while (end > start && isSpace(text, end - 1)) end--
  return { start, end }
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '')
}
