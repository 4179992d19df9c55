import { any, one, type Pattern, type PatternPart } from '../../plan/pattern.ts'

/**
 * Reads `*` and `?`. A backslash makes a wildcard or a backslash that follows it literal and stands for itself
 * before anything else.
 */
export function readPattern(text: string): Pattern {
  const parts: PatternPart[] = []
  let run = ''
  const wild = (part: PatternPart): void => {
    if (run !== '') parts.push(run)
    run = ''
    if (part !== any || parts.at(-1) !== any) parts.push(part)
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    const following = text[at + 1]
    if (sign === '*') wild(any)
    else if (sign === '?') wild(one)
    else if (sign === '\\' && (following === '*' || following === '?' || following === '\\')) {
      run += following
      at++
    } else run += sign
  }
  if (run !== '') parts.push(run)
  return parts
}

/** One pattern behind another. */
export function join(left: Pattern, right: Pattern): Pattern {
  const [first, ...rest] = right
  const last = left.at(-1)
  if (first === undefined) return left
  if (typeof last === 'string' && typeof first === 'string')
    return [...left.slice(0, -1), last + first, ...rest]
  return first === any && last === any ? [...left, ...rest] : [...left, ...right]
}

/** The pattern with `*` before or behind it, unless it is there. */
export function openEnds(pattern: Pattern, start: boolean, end: boolean): Pattern {
  const before = start && pattern[0] !== any ? [any] : []
  const behind = end && (pattern.at(-1) !== any || pattern.length === 0) ? [any] : []
  const opened = [...before, ...pattern, ...behind]
  return pattern.length === 0 && opened.length === 2 ? [any] : opened
}
