import type { TimePart } from '../plan/expr.ts'
import type { EventDialect } from './event-dialect.ts'
import type { JsonPlace, KeyStep } from './event-table.ts'
import { join, quote, type Sql, sql } from './sql.ts'

/** Conditions on events in DuckDB's SQL; what takes more than a call is a macro of `duckdb-event-macros.ts`. */
export const duckdbEvents: EventDialect = {
  fold: text => sql`event_fold(${text})`,
  startsWith: (text, part) => sql`starts_with(${text}, ${part})`,
  endsWith: (text, part) => sql`ends_with(${text}, ${part})`,
  contains: (text, part) => sql`contains(${text}, ${part})`,
  decimal: text => sql`event_decimal(${text})`,
  integer: text => sql`event_integer(${text})`,
  exact: digits => sql`CAST(${quote(digits)} AS HUGEINT)`,
  timePart: (text, part) => PARTS[part](text),
  inNetwork: (text, version, first, last) =>
    sql`(${version === 4 ? sql`ip4_key` : sql`ip6_key`}(${text}) BETWEEN ${first} AND ${last})`,
  initial: json => sql`${json}[1]`,
  textOf: json => sql`event_text(${json})`,
  numberOf: json => sql`TRY_CAST(${json} AS DOUBLE)`,
  values,
  texts: list => sql`event_texts(${list})`,
  listOf: (...texts) => sql`CAST([${join(texts, ', ')}] AS VARCHAR[])`,
  scalars: json => sql`event_scalars(${json})`,
  where: (name, value, body) => sql`list_transform([${value}], lambda ${name}: ${body})[1]`,
  some: (list, member, body) => sql`(len(list_filter(${list}, lambda ${member}: ${body})) > 0)`,
  someKnown: (list, member, body, none) =>
    sql`event_some(list_transform(${list}, lambda ${member}: ${body}), ${none})`,
  includes: (list, member) => sql`list_contains(${list}, ${member})`,
}

const PARTS: Readonly<Record<TimePart, (text: Sql) => Sql>> = {
  year: text => sql`event_date(${text}, CAST(left(${text}, 4) AS INTEGER))`,
  month: text => sql`event_date(${text}, CAST(substring(${text}, 6, 2) AS INTEGER))`,
  day: text => sql`event_date(${text}, CAST(substring(${text}, 9, 2) AS INTEGER))`,
  week: text => sql`event_date(${text}, event_week(${text}))`,
  hour: text => sql`event_clock(${text}, CAST(substring(${text}, 12, 2) AS INTEGER))`,
  minute: text => sql`event_clock(${text}, CAST(substring(${text}, 15, 2) AS INTEGER))`,
}

/** Mostly one value, and no list on the way to it. */
function values(place: JsonPlace): Sql {
  const { from, steps } = place
  const walked = sql`event_spread(${walk(sql`[${from}]`, 0, steps)})`
  const keys = straight(place)
  if (keys === undefined) return walked
  const ways = keys.map((_, at) => quote(pathText(keys.slice(0, at))))
  const crosses = sql`list_contains(json_type(${from}, [${join(ways, ', ')}]), 'ARRAY')`
  return sql`list_transform([${extracted(from, keys)}], lambda v: CASE
    WHEN v IS NULL THEN CASE WHEN ${crosses} THEN ${walked} ELSE [] END
    WHEN v[1] = '[' THEN event_spread([v]) ELSE [v] END)[1]`
}

/** The keys of a path that can be gone in one step; an engine's path has no way to say an empty key or one that is a star. */
function straight({ steps }: JsonPlace): readonly string[] | undefined {
  const keys = steps.flatMap(([step, other]) =>
    step === undefined || other !== undefined || isOdd(step.key) ? [] : [step.key],
  )
  return keys.length === steps.length ? keys : undefined
}

function isOdd(key: string): boolean {
  return key === '' || key === '*'
}

function extracted(from: Sql, keys: readonly string[]): Sql {
  return sql`CAST(json_extract(${from}, ${quote(pathText(keys))}) AS VARCHAR)`
}

function pathText(keys: readonly string[]): string {
  return `$${keys.map(key => `."${key.replace(/["\\]/g, '\\$&')}"`).join('')}`
}

/** The values behind the rest of the path; of each object the longest key that it has is gone into. */
function walk(list: Sql, at: number, steps: JsonPlace['steps']): Sql {
  const own = steps[at]
  if (own === undefined) return list
  const objects = sql`event_spread(${list})`
  const ways = own.map(({ next }, nth) => walk(stepped(objects, own.slice(0, nth + 1)), next, steps))
  const [only] = ways
  return ways.length === 1 && only !== undefined ? only : sql`list_concat(${join(ways, ', ')})`
}

/** What those members that have the last of these keys and none of the others have under it. */
function stepped(list: Sql, keys: readonly KeyStep[]): Sql {
  const found = keys.map(({ key }) => under(sql`e`, key))
  const last = found.at(-1) ?? sql`NULL`
  const none = found.slice(0, -1).map(other => sql`${other} IS NULL`)
  const value = none.length === 0 ? last : sql`CASE WHEN ${join(none, ' AND ')} THEN ${last} END`
  return sql`list_filter(list_transform(${list}, lambda e: CASE e[1] WHEN '{' THEN ${value} WHEN '?' THEN e END), lambda e: e IS NOT NULL)`
}

function under(object: Sql, key: string): Sql {
  return isOdd(key)
    ? sql`CAST(json_extract(${object}, ${quote(`/${key}`)}) AS VARCHAR)`
    : extracted(object, [key])
}
