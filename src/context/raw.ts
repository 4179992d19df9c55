import type { Problems, Span } from '../core/diagnostic.ts'

/** A file of context, and its text. */
export interface ContextFile {
  /** As it is named in messages. */
  readonly file: string
  readonly text: string
}

/** May a file of this name hold a table? */
export function isTableFile(file: string): boolean {
  return /\.(ya?ml|csv)$/i.test(file)
}

/** `dir/approved_images.yaml` -> `approved_images` */
export function stemOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]*$/, '')
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
  /** Columns of the table. */
  readonly columns: readonly string[]
  readonly problems: Problems
}

/** What a reader makes of a file. */
export interface RawTable {
  readonly rows: readonly RawRow[]
  /** Rows whose cells cannot even be told apart; each was told of. */
  readonly broken: number
}
