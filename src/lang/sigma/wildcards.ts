import { any, type Pattern } from '../../plan/pattern.ts'

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
