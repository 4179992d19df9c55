import type { ColumnType } from '../plan/column-type.ts'
import { networkBounds } from '../plan/network-bounds.ts'
import type { Comparison, Scalar } from '../plan/scalar.ts'
import type { Dialect } from './dialect.ts'
import type { Names } from './names.ts'
import { join, numeral, quote, type Sql, sql } from './sql.ts'

const SIGNS: Readonly<Record<Comparison, Sql>> = {
  eq: sql`=`,
  ne: sql`<>`,
  lt: sql`<`,
  lte: sql`<=`,
  gt: sql`>`,
  gte: sql`>=`,
}

/** A scalar as SQL. */
export function printScalar(value: Scalar, names: Names, dialect: Dialect): Sql {
  const print = (inner: Scalar): Sql => printScalar(inner, names, dialect)
  switch (value.kind) {
    case 'column':
      return names.of(value.name)
    case 'literal':
      return literal(value.value, value.type, dialect)
    case 'call':
      return dialect.functions[value.fn](...value.args.map(print))
    case 'compare':
      return compare(value, print, dialect)
    case 'like':
      return dialect.like(print(value.of), value.pattern, value.caseless)
    case 'search':
      return dialect.search(print(value.of), value.regex)
    case 'capture':
      return dialect.capture(print(value.of), value.regex, value.group, value.all)
    case 'substitute':
      return dialect.substitute(print(value.of), value.regex, value.by, value.all)
    case 'json':
      return dialect.json(print(value.of), value.path, value.type)
    case 'cidr':
      return cidr(dialect.functions.ip_key(print(value.of)), value.network.text)
    case 'null':
      return sql`(${print(value.of)} IS NULL)`
    case 'known':
      return sql`coalesce(${print(value.of)}, FALSE)`
    case 'not':
      return sql`(NOT ${print(value.of)})`
    case 'and':
    case 'or':
      return logic(value.kind, value.of.map(print))
    case 'choose':
      return choice(value, print)
    case 'each':
      return dialect.each(value.how, print(value.of), names.of(value.name), print(value.body))
    default:
      return value satisfies never
  }
}

function literal(value: string | number | boolean | null, type: ColumnType, dialect: Dialect): Sql {
  if (value === null) return sql`CAST(NULL AS ${dialect.types[type]})`
  if (typeof value === 'boolean') return value ? sql`TRUE` : sql`FALSE`
  return typeof value === 'number' ? numeral(value) : quote(value)
}

function compare(
  value: Extract<Scalar, { kind: 'compare' }>,
  print: (inner: Scalar) => Sql,
  dialect: Dialect,
): Sql {
  const sign = SIGNS[value.op]
  const [left, right] = [print(value.left), print(value.right)]
  if (value.as === 'number') return sql`(${left} ${sign} ${right})`
  const fold = (side: Sql): Sql => (value.caseless ? dialect.functions.lower(side) : side)
  const texts = sql`(${fold(left)} ${sign} ${fold(right)})`
  if (value.as === 'text') return texts
  const [first, second] = [left, right].map(side => dialect.functions.number_of(side))
  if (first === undefined || second === undefined) throw new Error('bug: two sides')
  return sql`coalesce(${first} ${sign} ${second}, ${texts})`
}

function logic(kind: 'and' | 'or', parts: readonly Sql[]): Sql {
  if (parts.length === 0) return kind === 'and' ? sql`TRUE` : sql`FALSE`
  const [only] = parts
  return parts.length === 1 && only !== undefined
    ? only
    : sql`(${join(parts, kind === 'and' ? ' AND ' : ' OR ')})`
}

function choice(value: Extract<Scalar, { kind: 'choose' }>, print: (inner: Scalar) => Sql): Sql {
  if (value.when.length === 0) return value.otherwise === undefined ? sql`NULL` : print(value.otherwise)
  const branches = value.when.map(branch => sql`WHEN ${print(branch.if)} THEN ${print(branch.then)}`)
  const otherwise = value.otherwise === undefined ? sql`` : sql` ELSE ${print(value.otherwise)}`
  return sql`CASE ${join(branches, ' ')}${otherwise} END`
}

function cidr(key: Sql, network: string): Sql {
  const bounds = networkBounds(network)
  if (bounds === undefined) throw new Error(`bug: ${network} is no network`)
  return sql`(${key} BETWEEN ${quote(bounds.first)} AND ${quote(bounds.last)})`
}
