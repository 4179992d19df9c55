/** A wildcard pattern, parsed once: literal runs, `any` (`*`, also empty) and `one` (`?`, exactly one character). */
export type Pattern = readonly PatternPart[]
export type PatternPart = string | { readonly wild: 'any' | 'one' }

export const any = { wild: 'any' } as const
export const one = { wild: 'one' } as const

/** The text that a pattern without wildcards stands for, else `undefined`. */
export function literal(pattern: Pattern): string | undefined {
  if (pattern.length === 0) return ''
  const [only] = pattern
  return pattern.length === 1 && typeof only === 'string' ? only : undefined
}
