import { endOfComment, endOfText } from './skip.ts'

const PARSE_REGEX = /\s*(?:\/\/[^\n]*\n\s*)*(?:parse\s+regex|extract)\b[^"|]*/iy
/** What may stand behind the pattern of `parse regex`. */
const TAIL =
  /^(?:\s|,|nodrop\b|multi\b|noconvert\b|field\s*=\s*[\w.]+\b|as\s+[\w.]+\b|\/\/[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*$/i
/** Further patterns. */
const MORE = /(?:\s*,\s*(?:regex\s*)?"(?:[^"\\]|\\.)*")+/isy
const NEXT_STAGE = /\n\s*\|\s*[A-Za-z_]/g

/**
 * The pattern of a `parse regex` stage whose quotes are not escaped; `undefined` if the stage is none or can be read
 * as it is written. The pattern then ends at the last quote before the next line that starts a stage, such that only
 * options follow it.
 */
export function loosePattern(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  PARSE_REGEX.lastIndex = start
  if (!PARSE_REGEX.test(text)) return undefined
  const open = PARSE_REGEX.lastIndex
  if (open >= end || text[open] !== '"') return undefined
  const written = endOfText(text, open, end)
  if (written !== undefined && isWhole(text, open, written, end)) return undefined
  NEXT_STAGE.lastIndex = open
  const next = NEXT_STAGE.exec(text)
  const limit = next === null || next.index > end ? end : next.index
  for (let quote = text.lastIndexOf('"', limit - 1); quote > open; quote = text.lastIndexOf('"', quote - 1)) {
    if (TAIL.test(text.slice(quote + 1, limit))) return { start: open, end: quote + 1 }
    if (text.slice(quote + 1, limit).length > LONGEST_TAIL) return undefined
  }
  return undefined
}

const LONGEST_TAIL = 2000

/** Can the pattern be read as it is written: only options follow it, and its parentheses are in pairs? */
function isWhole(text: string, open: number, written: number, end: number): boolean {
  MORE.lastIndex = written
  const behind = MORE.test(text) ? MORE.lastIndex : written
  if (behind > end || !TAIL.test(text.slice(behind, pipeAfter(text, behind, end)))) return false
  let depth = 0
  let inClass = false
  for (const [found] of text.slice(open + 1, written - 1).matchAll(/\\.|\[\^?\]?|[\]()]/gs)) {
    if (found.startsWith('[')) inClass = true
    else if (found === ']') inClass = false
    else if (!inClass && found === '(') depth++
    else if (!inClass && found === ')') depth--
  }
  return depth === 0
}

/** The offset of the next pipe that stands outside of comments, or the end. */
function pipeAfter(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const comment = endOfComment(text, at, end)
    if (comment !== undefined) at = comment - 1
    else if (text[at] === '|') return at
  }
  return end
}
