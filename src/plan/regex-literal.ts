import { finder } from '../core/find-text.ts'
import type { Regex } from './expr.ts'
import { type RegexToken, regexTokens } from './regex-tokens.ts'

/** The test that a pattern is when it is nothing but literal text, perhaps with `^` before or `$` behind it. */
export function plainText(regex: Regex): ((text: string) => boolean) | undefined {
  if (regex.caseless) return undefined
  const tokens = withoutOpenEnds(regexTokens(regex.source), regex.source)
  const start = isAnchor(tokens[0], '^', '\\A')
  const end = isAnchor(tokens.at(-1), '$', '\\z')
  if (regex.multiline && (start || end)) return undefined
  const inner = tokens.slice(start ? 1 : 0, end ? -1 : undefined)
  const characters = inner.flatMap(token => (token.kind === 'character' ? [token.text] : []))
  if (characters.length < inner.length) return undefined
  const wanted = characters.join('')
  if (start && end) return text => text === wanted
  if (start) return text => text.startsWith(wanted)
  if (end) return text => text.endsWith(wanted)
  const find = finder(wanted)
  return text => find(text, 0) >= 0
}

/**
 * The longest ASCII text that every match contains, in the case of the pattern; `undefined` if none is sure.
 * Only what stands outside of groups and alternatives counts.
 */
export function requiredText(source: string): string | undefined {
  const tokens = regexTokens(source)
  if (tokens.some((token, index) => token.kind === 'odd' || isStacked(token, tokens[index + 1])))
    return undefined
  const runs: string[] = ['']
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'open') depth++
    if (token.kind === 'close') depth--
    if (depth > 0) continue
    if (token.kind === 'alternative') return undefined
    if (token.kind === 'character' && !mayBeAbsent(tokens[index + 1]))
      runs.push((runs.pop() ?? '') + token.text)
    else runs.push('')
  }
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  return longest === '' ? undefined : longest
}

/** `a+{0}`, should an engine allow it. */
function isStacked(token: RegexToken, following: RegexToken | undefined): boolean {
  return token.kind === 'repeat' && following?.kind === 'repeat'
}

function mayBeAbsent(token: RegexToken | undefined): boolean {
  return token?.kind === 'repeat' && token.least === 0
}

/** An unanchored search is the same without `.*` at its ends. */
function withoutOpenEnds(tokens: readonly RegexToken[], source: string): readonly RegexToken[] {
  const head = /^\.\*/.test(source) ? 2 : 0
  const tail = tokens.length >= head + 2 && /(^|[^\\])\.\*$/.test(source) ? 2 : 0
  return tokens.slice(head, tokens.length - tail)
}

function isAnchor(token: RegexToken | undefined, ...texts: readonly string[]): boolean {
  return token?.kind === 'anchor' && texts.includes(token.text)
}
