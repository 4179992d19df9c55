import { never } from '../core/never.ts'
import type { Order } from '../plan/expr.ts'
import { networkBounds } from '../plan/network-bounds.ts'
import { literal, type Pattern } from '../plan/pattern.ts'
import type { ValueLeaf } from '../plan/value-leaf.ts'
import type { Dialect } from './dialect.ts'
import { TOO_DEEP } from './event-dialect.ts'
import { unsharedPattern, unsharedRegex } from './shared-meaning.ts'
import { join, quote, type Sql, sql } from './sql.ts'

/** Of a number and its sign. */
const MOST_DIGITS = 37

/** Why a test cannot be said in an engine's SQL; undefined if it can. */
export function unsaid(test: ValueLeaf): string | undefined {
  switch (test.kind) {
    case 'match':
      return unsharedPattern(test.pattern, test.caseless)
    case 'regex':
      return unsharedRegex(test.regex)
    case 'compare':
      return (test.digits?.length ?? 0) > MOST_DIGITS ? 'no engine holds so many digits' : undefined
    default:
      return undefined
  }
}

/** Is one of the tests true for a text? Null if the text is. */
export function onText(tests: readonly ValueLeaf[], text: Sql, dialect: Dialect): Sql {
  const lists = [true, false].flatMap(caseless => {
    const texts = tests.flatMap(test => exactText(test, caseless) ?? [])
    return texts.length === 0 ? [] : [oneOf(caseless ? dialect.events.fold(text) : text, texts)]
  })
  const others = tests.filter(
    test => exactText(test, true) === undefined && exactText(test, false) === undefined,
  )
  return either([...lists, ...others.map(test => textTest(test, text, dialect))])
}

/** Is one of the tests true for a JSON value? Null where it cannot be told. */
export function onJson(tests: readonly ValueLeaf[], value: Sql, dialect: Dialect): Sql {
  const ofAny = tests.filter(seesAnyText)
  const ofKind = tests.filter(test => !seesAnyText(test))
  return either([
    ...(ofAny.length === 0 ? [] : [onAnyText(ofAny, value, dialect)]),
    ...(ofKind.length === 0 ? [] : [onKind(ofKind, value, dialect)]),
  ])
}

function onAnyText(tests: readonly ValueLeaf[], value: Sql, dialect: Dialect): Sql {
  const { textOf, initial, where } = dialect.events
  const found = where(sql`s`, textOf(value), onText(tests, sql`s`, dialect))
  return sql`CASE WHEN ${initial(value)} = 'n' THEN FALSE ELSE ${found} END`
}

/** A text by what it says, a number by its value, a boolean by itself; nothing else. */
function onKind(tests: readonly ValueLeaf[], value: Sql, dialect: Dialect): Sql {
  const { textOf, numberOf, initial, where } = dialect.events
  const text = where(sql`s`, textOf(value), onText(tests, sql`s`, dialect))
  const wants = (wanted: boolean): boolean =>
    tests.some(test => test.kind === 'boolean' && test.value === wanted)
  const truth = (known: boolean): Sql => (known ? sql`TRUE` : sql`FALSE`)
  const number = either(tests.flatMap(test => numberTest(test, numberOf(value)) ?? []))
  return sql`CASE ${initial(value)} WHEN '"' THEN coalesce(${text}, FALSE) WHEN '{' THEN FALSE WHEN '[' THEN FALSE
    WHEN 'n' THEN FALSE WHEN 't' THEN ${truth(wants(true))} WHEN 'f' THEN ${truth(wants(false))}
    WHEN ${quote(TOO_DEEP)} THEN NULL ELSE ${number} END`
}

/** Texts of numbers, booleans and containers count as well. */
function seesAnyText({ kind }: ValueLeaf): boolean {
  return kind === 'match' || kind === 'regex'
}

/** The whole text that a pattern without wildcards stands for. */
function exactText(test: ValueLeaf, caseless: boolean): string | undefined {
  if (test.kind !== 'match' || test.caseless !== caseless) return undefined
  const text = literal(
    test.pattern.length > 1 && test.pattern.every(isText) ? [test.pattern.join('')] : test.pattern,
  )
  return caseless ? text?.toLowerCase() : text
}

function textTest(test: ValueLeaf, text: Sql, dialect: Dialect): Sql {
  const { events } = dialect
  switch (test.kind) {
    case 'match':
      return test.caseless
        ? like(test.pattern.map(lowered), events.fold(text), dialect)
        : like(test.pattern, text, dialect)
    case 'regex':
      return dialect.search(text, test.regex)
    case 'number':
      return sql`(${text} = ${quote(test.text)})`
    case 'boolean':
      return sql`(${events.fold(text)} = ${quote(String(test.value))})`
    case 'compare': {
      const found = test.part === undefined ? events.decimal(text) : events.timePart(text, test.part)
      const compared = sql`${found} ${SIGNS[test.order]} ${double(test.value)}`
      if (test.digits === undefined) return sql`(${compared})`
      const exact = sql`${events.integer(text)} ${SIGNS[test.order]} ${events.exact(test.digits)}`
      return sql`coalesce(${exact}, ${compared})`
    }
    case 'cidr': {
      const bounds = networkBounds(test.network.text)
      if (bounds === undefined) throw new Error(`bug: ${test.network.text} is no network`)
      const version = test.network.text.includes(':') ? 6 : 4
      return events.inNetwork(text, version, quote(bounds.first), quote(bounds.last))
    }
    default:
      return never(test)
  }
}

function numberTest(test: ValueLeaf, number: Sql): Sql | undefined {
  if (test.kind === 'number') return sql`(${number} = ${double(test.value)})`
  if (test.kind !== 'compare' || test.part !== undefined) return undefined
  return sql`(${number} ${SIGNS[test.order]} ${double(test.value)})`
}

/** Wildcards against a text that is in lower case already, if it is to be. */
function like(pattern: Pattern, text: Sql, dialect: Dialect): Sql {
  const [first, second, third] = pattern
  const { startsWith, endsWith, contains } = dialect.events
  if (pattern.length === 2 && isText(first) && isAny(second)) return startsWith(text, quote(first))
  if (pattern.length === 2 && isAny(first) && isText(second)) return endsWith(text, quote(second))
  if (pattern.length === 3 && isAny(first) && isText(second) && isAny(third))
    return contains(text, quote(second))
  return dialect.like(text, pattern, false)
}

function isText(part: Pattern[number] | undefined): part is string {
  return typeof part === 'string'
}

function isAny(part: Pattern[number] | undefined): boolean {
  return typeof part === 'object' && part.wild === 'any'
}

function lowered(part: Pattern[number]): Pattern[number] {
  return typeof part === 'string' ? part.toLowerCase() : part
}

function oneOf(text: Sql, texts: readonly string[]): Sql {
  return sql`(${text} IN (${join([...new Set(texts)].map(quote), ', ')}))`
}

/** True if one is. */
function either(tests: readonly Sql[]): Sql {
  const [only] = tests
  if (only === undefined) return sql`FALSE`
  return tests.length === 1 ? only : sql`(${join(tests, ' OR ')})`
}

/** Read from its text: a literal with many digits would be a decimal, and be rounded twice. */
function double(value: number): Sql {
  return sql`CAST(${quote(String(value))} AS DOUBLE)`
}

const SIGNS: Readonly<Record<Order, Sql>> = {
  lt: sql`<`,
  lte: sql`<=`,
  gt: sql`>`,
  gte: sql`>=`,
  eq: sql`=`,
}
