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
  url_decode: { args: ['text'], type: 'text' },
  text_of_boolean: { args: ['boolean'], type: 'text' },
  md5: { args: ['text'], type: 'text' },
  sha256: { args: ['text'], type: 'text' },
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
  list_sort: { args: ['list'], type: 'list' },
  list_contains: { args: ['list', 'text'], type: 'boolean' },
  split: { args: ['text', 'text'], type: 'list' },
  // times
  /** By a strftime pattern: %Y %m %d %H %M %S %f %p %I %a %A %b %B %j %y %U %w %s and %%. */
  format_time: { args: ['number', 'text'], type: 'text' },
  /** Null if it does not fit the pattern. */
  parse_time: { args: ['text', 'text'], type: 'number' },
  /** Down to a multiple of a step, both in seconds. */
  floor_time: { args: ['number', 'number'], type: 'number' },
  // networks
  /** 32 hexadecimal digits that sort as addresses do; null if it is none. */
  ip_key: { args: ['text'], type: 'text' },
  // JSON
  json_valid: { args: ['text'], type: 'boolean' },
  json_keys: { args: ['text'], type: 'list' },
  json_type: { args: ['text'], type: 'text' },
} as const satisfies Record<string, Signature>

export type FunctionName = keyof typeof functions
