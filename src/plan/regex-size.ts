import { type RegexToken, regexTokens } from './regex-tokens.ts'

/**
 * An upper bound, near the truth, of the instructions that a pattern compiles to; made before compiling, for
 * `(…{1000}){1000}` would take its time and memory there.
 */
export function programBound(source: string): number {
  const sums: number[] = [0]
  let last = 0
  for (const token of regexTokens(source)) {
    if (token.kind === 'open') {
      sums.push(0)
      last = 0
    } else if (token.kind === 'close' && sums.length > 1) {
      last = (sums.pop() ?? 0) + 2
      sums.push((sums.pop() ?? 0) + last)
    } else if (token.kind === 'repeat') {
      const grown = repeated(last, token)
      sums.push((sums.pop() ?? 0) - last + grown)
      last = grown
    } else {
      last = 1
      sums.push((sums.pop() ?? 0) + 1)
    }
  }
  return sums.reduce((total, sum) => total + sum, 0)
}

/** Copies that must be there, copies that may be skipped, and a loop back. */
function repeated(size: number, { least, most }: Extract<RegexToken, { kind: 'repeat' }>): number {
  return Number.isFinite(most) ? least * size + (most - least) * (size + 1) : Math.max(1, least) * size + 1
}
