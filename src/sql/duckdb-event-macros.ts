import { type Sql, sql } from './sql.ts'

const number = sql`'[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?'`
const date = sql`'^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])'`
const clock = sql`'^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[T ]([01]\\d|2[0-3]):[0-5]\\d'`
/** Keys with their colon, texts, and what else stands between brackets and commas. */
const tokens = sql`'"(?:[^"\\\\]|\\\\.)*":?|[-0-9][-+0-9.eE]*|true|false'`

/** What conditions on events need of DuckDB; in this order. JSON values are compact JSON texts. */
export const duckdbEventMacros: readonly Sql[] = [
  // U+0130 is the one letter whose lower case is two.
  sql`CREATE OR REPLACE MACRO event_fold(x) AS lower(replace(x, '\u0130', 'i\u0307'))`,
  // More than a double holds is infinite.
  sql`CREATE OR REPLACE MACRO event_decimal(x) AS
    CASE WHEN length(x) <= 400 AND regexp_full_match(x, ${number}) THEN
      coalesce(TRY_CAST(x AS DOUBLE), CASE WHEN x[1] = '-' THEN CAST('-inf' AS DOUBLE) ELSE CAST('inf' AS DOUBLE) END) END`,
  // More than the engine holds is beyond whatever it is compared with.
  sql`CREATE OR REPLACE MACRO event_integer(x) AS
    CASE WHEN length(x) <= 400 AND regexp_full_match(x, '[-+]?\\d+') THEN
      coalesce(TRY_CAST(x AS HUGEINT), CASE WHEN x[1] = '-' THEN -CAST('1e38' AS HUGEINT) ELSE CAST('1e38' AS HUGEINT) END) END`,
  sql`CREATE OR REPLACE MACRO event_date(x, part) AS
    CASE WHEN regexp_matches(x, ${date}) THEN CAST(part AS DOUBLE) END`,
  sql`CREATE OR REPLACE MACRO event_clock(x, part) AS
    CASE WHEN regexp_matches(x, ${clock}) THEN CAST(part AS DOUBLE) END`,
  // After 400 years the days of the week are the same; a day behind the end of its month is one of the next.
  sql`CREATE OR REPLACE MACRO event_week(x) AS
    week(make_date(CAST(left(x, 4) AS INTEGER) + 400, CAST(substring(x, 6, 2) AS INTEGER), 1)
      + CAST(substring(x, 9, 2) AS INTEGER) - 1)`,
  sql`CREATE OR REPLACE MACRO event_text(x) AS CASE WHEN x[1] = '"' THEN json_extract_string(x, '$')
    WHEN x[1] IN ('{', '[') THEN as_written(x) WHEN x[1] IN ('n', '?') THEN NULL ELSE with_plus(x) END`,
  // The members of a list, of lists in it and so on; '?' if there are more than four lists in one another.
  sql`CREATE OR REPLACE MACRO event_members(x) AS CASE WHEN NOT contains(x[2:], '[') THEN
      CAST(json_extract(x, '$[*]') AS VARCHAR[])
    ELSE list_concat(CAST(json_extract(x, '$[*]') AS VARCHAR[]), CAST(json_extract(x, '$[*][*]') AS VARCHAR[]),
      CAST(json_extract(x, '$[*][*][*]') AS VARCHAR[]), CAST(json_extract(x, '$[*][*][*][*]') AS VARCHAR[]),
      CASE WHEN len(json_extract(x, '$[*][*][*][*][*]')) > 0 THEN ['?'] ELSE [] END) END`,
  sql`CREATE OR REPLACE MACRO event_spread(x) AS
    flatten(list_transform(x, lambda e: CASE WHEN e[1] = '[' THEN list_concat([e], event_members(e)) ELSE [e] END))`,
  sql`CREATE OR REPLACE MACRO event_texts(x) AS list_transform(
    list_filter(x, lambda e: e[1] NOT IN ('{', '[', 'n')), lambda e: event_text(e))`,
  sql`CREATE OR REPLACE MACRO event_some(x, y) AS list_transform([x], lambda b: CASE WHEN list_contains(b, TRUE) THEN TRUE
    WHEN len(b) = 0 THEN y WHEN len(list_filter(b, lambda one: one IS NULL)) = 0 THEN FALSE END)[1]`,
  sql`CREATE OR REPLACE MACRO event_scalars(x) AS
    list_filter(regexp_extract_all(x, ${tokens}), lambda t: t[-1] <> ':')`,
]
