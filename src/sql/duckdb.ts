import type { Regex } from '../plan/expr.ts'
import type { FunctionName } from '../plan/functions.ts'
import type { Pattern } from '../plan/pattern.ts'
import type { JsonStep } from '../plan/scalar.ts'
import type { Dialect } from './dialect.ts'
import { aggregate } from './duckdb-aggregates.ts'
import { duckdbEvents } from './duckdb-events.ts'
import { integer, join, quote, type Sql, sql } from './sql.ts'

/** DuckDB's SQL. What takes more than a call is a macro of `duckdb-macros.ts`. */
export const duckdb: Dialect = {
  name: 'duckdb',
  events: duckdbEvents,
  once: sql`MATERIALIZED `,
  types: { text: sql`VARCHAR`, number: sql`DOUBLE`, boolean: sql`BOOLEAN`, list: sql`VARCHAR[]` },
  functions: functions(),
  like,
  search: (of, regex) => sql`regexp_matches(${of}, ${pattern(regex)})`,
  capture: (of, regex, group, all) =>
    all
      ? sql`nullif(list_filter(regexp_extract_all(${of}, ${pattern(regex)}, ${integer(group)}), lambda m: m <> ''), [])`
      : sql`nullif(regexp_extract(${of}, ${pattern(regex)}, ${integer(group)}), '')`,
  substitute: (of, regex, by, all) =>
    sql`regexp_replace(${of}, ${pattern(regex)}, ${quote(by)}, ${all ? sql`'g'` : sql`''`})`,
  json,
  list: members => (members.length === 0 ? sql`CAST(NULL AS VARCHAR[])` : sql`[${join(members, ', ')}]`),
  each(how, of, member, body) {
    if (how === 'map') return sql`list_members(list_transform(${of}, lambda ${member}: ${body}))`
    const kept = sql`list_filter(${of}, lambda ${member}: ${body})`
    return how === 'filter' ? sql`list_members(${kept})` : sql`(len(${kept}) > 0)`
  },
  aggregate,
  unnest(of, keepEmpty) {
    const list = keepEmpty ? sql`coalesce(${of}, [NULL])` : of
    return {
      lateral: sql``,
      member: sql`unnest(${list})`,
      place: sql`CAST(generate_subscripts(${list}, 1) - 1 AS DOUBLE)`,
    }
  },
}

/** Functions that are macros or built in under the plan's own name, called as they are. */
function named(fn: Sql): (...args: readonly Sql[]) => Sql {
  return (...args) => sql`${fn}(${join(args, ', ')})`
}

function infix(sign: Sql): (...args: readonly Sql[]) => Sql {
  return (...args) => sql`(${join(args, ` ${sign} `)})`
}

/** A number as DuckDB's whole one, null if it is too large. */
function whole(value: Sql | undefined): Sql {
  return sql`TRY_CAST(trunc(${value ?? sql`NULL`}) AS BIGINT)`
}

function bits(sign: Sql): (...args: readonly Sql[]) => Sql {
  return (left, right) => sql`CAST(${whole(left)} ${sign} ${whole(right)} AS DOUBLE)`
}

