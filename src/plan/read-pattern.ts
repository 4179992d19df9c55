import { any, one, type Pattern, type PatternPart } from './pattern.ts'

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
