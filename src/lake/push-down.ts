import type { Expr, Leaf } from '../plan/expr.ts'
import { valueTest } from '../scan/value-test.ts'
import { aliasesOf } from '../sources/aliases/aliases.ts'
import type { Source } from '../sources/source.ts'
import { duckdb } from '../sql/duckdb.ts'
import { join, name, quote, type Sql, sql } from '../sql/sql.ts'
import type { LakeFile } from './manifest.ts'
import { tableOf } from './tables/tables.ts'

/** The files that can hold events for which a condition is true, and what of it the engine can test. */
export interface PushedDown {
  readonly files: readonly LakeFile[]
  readonly where: readonly Sql[]
}

/** Where a condition is pushed to. */
export interface PushTarget {
  readonly source: Source
  readonly files: readonly LakeFile[]
  /** Keys of events that have a dot of their own; their fields are not where their names say. */
  readonly dottedKeys: readonly string[]
}

/**
 * Takes from the condition of a search what leaves out much for little. Events that it leaves out cannot match; of the
 * others some may. That a field is missing matters to a search only where the source has another value for its name.
 */
export function pushedDown(target: PushTarget, condition: Expr | undefined): PushedDown {
  const test = condition === undefined ? undefined : testOf(condition, target)
  if (test === undefined) return { files: target.files, where: [] }
  return { files: target.files.filter(file => test.mayHold(file)), where: [test.where] }
}

/** What is certain of a condition. */
interface Test {
  readonly where: Sql
  mayHold(file: LakeFile): boolean
  /** It says no more than that a column has one of these values. */
  readonly listed?: { readonly column: string; readonly values: ReadonlySet<string> }
}

const NEVER: Test = { where: sql`FALSE`, mayHold: () => false }

/** Undefined if nothing is certain. */
function testOf(condition: Expr, target: PushTarget): Test | undefined {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.of.flatMap(part => testOf(part, target) ?? [])
      return parts.length === 0 ? undefined : both(parts)
    }
    case 'or': {
      const parts = condition.of.map(part => testOf(part, target))
      const known = parts.flatMap(part => part ?? [])
      return known.length < parts.length ? undefined : either(known, target)
    }
    case 'match':
      return isMoved(condition.of.name, target) ? undefined : matchTest(condition, target)
    case 'null':
      return isMoved(condition.of.name, target) ? undefined : nullTest(condition.of.name, target)
    default:
      return undefined
  }
}

function both(parts: readonly Test[]): Test {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const where = sql`(${join(
    parts.map(part => part.where),
    ' AND ',
  )})`
  return { where, mayHold: file => parts.every(part => part.mayHold(file)) }
}

function either(all: readonly Test[], target: PushTarget): Test {
  const parts = all.filter(part => part !== NEVER)
  const [first] = parts
  if (first === undefined) return NEVER
  if (parts.length === 1) return first
  const column = first.listed?.column
  if (column !== undefined && parts.every(part => part.listed?.column === column))
    return listedTest(column, new Set(parts.flatMap(part => [...(part.listed?.values ?? [])])), target)
  const where = sql`(${join(
    parts.map(part => part.where),
    ' OR ',
  )})`
  return { where, mayHold: file => parts.some(part => part.mayHold(file)) }
}

type Match = Extract<Leaf, { readonly kind: 'match' }>

function matchTest(leaf: Match, target: PushTarget): Test | undefined {
  const { name: field, path } = leaf.of
  const { promoted, parts } = tableOf(target.source.id)
  const own = promoted.find(({ name }) => name === field)
  if (own !== undefined) return columnTest(leaf, own.column, target)
  const part = parts.find(
    ({ path: before }) => before.length < path.length && before.every((key, at) => path[at] === key),
  )
  if (parts.some(({ name }) => name === field)) return undefined
  return textTest(leaf, part === undefined ? sql`raw` : name(part.column))
}

function columnTest(leaf: Match, column: string, target: PushTarget): Test {
  if (target.files.every(file => file.values[column] !== undefined)) {
    const test = valueTest(leaf)
    const all = new Set(target.files.flatMap(file => file.values[column] ?? []))
    return listedTest(column, new Set([...all].filter(test)), target)
  }
  const like = duckdb.like(name(column), leaf.pattern, leaf.caseless)
  return exceptionsToo(like, column, () => true, target)
}

function listedTest(column: string, values: ReadonlySet<string>, target: PushTarget): Test {
  const list = join([...values].map(quote), ', ')
  const where = values.size === 0 ? sql`FALSE` : sql`${name(column)} IN (${list})`
  const mayHold = (file: LakeFile): boolean => file.values[column]?.some(value => values.has(value)) ?? true
  return { ...exceptionsToo(where, column, mayHold, target), listed: { column, values } }
}

/** The column of an event whose value is no text is empty. */
function exceptionsToo(where: Sql, column: string, mayHold: Test['mayHold'], target: PushTarget): Test {
  const field = tableOf(target.source.id).promoted.find(promoted => promoted.column === column)?.name ?? ''
  const has = (file: LakeFile): boolean => file.exceptions.includes(field)
  if (!target.files.some(has)) return { where, mayHold }
  return { where: sql`(${where} OR exceptions IS NOT NULL)`, mayHold: file => has(file) || mayHold(file) }
}

/** A value stands in the JSON text as it is, if nothing in it needs an escape. */
function textTest({ pattern, caseless }: Match, text: Sql): Test | undefined {
  const runs = pattern.filter(part => typeof part === 'string').filter(run => PLAIN.test(run))
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest.length < SHORTEST) return undefined
  const where = caseless
    ? sql`regexp_matches(${text}, ${quote(`(?i)${longest.replace(/[^A-Za-z0-9]/g, '\\$&')}`)})`
    : sql`contains(${text}, ${quote(longest)})`
  return { where, mayHold: () => true }
}

const PLAIN = /^[ !#-[\]-~]+$/
/** Shorter texts are nearly everywhere. */
const SHORTEST = 2

/** A missing field is null in a search too, unless there is an alias of its name. */
function nullTest(field: string, target: PushTarget): Test | undefined {
  if (!Object.hasOwn(aliasesOf(target.source.id), field)) return NEVER
  const own = tableOf(target.source.id).promoted.find(({ name }) => name === field)
  return own === undefined ? undefined : { where: sql`${name(own.column)} IS NULL`, mayHold: () => true }
}

/** Do some events have the field under a key with dots? */
function isMoved(field: string, { dottedKeys }: PushTarget): boolean {
  return dottedKeys.some(key => field === key || field.startsWith(`${key}.`))
}
