import { duckdbEventMacros } from './duckdb-event-macros.ts'
import { duckdbSearchMacros } from './duckdb-search-macros.ts'
import { type Sql, sql } from './sql.ts'

const number = sql`'[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?'`
const octet = sql`(0|[1-9]\\d{0,2})`

/** What DuckDB must be taught before it can run our SQL; in this order. */
export const duckdbMacros: readonly Sql[] = [
  sql`CREATE OR REPLACE MACRO number_of(x) AS
    CASE WHEN regexp_full_match(trim(x), ${number}) THEN TRY_CAST(trim(x) AS DOUBLE) END`,
  sql`CREATE OR REPLACE MACRO text_of_number(x) AS
    CASE WHEN x = floor(x) AND abs(x) < 1e15 THEN CAST(CAST(x AS BIGINT) AS VARCHAR) ELSE CAST(x AS VARCHAR) END`,
  sql`CREATE OR REPLACE MACRO text_of_boolean(x) AS CASE WHEN x THEN 'True' WHEN NOT x THEN 'False' END`,
  // Every second digit from the right counts twice, its digits added up.
  sql`CREATE OR REPLACE MACRO luhn_of(d) AS len(d) BETWEEN 12 AND 19 AND list_sum(list_transform(
    string_split(reverse(d), ''), lambda c, place: CASE WHEN place % 2 = 1 THEN CAST(c AS INTEGER)
      ELSE CAST(c AS INTEGER) * 2 - CASE WHEN c > '4' THEN 9 ELSE 0 END END)) % 10 = 0`,
  sql`CREATE OR REPLACE MACRO luhn_valid(x) AS luhn_of(regexp_replace(x, '[^0-9]', '', 'g'))`,
  sql`CREATE OR REPLACE MACRO modulo(x, y) AS x - nullif(y, 0) * trunc(x / nullif(y, 0))`,
  // The nudge makes 1.005 round as it is written.
  sql`CREATE OR REPLACE MACRO round_to(x, n) AS
    CASE WHEN abs(x) < 1e15 THEN round(x + sign(x) * abs(x) * 1e-15, TRY_CAST(n AS INTEGER)) ELSE x END`,
  sql`CREATE OR REPLACE MACRO root_of(x) AS CASE WHEN x >= 0 THEN sqrt(x) END`,
  sql`CREATE OR REPLACE MACRO logarithm_of(x) AS CASE WHEN x > 0 THEN ln(x) END`,
  sql`CREATE OR REPLACE MACRO substring_of(x, f, n) AS
    CASE WHEN n > 0 THEN substring(x, TRY_CAST(f AS BIGINT), CAST(least(n, 4294967295) AS BIGINT)) WHEN n <= 0 THEN '' END`,
  // A list is never empty and holds no nulls.
  sql`CREATE OR REPLACE MACRO list_members(x) AS nullif(list_filter(x, lambda m: m IS NOT NULL), [])`,
  sql`CREATE OR REPLACE MACRO member_at(x, n) AS
    list_extract(x, CAST(CASE WHEN n < 0 THEN n ELSE n + 1 END AS BIGINT))`,
  sql`CREATE OR REPLACE MACRO members_from(x, f, t) AS nullif(list_slice(x,
    CAST(CASE WHEN f < 0 THEN greatest(len(x) + f, 0) + 1 ELSE f + 1 END AS BIGINT),
    CAST(CASE WHEN t < 0 THEN len(x) + t + 1 ELSE t + 1 END AS BIGINT)), [])`,
  sql`CREATE OR REPLACE MACRO list_unique_of(x) AS
    list_filter(x, lambda m, place: list_position(x, m) = place)`,
  sql`CREATE OR REPLACE MACRO moment_of(x) AS make_timestamp(CAST(round(x * 1000000) AS BIGINT))`,
  sql`CREATE OR REPLACE MACRO format_time(x, f) AS
    CASE WHEN abs(x) < 200000000000 THEN strftime(moment_of(x), f) END`,
  sql`CREATE OR REPLACE MACRO parse_time(x, f) AS epoch_us(try_strptime(x, f)) / 1000000.0`,
  sql`CREATE OR REPLACE MACRO floor_time(x, step) AS floor(x / nullif(step, 0)) * step`,
  sql`CREATE OR REPLACE MACRO ip4_key(x) AS
    CASE WHEN regexp_full_match(x, '${octet}(\\.${octet}){3}')
      AND greatest(CAST(split_part(x, '.', 1) AS INTEGER), CAST(split_part(x, '.', 2) AS INTEGER),
                   CAST(split_part(x, '.', 3) AS INTEGER), CAST(split_part(x, '.', 4) AS INTEGER)) < 256
    THEN printf('00000000000000000000ffff%02x%02x%02x%02x',
      CAST(split_part(x, '.', 1) AS INTEGER), CAST(split_part(x, '.', 2) AS INTEGER),
      CAST(split_part(x, '.', 3) AS INTEGER), CAST(split_part(x, '.', 4) AS INTEGER)) END`,
  sql`CREATE OR REPLACE MACRO ip6_groups(x) AS list_filter(string_split(lower(x), ':'), lambda g: g <> '')`,
  sql`CREATE OR REPLACE MACRO ip6_join(l, r) AS CASE WHEN len(l) + len(r) <= 8 THEN
    array_to_string(list_transform(
      list_concat(l, list_transform(range(8 - len(l) - len(r)), lambda n: '0'), r),
      lambda g: lpad(g, 4, '0')), '') END`,
  sql`CREATE OR REPLACE MACRO ip4_tail(x) AS
    list_transform([x], lambda y: regexp_replace(ip4_key(y), '^.*(....)(....)$', '\\1:\\2'))[1]`,
  // An address of version 4 may stand at the end, as in ::ffff:192.0.2.7.
  sql`CREATE OR REPLACE MACRO ip6_grouped(x) AS CASE WHEN contains(x, '.') THEN
    list_transform([ip4_tail(regexp_extract(x, '[^:]*$'))], lambda t: regexp_replace(x, '[^:]*$', '') || t)[1] ELSE x END`,
  sql`CREATE OR REPLACE MACRO ip6_key_of(x) AS
    CASE WHEN regexp_full_match(x, '([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}') THEN ip6_join(ip6_groups(x), [])
    WHEN regexp_full_match(x, '(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4})?::(([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4})?')
      AND len(ip6_groups(x)) < 8
    THEN ip6_join(ip6_groups(split_part(x, '::', 1)), ip6_groups(split_part(x, '::', 2))) END`,
  sql`CREATE OR REPLACE MACRO ip6_key(x) AS
    list_transform([ip6_grouped(x)], lambda z: ip6_key_of(z))[1]`,
  sql`CREATE OR REPLACE MACRO ip_key(x) AS CASE WHEN contains(x, ':') THEN ip6_key(x) ELSE ip4_key(x) END`,
  // The engine prints 1e21 and \\u001F where JavaScript prints 1e+21 and \\u001f.
  sql`CREATE OR REPLACE MACRO with_plus(x) AS regexp_replace(x, '([0-9])e([0-9])', '\\1e+\\2', 'g')`,
  sql`CREATE OR REPLACE MACRO small_escapes(x) AS replace(list_reduce(
    ['0B', '0E', '0F', '1A', '1B', '1C', '1D', '1E', '1F'],
    lambda text, code: replace(text, '\\u00' || code, '\\u00' || lower(code)),
    replace(x, '\\\\', chr(1))), chr(1), '\\\\')`,
  sql`CREATE OR REPLACE MACRO as_written(x) AS
    CASE WHEN regexp_matches(x, '[0-9]e[0-9]|\\\\u00[01][A-F]') THEN array_to_string(list_transform(
      regexp_extract_all(x, '"(?:[^"\\\\]|\\\\.)*"|[^"]+'),
      lambda part: CASE WHEN part[1] = '"' THEN small_escapes(part) ELSE with_plus(part) END), '') ELSE x END`,
  // A field of stored JSON as searches see it; `shown_null` is what a JSON null reads as. Mostly it is a text or missing: each
  // look at its kind reads the JSON anew, so that comes first.
  sql`CREATE OR REPLACE MACRO json_field(x, path, shown_null) AS
    CASE WHEN coalesce(json_type(x, path), 'VARCHAR') = 'VARCHAR' THEN json_extract_string(x, path) ELSE CASE json_type(x, path)
    WHEN 'NULL' THEN shown_null WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN NULL
    WHEN 'DOUBLE' THEN with_plus(json_extract_string(x, path)) ELSE json_extract_string(x, path) END END`,
  sql`CREATE OR REPLACE MACRO json_leaf(x, path) AS
    CASE WHEN coalesce(json_type(x, path), 'VARCHAR') = 'VARCHAR' THEN json_extract_string(x, path) ELSE CASE json_type(x, path)
    WHEN 'NULL' THEN NULL WHEN 'OBJECT' THEN NULL WHEN 'ARRAY' THEN as_written(json_extract_string(x, path))
    WHEN 'DOUBLE' THEN with_plus(json_extract_string(x, path)) ELSE json_extract_string(x, path) END END`,
  sql`CREATE OR REPLACE MACRO json_reached(x, path) AS
    CASE WHEN json_valid(x) THEN nullif(CAST(to_json(json_extract(x, path)) AS VARCHAR), '[]') END`,
  sql`CREATE OR REPLACE MACRO arcsine_of(x) AS CASE WHEN abs(x) <= 1 THEN asin(x) END`,
  sql`CREATE OR REPLACE MACRO arccosine_of(x) AS CASE WHEN abs(x) <= 1 THEN acos(x) END`,
  sql`CREATE OR REPLACE MACRO fixed_of(x, n) AS format('{:.' || CAST(CAST(n AS INTEGER) AS VARCHAR) || 'f}', x)`,
  sql`CREATE OR REPLACE MACRO fixed_grouped_of(x, n) AS
    format('{:,.' || CAST(CAST(n AS INTEGER) AS VARCHAR) || 'f}', x)`,
  sql`CREATE OR REPLACE MACRO number_of_hexadecimal(x) AS
    CAST(TRY_CAST('0x' || regexp_replace(x, '^0[xX]', '') AS BIGINT) AS DOUBLE)`,
  sql`CREATE OR REPLACE MACRO pad_left_of(x, n, fill) AS
    CASE WHEN length(x) < n THEN lpad(x, CAST(n AS INTEGER), fill) ELSE x END`,
  sql`CREATE OR REPLACE MACRO matches_glob(x, p) AS x LIKE replace(replace(replace(replace(p,
    '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '*', '%') ESCAPE '\\'`,
  // A separator is one character or a few; before the quotes of a field there may be spaces.
  sql`CREATE OR REPLACE MACRO field_pattern(d, q, e) AS '(?s)([ \t]*' || q || '(?:[^' || q || e || ']|' || e || '.|' || q || q || ')*'
    || q || '|.*?)' || d`,
  sql`CREATE OR REPLACE MACRO separated_of(x, d, q, e) AS list_transform(
    regexp_extract_all(x || d, field_pattern(regexp_escape(d), regexp_escape(q), regexp_escape(e)), 1),
    lambda m: CASE WHEN starts_with(ltrim(m), q) AND ends_with(m, q) AND length(ltrim(m)) > 1
      THEN regexp_replace(replace(ltrim(m)[2:-2], q || q, q), '(?s)' || regexp_escape(e) || '(.)', '\\1', 'g') ELSE m END)`,
  sql`CREATE OR REPLACE MACRO keys_of_json(x) AS CASE WHEN json_valid(x) THEN nullif(json_keys(x), []) END`,
  sql`CREATE OR REPLACE MACRO type_of_json(x) AS CASE WHEN json_valid(x) THEN json_type(x) END`,
  sql`CREATE OR REPLACE MACRO number_in_base(x, base) AS CASE base
    WHEN 16 THEN TRY_CAST('0x' || regexp_replace(lower(trim(x)), '^0x', '') AS BIGINT)
    WHEN 2 THEN list_reduce(list_transform(CASE WHEN regexp_full_match(x, '[01]{1,53}') THEN string_split(x, '') END,
      lambda d: CAST(d AS DOUBLE)), lambda a, d: a * 2 + d)
    WHEN 8 THEN list_reduce(list_transform(CASE WHEN regexp_full_match(x, '[0-7]{1,17}') THEN string_split(x, '') END,
      lambda d: CAST(d AS DOUBLE)), lambda a, d: a * 8 + d)
    WHEN 10 THEN number_of(x) END`,
  sql`CREATE OR REPLACE MACRO place_in(x, m) AS CAST(nullif(list_position(x, m), 0) - 1 AS DOUBLE)`,
  sql`CREATE OR REPLACE MACRO zipped(x, y, d) AS CASE WHEN x IS NOT NULL AND y IS NOT NULL THEN
    list_transform(range(1, least(len(x), len(y)) + 1), lambda n: x[n] || d || y[n]) END`,
  sql`CREATE OR REPLACE MACRO numbers_from(x, y, s) AS
    list_members(list_transform(range(0, CAST(least(greatest(ceil((y - x) / s), 0), 100000) AS BIGINT)),
      lambda n: text_of_number(x + n * s)))`,
  ...duckdbEventMacros,
  ...duckdbSearchMacros,
]
