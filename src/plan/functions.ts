import type { ColumnType } from './column-type.ts'

/** What a function takes and gives. A `...` type is repeated any number of times. */
interface Signature {
  readonly args: readonly (ColumnType | `...${ColumnType}`)[]
  readonly type: ColumnType
}

/**
 * The functions of the plan: strict in their types, null when an argument is null unless said otherwise. Each has
 * a line in `sql/functions.ts`. Texts count in code points; times are seconds since 1970 UTC.
 */
export const functions = {
  // numbers
  number_of: { args: ['text'], type: 'number' },
  text_of_number: { args: ['number'], type: 'text' },
  add: { args: ['number', 'number'], type: 'number' },
  subtract: { args: ['number', 'number'], type: 'number' },
  multiply: { args: ['number', 'number'], type: 'number' },
  /** Null for a zero divisor. */
  divide: { args: ['number', 'number'], type: 'number' },
  /** By zero it is infinite; null for zero by zero. */
  quotient: { args: ['number', 'number'], type: 'number' },
  modulo: { args: ['number', 'number'], type: 'number' },
  power: { args: ['number', 'number'], type: 'number' },
  /** Half away from zero, to a number of decimal places. */
  round: { args: ['number', 'number'], type: 'number' },
  floor: { args: ['number'], type: 'number' },
  ceiling: { args: ['number'], type: 'number' },
  absolute: { args: ['number'], type: 'number' },
  square_root: { args: ['number'], type: 'number' },
  exponential: { args: ['number'], type: 'number' },
  logarithm: { args: ['number'], type: 'number' },
  /** The smallest and largest, nulls left out. */
  least: { args: ['...number'], type: 'number' },
  greatest: { args: ['...number'], type: 'number' },
  sine: { args: ['number'], type: 'number' },
  cosine: { args: ['number'], type: 'number' },
  tangent: { args: ['number'], type: 'number' },
  arcsine: { args: ['number'], type: 'number' },
  arccosine: { args: ['number'], type: 'number' },
  arctangent: { args: ['number'], type: 'number' },
  arctangent_of_two: { args: ['number', 'number'], type: 'number' },
  /** With a number of decimal places, `1234.50`; and with commas, `1,234.50`. */
  fixed: { args: ['number', 'number'], type: 'text' },
  fixed_grouped: { args: ['number', 'number'], type: 'text' },
  hexadecimal: { args: ['number'], type: 'text' },
  number_of_hexadecimal: { args: ['text'], type: 'number' },
  /** Of whole numbers up to 2^53; the second of `shift_left` and `shift_right` is a number of bits. */
  bit_and: { args: ['number', 'number'], type: 'number' },
  bit_or: { args: ['number', 'number'], type: 'number' },
  bit_xor: { args: ['number', 'number'], type: 'number' },
  shift_left: { args: ['number', 'number'], type: 'number' },
  shift_right: { args: ['number', 'number'], type: 'number' },
  /** By one code of printf such as `%+05.2f`: of a number, of a whole number, of a text. */
  format_number: { args: ['text', 'number'], type: 'text' },
  format_integer: { args: ['text', 'number'], type: 'text' },
  format_text: { args: ['text', 'text'], type: 'text' },
  // texts
  /** Joined; null if any is null. */
  concat: { args: ['...text'], type: 'text' },
  lower: { args: ['text'], type: 'text' },
  upper: { args: ['text'], type: 'text' },
  length: { args: ['text'], type: 'number' },
  /** From a 1-based place (negative: from the end), at most so many. */
  substring: { args: ['text', 'number', 'number'], type: 'text' },
  /** 1-based place of the second in the first, 0 if it is not there. */
  place_of: { args: ['text', 'text'], type: 'number' },
  replace_text: { args: ['text', 'text', 'text'], type: 'text' },
  /** Without those characters at its ends. */
  trim: { args: ['text', 'text'], type: 'text' },
  trim_left: { args: ['text', 'text'], type: 'text' },
  trim_right: { args: ['text', 'text'], type: 'text' },
  pad_left: { args: ['text', 'number', 'text'], type: 'text' },
  /** The whole of the first against the second, in which `*` stands for anything. */
  matches_glob: { args: ['text', 'text'], type: 'boolean' },
  /** The same with `%` for anything, `_` for one character and a backslash before one that is meant. */
  matches_like: { args: ['text', 'text'], type: 'boolean' },
  url_encode: { args: ['text'], type: 'text' },
  base64_encode: { args: ['text'], type: 'text' },
  /** Null if it is none, or no UTF-8 inside. */
  base64_decode: { args: ['text'], type: 'text' },
  /** Null if it is none, or no UTF-8 inside. */
  url_decode: { args: ['text'], type: 'text' },
  text_of_boolean: { args: ['boolean'], type: 'text' },
  /** The character of a code point; null if there is none. */
  character_of: { args: ['number'], type: 'text' },
  /** The bytes of a text in UTF-8, two digits each; and the way back, null if it is none. */
  hexadecimal_of_text: { args: ['text'], type: 'text' },
  text_of_hexadecimal: { args: ['text'], type: 'text' },
  /** Do its digits have the check digit of a payment card? */
  luhn_valid: { args: ['text'], type: 'boolean' },
  /** Characters to add, remove or change to make one text of the other. */
  edit_distance: { args: ['text', 'text'], type: 'number' },
  md5: { args: ['text'], type: 'text' },
  sha1: { args: ['text'], type: 'text' },
  sha256: { args: ['text'], type: 'text' },
  /** Is there a match of the second, a regular expression, in the first? Null if it is none. */
  matches: { args: ['text', 'text'], type: 'boolean' },
  /** Every match of the second, a regular expression, replaced by the third, in which `\1` stands for a group; null if it is none. */
  replace_matches: { args: ['text', 'text', 'text'], type: 'text' },
  /** A whole number written in base 2, 8, 10 or 16. */
  number_in_base: { args: ['text', 'number'], type: 'number' },
  /** In any base from 2 to 36. */
  number_in_any_base: { args: ['text', 'number'], type: 'number' },
  // lists
  list_of: { args: ['...text'], type: 'list' },
  /** The members of all, one after the other; nulls left out, null if nothing is left. */
  list_concat: { args: ['...list'], type: 'list' },
  list_length: { args: ['list'], type: 'number' },
  /** Joined with a text between. */
  list_join: { args: ['list', 'text'], type: 'text' },
  /** The member at a 0-based place, negative from the end. */
  list_at: { args: ['list', 'number'], type: 'text' },
  /** From one place to another, both included. */
  list_slice: { args: ['list', 'number', 'number'], type: 'list' },
  /** Each value once, in the order of their first places. */
  list_unique: { args: ['list'], type: 'list' },
  /** 0-based place of the first member that is the text; null if none is. */
  list_place: { args: ['list', 'text'], type: 'number' },
  /** The members at the same places joined with a text between. */
  list_zip: { args: ['list', 'list', 'text'], type: 'list' },
  /** Numbers from the first up to, not including, the second, by a step. */
  list_range: { args: ['number', 'number', 'number'], type: 'list' },
  /** The least and the greatest member, numbers before texts. */
  list_least: { args: ['list'], type: 'text' },
  list_greatest: { args: ['list'], type: 'text' },
  /** Of numbers in order: what each leaves of the one before is 1 less a part. */
  exponential_average: { args: ['list', 'number'], type: 'number' },
  /** Of the members that are numbers; null if none is. */
  list_sum: { args: ['list'], type: 'number' },
  list_sort: { args: ['list'], type: 'list' },
  list_reverse: { args: ['list'], type: 'list' },
  list_contains: { args: ['list', 'text'], type: 'boolean' },
  split: { args: ['text', 'text'], type: 'list' },
  /** The fields of a text by a separator, some of them in quotes, in which an escape or a second quote stands before one. */
  separated: { args: ['text', 'text', 'text', 'text'], type: 'list' },
  // times
  /** By a strftime pattern: %Y %m %d %H %M %S %f %p %I %a %A %b %B %j %y %U %w %s and %%. */
  format_time: { args: ['number', 'text'], type: 'text' },
  /** Null if it does not fit the pattern. */
  parse_time: { args: ['text', 'text'], type: 'number' },
  /** Down to a multiple of a step, both in seconds. */
  floor_time: { args: ['number', 'number'], type: 'number' },
  /** So many months later, on the last day of the month if it has no such day. */
  months_later: { args: ['number', 'number'], type: 'number' },
  /**
   * Of numbers in order: the places, from 1, of the first and of each that is more than a distance behind the last one taken
   * or so many places behind it.
   */
  stretch_starts: { args: ['list', 'number', 'number'], type: 'list' },
  // networks
  /** 32 hexadecimal digits that sort as addresses do; null if it is none. */
  ip_key: { args: ['text'], type: 'text' },
  /** Is the address in the network, both as texts? Null if either is none. */
  in_network: { args: ['text', 'text'], type: 'boolean' },
  // JSON
  json_valid: { args: ['text'], type: 'boolean' },
  json_keys: { args: ['text'], type: 'list' },
  /** A JSON object with a value, itself JSON, under a key, or without the key if there is none; the other keys keep their places. */
  json_with: { args: ['text', 'text', 'text'], type: 'text' },
  /** A JSON list with another value at a 0-based place, or without it; as it is if it has no such place. */
  json_with_at: { args: ['text', 'number', 'text'], type: 'text' },
  /** A JSON list of `{"key":…,"value":…}` for each member of an object. */
  json_entries: { args: ['text'], type: 'text' },
  /** What a path such as `$.a[*].b` reaches, as a JSON list; null if it reaches nothing. */
  json_reached: { args: ['text', 'text'], type: 'text' },
  json_of_list: { args: ['list'], type: 'text' },
  /** The text in quotes, whatever it holds; `null` for nothing. */
  json_quoted: { args: ['text'], type: 'text' },
  /** The text itself if it is a JSON number, object or list, else in quotes; `null` for nothing. */
  json_value: { args: ['text'], type: 'text' },
  /** A JSON list with more behind it, or a list of what is there and that. */
  json_longer: { args: ['text', 'text'], type: 'text' },
  /** What stands between the brackets of a JSON list; anything else as it is. */
  json_inside: { args: ['text'], type: 'text' },
  json_type: { args: ['text'], type: 'text' },
  /** The members of a JSON list, each as JSON. */
  json_members: { args: ['text'], type: 'list' },
} as const satisfies Record<string, Signature>

export type FunctionName = keyof typeof functions
