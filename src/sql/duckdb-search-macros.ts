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
  // Times and places of what was taken, one after the other; the places are every second member.
  sql`CREATE OR REPLACE MACRO stretch_starts(x, span, most) AS list_transform(list_filter(
    list_reduce(list_transform(x, lambda m, place: [CAST(m AS DOUBLE), CAST(place AS DOUBLE)]),
      lambda a, m: CASE WHEN m[1] - a[-2] > span OR m[2] - a[-1] >= most THEN list_concat(a, m) ELSE a END),
    lambda s, place: place % 2 = 0), lambda s: CAST(s AS VARCHAR))`,
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
  sql`CREATE OR REPLACE MACRO list_least(x) AS list_transform([list_filter(x, lambda m: number_of(m) IS NOT NULL)],
    lambda n: CASE WHEN len(n) > 0
      THEN list_reduce(n, lambda a, b: CASE WHEN number_of(b) < number_of(a) THEN b ELSE a END) ELSE list_min(x) END)[1]`,
  sql`CREATE OR REPLACE MACRO list_greatest(x) AS list_transform([list_filter(x, lambda m: number_of(m) IS NULL)],
    lambda n: CASE WHEN len(n) > 0 THEN list_max(n)
      ELSE list_reduce(x, lambda a, b: CASE WHEN number_of(b) > number_of(a) THEN b ELSE a END) END)[1]`,
  sql`CREATE OR REPLACE MACRO sum_of_list(x) AS list_sum(list_transform(x, lambda m: number_of(m)))`,
  sql`CREATE OR REPLACE MACRO character_of(x) AS CASE WHEN x BETWEEN 1 AND 1114111 THEN chr(CAST(floor(x) AS INTEGER)) END`,
  sql`CREATE OR REPLACE MACRO members_of_json(x) AS
    CASE WHEN type_of_json(x) = 'ARRAY' THEN nullif(CAST(json_extract(x, '$[*]') AS VARCHAR[]), []) END`,
  sql`CREATE OR REPLACE MACRO json_quoted(x) AS coalesce(CAST(to_json(x) AS VARCHAR), 'null')`,
  sql`CREATE OR REPLACE MACRO json_value_of(x) AS list_transform([x], lambda v:
    CASE WHEN type_of_json(v) IN ('OBJECT', 'ARRAY', 'DOUBLE', 'UBIGINT', 'BIGINT') THEN v ELSE json_quoted(v) END)[1]`,
  sql`CREATE OR REPLACE MACRO json_longer(x, m) AS list_transform([[x, m]], lambda p:
    CASE WHEN coalesce(p[1], '[]') = '[]' THEN '[' || p[2] || ']'
    WHEN type_of_json(p[1]) = 'ARRAY' THEN p[1][:-2] || ',' || p[2] || ']'
    ELSE '[' || json_value_of(p[1]) || ',' || p[2] || ']' END)[1]`,
  sql`CREATE OR REPLACE MACRO json_inside(x) AS list_transform([x], lambda v:
    CASE WHEN type_of_json(v) = 'ARRAY' THEN v[2:-2] ELSE v END)[1]`,
  sql`CREATE OR REPLACE MACRO json_member(x, k) AS CAST(json_extract(x, '$."' || replace(k, '"', '\\"') || '"') AS VARCHAR)`,
  // What is null falls out when texts are joined.
  sql`CREATE OR REPLACE MACRO json_with(x, k, v) AS list_transform([[coalesce(x, '{}'), k, v]], lambda p:
    CASE WHEN type_of_json(p[1]) = 'OBJECT' THEN '{' || coalesce(array_to_string(list_transform(
      list_unique_of(list_append(json_keys(p[1]), p[2])),
      lambda key: json_quoted(key) || ':' || CASE WHEN key = p[2] THEN p[3] ELSE json_member(p[1], key) END), ','), '') || '}' END)[1]`,
  sql`CREATE OR REPLACE MACRO json_with_at(x, n, v) AS list_transform([[x, v]], lambda p:
    CASE WHEN type_of_json(p[1]) = 'ARRAY' THEN '[' || coalesce(array_to_string(list_transform(json_extract(p[1], '$[*]'),
      lambda m, place: CASE WHEN place = n + 1 THEN p[2] ELSE CAST(m AS VARCHAR) END), ','), '') || ']' END)[1]`,
  sql`CREATE OR REPLACE MACRO json_entries(x) AS list_transform([x], lambda v:
    CASE WHEN type_of_json(v) = 'OBJECT' THEN '[' || array_to_string(list_transform(json_keys(v),
      lambda key: '{"key":' || json_quoted(key) || ',"value":' || json_member(v, key) || '}'), ',') || ']' END)[1]`,
  sql`CREATE OR REPLACE MACRO exponential_average(x, part) AS list_reduce(list_transform(x, lambda m: number_of(m)),
    lambda a, m: a + (m - a) * part)`,
]
