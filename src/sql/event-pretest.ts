import type { Regex } from '../plan/expr.ts'
import type { Pattern } from '../plan/pattern.ts'
import { requiredText } from '../plan/regex-literal.ts'
import type { ValueLeaf } from '../plan/value-leaf.ts'
import type { Dialect } from './dialect.ts'
import type { JsonPlace } from './event-table.ts'
import { quote, type Sql, sql } from './sql.ts'

/**
 * What a JSON text must hold for one of the tests to be true of something in it: much cheaper than to look into the
 * JSON. Undefined if nothing is sure.
 */
export function mayHold(tests: readonly ValueLeaf[], json: Sql, dialect: Dialect): Sql | undefined {
  return holdsOneOf(tests.map(neededBy), json, dialect)
}

/** The same for a keyword. */
export function mayHoldKeyword(
  pattern: Pattern,
  { caseless, regex }: { readonly caseless: boolean; readonly regex?: Regex },
  json: Sql,
  dialect: Dialect,
): Sql | undefined {
  const needed = regex === undefined ? neededByPattern(pattern, caseless) : neededByRegex(regex)
  return holdsOneOf([needed], json, dialect)
}

/** The key that stands in every JSON text which has something at a path; undefined if it may be written in several ways. */
export function mayHoldKey({ from, steps }: JsonPlace, dialect: Dialect): Sql | undefined {
  const keys = new Set(steps.flat().flatMap(({ key, next }) => (next === steps.length ? [key] : [])))
  const [key] = keys
  if (key === undefined || keys.size > 1 || !PLAIN.test(key)) return undefined
  return dialect.events.contains(from, quote(`"${key}":`))
}

/** A text that stands in the JSON text as it is. */
interface Needed {
  readonly text: string
  readonly caseless: boolean
}

function holdsOneOf(all: readonly (Needed | undefined)[], json: Sql, dialect: Dialect): Sql | undefined {
  const needed = all.filter(one => one !== undefined)
  if (needed.length < all.length) return undefined
  const [only] = needed
  if (only === undefined) return sql`FALSE`
  return needed.length === 1 ? holds(only, json, dialect) : search(needed, json, dialect)
}

function holds(needed: Needed, json: Sql, dialect: Dialect): Sql {
  const { text, caseless } = needed
  const uncased = longestUncased(text)
  const { contains } = dialect.events
  if (!caseless || uncased === text) return contains(json, quote(text))
  const searched = search([needed], json, dialect)
  return uncased === undefined ? searched : sql`(${contains(json, quote(uncased))} AND ${searched})`
}

function search(needed: readonly Needed[], json: Sql, dialect: Dialect): Sql {
  const caseless = needed.some(one => one.caseless)
  const sources = needed.map(one =>
    one.text.replace(/[^A-Za-z0-9]/g, '\\$&').replace(/i$/i, caseless ? '[i\u0130]' : '$&'),
  )
  return dialect.search(json, { source: sources.join('|'), caseless, multiline: false, dotall: false })
}

/** A stretch without letters is the same in every case: sought as it is, it leaves little for the search that folds. */
function longestUncased(text: string): string | undefined {
  const [longest = ''] = text.split(/[A-Za-z]+/).sort((a, b) => b.length - a.length)
  return longest.length < SHORTEST ? undefined : longest
}

function neededBy(test: ValueLeaf): Needed | undefined {
  switch (test.kind) {
    case 'match':
      return neededByPattern(test.pattern, test.caseless)
    case 'regex':
      return neededByRegex(test.regex)
    default:
      return undefined
  }
}

function neededByPattern(pattern: Pattern, caseless: boolean): Needed | undefined {
  const runs = pattern.filter(part => typeof part === 'string').filter(run => PLAIN.test(run))
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  return longest.length < SHORTEST ? undefined : { text: longest, caseless }
}

function neededByRegex({ source, caseless }: Regex): Needed | undefined {
  const text = requiredText(source)
  if (text === undefined || text.length < SHORTEST || !PLAIN.test(text)) return undefined
  return { text, caseless: caseless || source.includes('(?') }
}

/** Written in JSON as it is by all who write JSON; the exponent of a number may have a plus or not. */
const PLAIN = /^[ !#-*,-[\]-~]+$/
/** Shorter texts are nearly everywhere. */
const SHORTEST = 2
