import { finder } from '../core/find-text.ts'
import { literal, type Pattern, type PatternPart } from '../plan/pattern.ts'

export type TextTest = (text: string) => boolean

/** A test of a whole text against a wildcard pattern. Caseless compares the lower-case forms of both. */
export function globTest(pattern: Pattern, caseless: boolean): TextTest {
  const exact = literal(pattern)
  if (caseless && exact !== undefined && isAscii(exact)) return equalsCaseless(exact)
  const test = cased(caseless ? pattern.map(lower) : pattern)
  return caseless ? text => test(text.toLowerCase()) : test
}

/** The same, but anywhere in the text. */
export function containsTest(pattern: Pattern, caseless: boolean): TextTest {
  return globTest([{ wild: 'any' }, ...pattern, { wild: 'any' }], caseless)
}

/** Equality with a text of ASCII: nothing of another length has the same lower case. Most texts equal it as it is written. */
function equalsCaseless(exact: string): TextTest {
  const lowered = exact.toLowerCase()
  return text => text === exact || (text.length === exact.length && text.toLowerCase() === lowered)
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text)
}

function lower(part: PatternPart): PatternPart {
  return typeof part === 'string' ? part.toLowerCase() : part
}

function cased(pattern: Pattern): TextTest {
  const parts = merged(pattern)
  const whole = literal(parts)
  if (whole !== undefined) return text => text === whole
  const [first, second, third] = parts
  if (parts.length === 1) return isAny(first) ? () => true : text => [...text].length === 1
  if (parts.length === 2 && typeof first === 'string' && isAny(second)) return text => text.startsWith(first)
  if (parts.length === 2 && isAny(first) && typeof second === 'string') return text => text.endsWith(second)
  if (parts.length === 3 && isAny(first) && typeof second === 'string' && isAny(third))
    return containing(second)
  return general(parts)
}

function containing(wanted: string): TextTest {
  const find = finder(wanted)
  return text => find(text, 0) >= 0
}

function isAny(part: PatternPart | undefined): boolean {
  return typeof part === 'object' && part.wild === 'any'
}

/** Neighbouring literals joined, neighbouring stars made one. */
function merged(pattern: Pattern): Pattern {
  const out: PatternPart[] = []
  for (const part of pattern) {
    const last = out.at(-1)
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part
    else if (!(isAny(part) && isAny(last)) && part !== '') out.push(part)
  }
  return out
}

/** Segments between stars are placed leftmost in turn: at most text times pattern steps, however many stars. */
function general(parts: Pattern): TextTest {
  const segments: PatternPart[][] = [[]]
  for (const part of parts) isAny(part) ? segments.push([]) : segments.at(-1)?.push(part)
  const head = segments[0] ?? []
  const tail = segments.at(-1) ?? []
  const middle = segments.slice(1, -1).map(seeker)
  if (segments.length === 1) return text => endOf(head, text, 0) === text.length
  return text => {
    let at = endOf(head, text, 0)
    for (const seek of middle) {
      if (at < 0) return false
      at = seek(text, at)
    }
    return at >= 0 && endsWith(tail, text, at)
  }
}

/** Where the segment ends if it stands at `at`, else -1. */
function endOf(segment: readonly PatternPart[], text: string, at: number): number {
  let place = at
  for (const part of segment) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, place)) return -1
      place += part.length
    } else {
      const character = text.codePointAt(place)
      if (character === undefined) return -1
      place += character > 0xffff ? 2 : 1
    }
  }
  return place
}

/** Finds the leftmost place of a segment, and gives its end; -1 if there is none. */
function seeker(segment: readonly PatternPart[]): (text: string, from: number) => number {
  const [first] = segment
  const find = typeof first === 'string' ? finder(first) : undefined
  return (text, from) => {
    for (let at = from; at <= text.length; at++) {
      if (find !== undefined) at = find(text, at)
      if (at < 0) return -1
      const end = endOf(segment, text, at)
      if (end >= 0) return end
    }
    return -1
  }
}

/** Does the segment stand at the very end, not before `from`? */
function endsWith(segment: readonly PatternPart[], text: string, from: number): boolean {
  for (let at = text.length; at >= from; at--) {
    if (endOf(segment, text, at) === text.length && !splitsPair(text, at)) return true
    if (text.length - at > 2 * lengthOf(segment)) return false
  }
  return false
}

/** The longest that a segment can be, in characters. */
function lengthOf(segment: readonly PatternPart[]): number {
  return segment.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0)
}

/** Is this place inside a surrogate pair? A character is a code point. */
function splitsPair(text: string, at: number): boolean {
  return at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
