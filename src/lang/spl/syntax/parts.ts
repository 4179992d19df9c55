import type { Span } from '../../../core/diagnostic.ts'

/** The name of a field, or of several if it holds `*`. */
export interface Name {
  readonly name: string
  readonly at: Span
}

/** `name=value`; the name in lower case, the value without its quotes. */
export interface Option {
  readonly name: string
  readonly value: string
  readonly at: Span
}

export type TermOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

export interface SortField {
  readonly field: Name
  readonly descending: boolean
  readonly how: 'auto' | 'ip' | 'num' | 'str'
}

export interface Renaming {
  readonly from: Name
  readonly to: Name
}

/** Which series of a chart are columns of their own: `max in top5`, `avg(bytes) > 100`. */
export interface SeriesTest {
  /** As it is written. */
  readonly text: string
  /** What is made of the values of a series, in lower case. */
  readonly fn: string
  readonly field?: string
  /** `in top5` and its like: so many from this end, or with `notin` all but these. */
  readonly from?: 'top' | 'bottom'
  readonly count?: number
  readonly negated: boolean
  /** Otherwise a comparison with a number. */
  readonly op?: string
  readonly value?: number
  readonly at: Span
}

export interface LookupField {
  /** The column of the table. */
  readonly column: Name
  /** The field of the events, which by default has the same name. */
  readonly field?: Name
}

/** `fields a b`, `filter x y` of multikv. */
export interface WordList {
  readonly name: string
  readonly words: readonly string[]
}

/** A moving average over so many rows. */
export interface Trend {
  readonly how: 'sma' | 'ema' | 'wma'
  readonly period: number
  readonly field: Name
  readonly as?: Name
}

/** `low=1-5`: both ends belong to it. */
export interface NamedRange {
  readonly name: string
  readonly low: number
  readonly high: number
}

export interface Renamed {
  readonly field: Name
  readonly as?: Name
}

/** Keys to sort by, and whether all of them are turned round. */
export interface Sorting {
  readonly limit?: number
  readonly keys: readonly SortField[]
  readonly flipped: boolean
}

/** `ctime(field) as new`. */
export interface Conversion {
  readonly fn: string
  readonly field: Name
  readonly as?: Name
}

/** `field`, `alias=field`, or `$field` for the bare value. */
export interface Returned {
  readonly alias?: string
  readonly value: boolean
  readonly field: Name
}

/** A whole value, with stars or without, and what it becomes. */
export interface Replacement {
  readonly from: string
  readonly to: string
}
