import { type Sql, sql } from './sql.ts'

/** What DuckDB must be taught for the functions that only searches have; behind `duckdbMacros`, which they use. */
export const duckdbSearchMacros: readonly Sql[] = [
  sql`CREATE OR REPLACE MACRO matches_like(x, p) AS x LIKE p ESCAPE '\\'`,
  sql`CREATE OR REPLACE MACRO digits_of(x) AS list_transform(string_split(lower(trim(x)), ''),
    lambda d: CAST(strpos('0123456789abcdefghijklmnopqrstuvwxyz', d) - 1 AS DOUBLE))`,
  sql`CREATE OR REPLACE MACRO number_in_any_base(x, base) AS CASE
    WHEN base BETWEEN 2 AND 36 AND trim(x) <> '' AND length(x) < 60
      AND len(list_filter(digits_of(x), lambda d: d < 0 OR d >= base)) = 0
    THEN list_reduce(digits_of(x), lambda a, d: a * base + d) END`,
  sql`CREATE OR REPLACE MACRO months_later(x, n) AS
    CASE WHEN abs(x) < 200000000000 AND abs(n) < 120000
      THEN epoch_us(moment_of(x) + to_months(CAST(n AS INTEGER))) / 1000000.0 END`,
  sql`CREATE OR REPLACE MACRO span_starts(x, span) AS list_transform(
    list_reduce(list_transform(x, lambda m: [CAST(m AS DOUBLE)]),
      lambda a, m: CASE WHEN m[1] - a[-1] > span THEN list_append(a, m[1]) ELSE a END),
    lambda s: CAST(s AS VARCHAR))`,
  sql`CREATE OR REPLACE MACRO place_among(x, v) AS
    CAST(len(list_filter(x, lambda s: CAST(s AS DOUBLE) <= v)) AS DOUBLE)`,
  // Networks whose text is only known by row: the digits of both keys as far as the prefix goes.
  sql`CREATE OR REPLACE MACRO prefix_bits(n) AS
    coalesce(TRY_CAST(split_part(n, '/', 2) AS INTEGER), 128) + CASE WHEN contains(n, ':') OR NOT contains(n, '/') THEN 0 ELSE 96 END`,
  sql`CREATE OR REPLACE MACRO digit_at(x, bits) AS TRY_CAST('0x' || substring(x, bits // 4 + 1, 1) AS INTEGER)
    // CAST(pow(2, 4 - bits % 4) AS INTEGER)`,
  sql`CREATE OR REPLACE MACRO same_bits(x, y, bits) AS CASE WHEN bits BETWEEN 0 AND 128 THEN
    substring(x, 1, bits // 4) = substring(y, 1, bits // 4)
    AND (bits % 4 = 0 OR digit_at(x, bits) = digit_at(y, bits)) END`,
  sql`CREATE OR REPLACE MACRO in_network(x, n) AS same_bits(ip_key(x), ip_key(split_part(n, '/', 1)), prefix_bits(n))`,
  // A list of one binds its value once, where a macro would repeat what computes it.
  sql`CREATE OR REPLACE MACRO json_merged(x, y) AS list_transform([[x, y]], lambda p:
    CASE WHEN json_valid(p[1]) AND json_valid(p[2]) THEN CAST(json_merge_patch(p[1], p[2]) AS VARCHAR) END)[1]`,
  sql`CREATE OR REPLACE MACRO json_quoted(x) AS coalesce(CAST(to_json(x) AS VARCHAR), 'null')`,
  sql`CREATE OR REPLACE MACRO json_value_of(x) AS list_transform([x], lambda v:
    CASE WHEN type_of_json(v) IN ('OBJECT', 'ARRAY', 'DOUBLE', 'UBIGINT', 'BIGINT') THEN v ELSE json_quoted(v) END)[1]`,
  sql`CREATE OR REPLACE MACRO json_longer(x, m) AS list_transform([[x, m]], lambda p:
    CASE WHEN coalesce(p[1], '[]') = '[]' THEN '[' || p[2] || ']'
    WHEN type_of_json(p[1]) = 'ARRAY' THEN p[1][:-2] || ',' || p[2] || ']'
    ELSE '[' || json_value_of(p[1]) || ',' || p[2] || ']' END)[1]`,
  sql`CREATE OR REPLACE MACRO json_inside(x) AS list_transform([x], lambda v:
    CASE WHEN type_of_json(v) = 'ARRAY' THEN v[2:-2] ELSE v END)[1]`,
]
