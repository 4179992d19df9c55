import { RE2JS } from 're2js'
import type { Regex } from './expr.ts'
import { plainText, requiredText } from './regex-literal.ts'
import { isPlainRegex } from './regex-plain.ts'
import { programBound } from './regex-size.ts'

/**
 * Longest pattern, in characters, and largest program, in instructions, that counted repetitions may make of a shorter
 * one: the time for a text is at worst its length times the program's, and 1500 is a minute for a megabyte.
 */
const LONGEST_PATTERN = 4096
const LARGEST_PROGRAM = 1500

/** A pattern and its flags; a group such as `(?i)` that starts it becomes flags. */
export function regex(source: string, flags: Partial<Omit<Regex, 'source'>> = {}): Regex {
  const leading = /^\(\?([ims]+)\)/.exec(source)
  const has = (flag: string): boolean => leading?.[1]?.includes(flag) ?? false
  return {
    source: source.slice(leading?.[0].length ?? 0),
    caseless: flags.caseless === true || has('i'),
    multiline: flags.multiline === true || has('m'),
    dotall: flags.dotall === true || has('s'),
  }
}

/** The reason why a pattern is not one that RE2 can search with, or is too large; `undefined` if it is fine. */
export function checkRegex(source: string): string | undefined {
  if (source.length > LONGEST_PATTERN) return `it is longer than ${LONGEST_PATTERN} characters`
  const most = Math.max(LARGEST_PROGRAM, source.length + 10)
  const bound = programBound(source)
  if (bound > most) return TOO_LARGE
  // Empty alternatives are more than the bound knows of.
  if (2 * bound <= most && isPlainRegex(source)) return undefined
  try {
    return RE2JS.compile(source).programSize() > most ? TOO_LARGE : undefined
  } catch (thrown) {
    return reason(thrown)
  }
}

/**
 * An unanchored search in time linear in the text: RE2's automata, which re2js keeps to, never backtracking.
 * Patterns that are only literal text become plain string operations, and a caseless search runs only on texts
 * that hold a literal which every match must contain. (Of case-sensitive patterns re2js does that by itself.)
 */
export function compileRegex(regex: Regex): (text: string) => boolean {
  const plain = plainText(regex)
  if (plain !== undefined) return plain
  const flags =
    (regex.caseless ? RE2JS.CASE_INSENSITIVE : 0) |
    (regex.multiline ? RE2JS.MULTILINE : 0) |
    (regex.dotall ? RE2JS.DOTALL : 0)
  const program = RE2JS.compile(regex.source, flags)
  const needle = regex.caseless ? requiredText(regex.source)?.toLowerCase() : undefined
  if (needle === undefined) return text => program.test(text)
  // Folding also joins "s" with U+017F, which is its own lower case; U+212A lower-cases to "k" as it should.
  return text => (text.toLowerCase().includes(needle) || text.includes('\u017f')) && program.test(text)
}

const TOO_LARGE = 'it is too large'

function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) throw thrown
  const said = thrown.message.replace(/^error parsing regexp: /, '')
  if (/\(\?<?[=!]/.test(said)) return 'it looks around (lookahead or lookbehind)'
  if (/invalid escape sequence: `\\[1-9k]/.test(said)) return 'it refers back to a group'
  return said
}
