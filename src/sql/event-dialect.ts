import type { TimePart } from '../plan/expr.ts'
import type { JsonPlace } from './event-table.ts'
import type { Sql } from './sql.ts'

/** What conditions on events ask of an engine beside what relations do. JSON values are compact JSON texts. */
export interface EventDialect {
  /** In lower case as JavaScript has it, but for the letters that `sharedCase` knows. */
  fold(text: Sql): Sql
  startsWith(text: Sql, part: Sql): Sql
  endsWith(text: Sql, part: Sql): Sql
  contains(text: Sql, part: Sql): Sql
  /** The number that a decimal text says; null if it says none. */
  decimal(text: Sql): Sql
  /** The integer that a text of nothing but digits says, exactly; null if it says none. */
  integer(text: Sql): Sql
  /** An integer of at most 37 digits, for comparisons with those. */
  exact(digits: string): Sql
  /** A part of an ISO 8601 time as it is written; null if it says none. */
  timePart(text: Sql, part: TimePart): Sql
  /** Is a text an address of this version, between two keys? */
  inNetwork(text: Sql, version: 4 | 6, first: Sql, last: Sql): Sql
  /** The first character of a JSON value, which tells its kind. */
  initial(json: Sql): Sql
  /** The text by which a JSON value is compared; null for a JSON null, and where it cannot be told. */
  textOf(json: Sql): Sql
  numberOf(json: Sql): Sql
  /** Every value of a field, also through lists; `TOO_DEEP` among them stands for those that were not looked into. */
  values(place: JsonPlace): Sql
  /** The texts of those members of a list of JSON values that are neither containers nor null. */
  texts(list: Sql): Sql
  /** A list of texts. */
  listOf(...texts: readonly Sql[]): Sql
  /** Every text, number and boolean in a JSON text, as JSON. */
  scalars(json: Sql): Sql
  /** `body` with a value under a name. */
  where(name: Sql, value: Sql, body: Sql): Sql
  /** Is `body` true for a member of the list? Null counts as false. */
  some(list: Sql, member: Sql, body: Sql): Sql
  /** The same, but null where no member is true and one is null, and `none` for an empty list. */
  someKnown(list: Sql, member: Sql, body: Sql, none: Sql): Sql
  includes(list: Sql, member: Sql): Sql
}

/** No JSON. */
export const TOO_DEEP = '?'
