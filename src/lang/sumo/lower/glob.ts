import { any, type Pattern, type PatternPart } from '../../../plan/pattern.ts'

/** A text in which `*` stands for anything, as `matches` and metadata take it. */
export function glob(text: string): Pattern {
  const parts: PatternPart[] = []
  for (const [index, piece] of text.split('*').entries()) {
    if (index > 0 && parts.at(-1) !== any) parts.push(any)
    if (piece !== '') parts.push(piece)
  }
  return parts
}

/** Does a pattern let everything through? */
export function isAnything(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === any
}
