import { columnNamed, type Pipeline } from '../../../plan/pipeline.ts'
import { regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { known, truth } from '../../../plan/scalars.ts'
import type { Term } from '../syntax/tree.ts'
import { escapeRegex } from './context.ts'

/** What ends a word: anything that is no letter and no digit; for `TERM(…)` only what Splunk calls major breakers. */
const MINOR = '[^\\pL\\pN]'
const MAJOR = '[\\s\\[\\]<>(){}|!;,\'"*&?+]'

/**
 * A word or phrase in the text of an event, as whole words; stars stand for any text. Rows that have no text
 * match only `*`.
 */
export function wordTest(term: Extract<Term, { kind: 'word' }>, rows: Pipeline): Scalar {
  if (/^\*+$/.test(term.text)) return truth(true)
  const raw = columnNamed(rows, '_raw')
  if (raw === undefined || term.text === '') return truth(false)
  const breaker = term.how === 'term' ? MAJOR : MINOR
  const source = pattern(term.text, breaker)
  return known({
    kind: 'search',
    of: raw,
    regex: regex(source, { caseless: term.how !== 'case' }),
    type: 'boolean',
  })
}

function pattern(word: string, breaker: string): string {
  const core = word.replace(/^\*+|\*+$/g, '')
  const middle = core.split(/\*+/).map(escapeRegex).join('.*')
  const before = word.startsWith('*') || isBreaker(core[0]) ? '' : `(?:^|${breaker})`
  const behind = word.endsWith('*') || isBreaker(core.at(-1)) ? '' : `(?:$|${breaker})`
  return before + middle + behind
}

function isBreaker(sign: string | undefined): boolean {
  return sign !== undefined && !/[\p{L}\p{N}]/u.test(sign)
}
