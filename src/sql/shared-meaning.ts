import type { Regex } from '../plan/expr.ts'
import type { Pattern } from '../plan/pattern.ts'

/**
 * Have these letters the same lower case in every engine as in JavaScript, and is nothing else's lower case one of them?
 * The Greek sigma depends on its neighbours; rare letters get capitals with new versions of Unicode; an engine's text
 * holds neither a NUL nor half a character.
 */
export function sharedCase(text: string): boolean {
  return SETTLED.test(text) && !SIGMA.test(text)
}

const SETTLED = /^[\x01-\u017f\u0370-\u04ff\p{Lo}\p{M}\p{N}\p{P}\p{S}\p{Z}]*$/u
const SIGMA = /[\u03a3\u03c2\u03c3]/

/** Finds what is not sure to have the same lower case, in texts that are not known yet. */
export const UNSETTLED: Regex = {
  source: '[^\\x01-\\x{17f}]',
  caseless: false,
  multiline: false,
  dotall: false,
}

/** Why a pattern cannot be said in an engine's SQL; undefined if it can. */
export function unsharedPattern(pattern: Pattern, caseless: boolean): string | undefined {
  const text = pattern.map(part => (typeof part === 'string' ? part : '')).join('')
  if (!isEngineText(text)) return 'no engine holds a NUL or half a character'
  if (caseless && !sharedCase(text.toLowerCase())) return 'engines differ in the case of such letters'
  return undefined
}

/** Why a regular expression cannot be said in an engine's RE2; undefined if it can. */
export function unsharedRegex({ source, caseless }: Regex): string | undefined {
  if (!isEngineText(source)) return 'no engine holds a NUL or half a character'
  if (/\\[pPC]/.test(source)) return 'engines differ in their classes of Unicode'
  if (source.includes('(?<')) return 'not every engine knows names of groups'
  const folds = caseless || /\(\?[a-zA-Z]*i/.test(source)
  if (folds && !/^[\x01-\x7f]*$/.test(source.replaceAll(/\\x\{/g, '\u0080')))
    return 'engines differ in the case of such letters'
  return undefined
}

function isEngineText(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}
