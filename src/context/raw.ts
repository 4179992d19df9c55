import type { Problems, Span } from '../core/diagnostic.ts'

/** A file of context, and its text. */
export interface ContextFile {
  /** As it is named in messages. */
  readonly file: string
  readonly text: string
}

/** A row as written: texts, each with its place. An empty cell is not there. */
export interface RawRow {
  readonly at: Span
  readonly cells: readonly RawCell[]
}

export interface RawCell {
  readonly column: string
  readonly columnAt: Span
  readonly values: readonly RawValue[]
}

export interface RawValue {
  readonly text: string
  readonly at: Span
}

/** What a reader of files is given. */
export interface Reading {
  readonly text: string
  readonly problems: Problems
}
