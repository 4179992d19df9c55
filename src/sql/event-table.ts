import type { Field } from '../plan/expr.ts'
import type { Sql } from './sql.ts'

/** A table of events, each a JSON text, parts of which may have columns of their own. */
export interface EventTable {
  /** The whole event: compact JSON, in which numbers are written as JavaScript writes them. */
  readonly raw: Sql
  place(field: Field): FieldPlace
}

/** Where the values of a field are. */
export type FieldPlace =
  | { readonly kind: 'nowhere' }
  /** They cannot be said in SQL. */
  | { readonly kind: 'unknown'; readonly reason: string }
  | JsonPlace
  | ColumnPlace

/** Somewhere in a column of compact JSON; where it is null, nowhere. */
export interface JsonPlace {
  readonly kind: 'json'
  readonly from: Sql
  /** For each place of the path the keys that may stand there, the longest first. */
  readonly steps: readonly (readonly KeyStep[])[]
}

/** A key, and the place in the path behind it. */
export interface KeyStep {
  readonly key: string
  readonly next: number
}

/** The one value, a text, in a column; where that is null, nowhere, or elsewhere if `other.when` is true. */
export interface ColumnPlace {
  readonly kind: 'column'
  readonly text: Sql
  readonly other?: { readonly when: Sql; readonly place: JsonPlace }
}

/** The steps of a path whose every part is a key. */
export function plainSteps(path: readonly string[]): JsonPlace['steps'] {
  return path.map((key, at) => [{ key, next: at + 1 }])
}
