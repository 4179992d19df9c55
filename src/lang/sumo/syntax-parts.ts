import type { Span } from '../../core/diagnostic.ts'

/** The name of a field as it is written, without the `%"…"` around an odd one; may hold `{{template}}` parameters. */
export interface Name {
  readonly name: string
  readonly at: Span
}

/** A text between quotes exactly as it is written, backslashes and `{{template}}` parameters included. */
export interface Text {
  readonly raw: string
  readonly at: Span
}

/** Something extracted under a name. */
export interface Extracted {
  readonly path: Text
  readonly as?: Name
}

/** Something at a place from 1, extracted under a name. */
export interface Numbered {
  readonly place: number
  readonly as: Name
}

/** A step of a comparison: `timeshift -1d 3 as before`. */
export interface Timeshift {
  readonly by: Text
  readonly times?: number
  readonly aggregate?: string
  readonly as?: Name
}

/** What `csv` and `split` take from a separated text. */
export interface Separated {
  readonly field: Name
  readonly settings: readonly Setting[]
  readonly items: readonly Numbered[]
  readonly nodrop: boolean
}

/** How `merge` and `transactionize` put the values of one field together. */
export interface Merged {
  readonly field: Name
  readonly how?: 'takeFirst' | 'takeLast' | 'takeDistinct' | 'count' | 'sum' | 'min' | 'max' | 'avg'
  readonly joinWith?: Text
  readonly as?: Name
}

/** A state of a transaction: a message whose text, or whose field, fits the pattern. */
export interface TransactionState {
  readonly pattern: Text
  readonly field?: Name
  readonly as?: Name
}

/** One of the patterns of `sessionize`: its stars are names, `$name` what a pattern before found. */
export interface SessionAnchor {
  readonly pattern: Text
  readonly as: readonly Name[]
}

/** A setting such as `window=5`, as it is written. */
export interface Setting {
  readonly key: string
  readonly value: Text
}