function functions(): Record<FunctionName, (...args: readonly Sql[]) => Sql> {
  return {
    number_of: named(sql`number_of`),
    text_of_number: named(sql`text_of_number`),
    add: infix(sql`+`),
    subtract: infix(sql`-`),
    multiply: infix(sql`*`),
    divide: (left, right) => sql`(${left ?? sql`NULL`} / nullif(${right ?? sql`NULL`}, 0))`,
    quotient: (left, right) =>
      sql`nullif(${left ?? sql`NULL`} / ${right ?? sql`NULL`}, CAST('NaN' AS DOUBLE))`,
    modulo: named(sql`modulo`),
    power: named(sql`pow`),
    round: named(sql`round_to`),
    floor: named(sql`floor`),
    ceiling: named(sql`ceil`),
    absolute: named(sql`abs`),
    square_root: named(sql`root_of`),
    exponential: named(sql`exp`),
    logarithm: named(sql`logarithm_of`),
    sine: named(sql`sin`),
    cosine: named(sql`cos`),
    tangent: named(sql`tan`),
    arcsine: named(sql`arcsine_of`),
    arccosine: named(sql`arccosine_of`),
    arctangent: named(sql`atan`),
    arctangent_of_two: named(sql`atan2`),
    fixed: named(sql`fixed_of`),
    fixed_grouped: named(sql`fixed_grouped_of`),
    hexadecimal: number => sql`format('{:x}', ${whole(number)})`,
    number_of_hexadecimal: named(sql`number_of_hexadecimal`),
    least: named(sql`least`),
    greatest: named(sql`greatest`),
    bit_and: bits(sql`&`),
    bit_or: bits(sql`|`),
    bit_xor: (left, right) => sql`CAST(xor(${whole(left)}, ${whole(right)}) AS DOUBLE)`,
    shift_left: (left, right) => sql`(${left ?? sql`NULL`} * pow(2, ${right ?? sql`NULL`}))`,
    shift_right: (left, right) => sql`floor(${left ?? sql`NULL`} / pow(2, ${right ?? sql`NULL`}))`,
    format_number: named(sql`printf`),
    format_integer: (code, value) => sql`printf(${code ?? sql`NULL`}, ${whole(value)})`,
    format_text: named(sql`printf`),
    concat: infix(sql`||`),
    lower: named(sql`lower`),
    upper: named(sql`upper`),
    length: args => sql`CAST(length(${args}) AS DOUBLE)`,
    substring: named(sql`substring_of`),
    place_of: (text, part) => sql`CAST(strpos(${text ?? sql`NULL`}, ${part ?? sql`NULL`}) AS DOUBLE)`,
    replace_text: named(sql`replace`),
    trim: named(sql`trim`),
    trim_left: named(sql`ltrim`),
    trim_right: named(sql`rtrim`),
    pad_left: named(sql`pad_left_of`),
    matches_glob: named(sql`matches_glob`),
    matches_like: named(sql`matches_like`),
    url_encode: named(sql`url_encode`),
    base64_encode: text => sql`base64(encode(${text}))`,
    base64_decode: text => sql`try(decode(from_base64(${text})))`,
    url_decode: text => sql`try(url_decode(${text}))`,
    text_of_boolean: named(sql`text_of_boolean`),
    character_of: named(sql`character_of`),
    hexadecimal_of_text: text => sql`lower(hex(encode(${text})))`,
    text_of_hexadecimal: text => sql`try(decode(unhex(${text})))`,
    luhn_valid: named(sql`luhn_valid`),
    edit_distance: (one, other) =>
      sql`CAST(levenshtein(${one ?? sql`NULL`}, ${other ?? sql`NULL`}) AS DOUBLE)`,
    md5: named(sql`md5`),
    sha1: named(sql`sha1`),
    sha256: named(sql`sha256`),
    matches: (of, pattern) => sql`TRY(regexp_matches(${of ?? sql`NULL`}, ${pattern ?? sql`NULL`}))`,
    replace_matches: (of, pattern, by) =>
      sql`TRY(regexp_replace(${of ?? sql`NULL`}, ${pattern ?? sql`NULL`}, ${by ?? sql`NULL`}, 'g'))`,
    number_in_base: named(sql`number_in_base`),
    number_in_any_base: named(sql`number_in_any_base`),
    list_of: (...members) => sql`list_members([${join(members, ', ')}])`,
    list_concat: (...lists) => sql`list_members(flatten([${join(lists, ', ')}]))`,
    list_length: list => sql`CAST(len(${list}) AS DOUBLE)`,
    list_join: named(sql`array_to_string`),
    list_at: named(sql`member_at`),
    list_slice: named(sql`members_from`),
    list_unique: named(sql`list_unique_of`),
    list_place: named(sql`place_in`),
    list_zip: named(sql`zipped`),
    list_range: named(sql`numbers_from`),
    list_least: named(sql`list_least`),
    list_greatest: named(sql`list_greatest`),
    exponential_average: named(sql`exponential_average`),
    list_sum: named(sql`sum_of_list`),
    list_sort: named(sql`list_sort`),
    list_reverse: named(sql`list_reverse`),
    list_contains: named(sql`list_contains`),
    split: named(sql`string_split`),
    separated: named(sql`separated_of`),
    format_time: named(sql`format_time`),
    parse_time: named(sql`parse_time`),
    floor_time: named(sql`floor_time`),
    months_later: named(sql`months_later`),
    stretch_starts: named(sql`stretch_starts`),
    ip_key: named(sql`ip_key`),
    in_network: named(sql`in_network`),
    json_valid: named(sql`json_valid`),
    json_keys: named(sql`keys_of_json`),
    json_with: named(sql`json_with`),
    json_with_at: named(sql`json_with_at`),
    json_entries: named(sql`json_entries`),
    json_reached: named(sql`json_reached`),
    json_quoted: named(sql`json_quoted`),
    json_value: named(sql`json_value_of`),
    json_longer: named(sql`json_longer`),
    json_inside: named(sql`json_inside`),
    json_of_list: list => sql`CAST(to_json(${list}) AS VARCHAR)`,
    json_type: named(sql`type_of_json`),
    json_members: named(sql`members_of_json`),
  }
}

function like(of: Sql, parts: Pattern, caseless: boolean): Sql {
  const [only] = parts
  const fold = (text: string): Sql => quote(caseless ? text.toLowerCase() : text)
  const side = caseless ? sql`lower(${of})` : of
  if (parts.length === 0) return sql`(${of} = '')`
  if (parts.length === 1 && typeof only === 'string') return sql`(${side} = ${fold(only)})`
  const text = parts.map(part =>
    typeof part === 'string' ? part.replace(/[\\%_]/g, '\\$&') : part.wild === 'any' ? '%' : '_',
  )
  return sql`(${side} LIKE ${fold(text.join(''))} ESCAPE '\\')`
}

/** With the flags inside, since options cannot say all of them. */
function pattern({ source, caseless, multiline, dotall }: Regex): Sql {
  const flags = `${caseless ? 'i' : ''}${multiline ? 'm' : ''}${dotall ? 's' : ''}`
  return quote(flags === '' ? source : `(?${flags})${source}`)
}

function json(of: Sql, path: readonly JsonStep[], type: 'text' | 'list'): Sql {
  const steps = path.map(step => {
    if (step === 'all') return '[*]'
    return 'key' in step ? `."${step.key.replace(/["\\]/g, '\\$&')}"` : `[${step.index}]`
  })
  const found = sql`json_extract_string(${of}, ${quote(`$${steps.join('')}`)})`
  const many = path.includes('all')
  const value =
    type === 'list' ? (many ? sql`list_members(CAST(${found} AS VARCHAR[]))` : sql`[${found}]`) : found
  return sql`CASE WHEN json_valid(${of}) THEN ${value} END`
}
