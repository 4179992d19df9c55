import { parseTime } from '../core/time.ts'

/** When an approval holds: from `created` on, and before `expires`. UTC ms. */
export interface Validity {
  readonly created: number
  readonly reviewBy: number
  readonly expires: number
}

/** An entry of a table that was accepted. */
export interface Row {
  readonly table: string
  readonly file: string
  readonly line: number
  /** Column -> values as they are compared and shown; times are ISO 8601 UTC, sizes bytes. Never an empty list. */
  readonly cells: ReadonlyMap<string, readonly string[]>
  readonly validity?: Validity
}

/** The first value of a column. */
export function cell(row: Row, column: string): string | undefined {
  return row.cells.get(column)?.[0]
}

export function cells(row: Row, column: string): readonly string[] {
  return row.cells.get(column) ?? NONE
}

/** A column of type `time`, in UTC ms. */
export function timeCell(row: Row, column: string): number | undefined {
  const text = cell(row, column)
  return text === undefined ? undefined : parseTime(text)
}

/** Where the entry stands, and its ticket: `approved_images.yaml:12 (CHG-1)`. */
export function entryName(row: Row): string {
  const ticket = cell(row, 'ticket')
  return `${row.file}:${row.line}${ticket === undefined ? '' : ` (${ticket})`}`
}

const NONE: readonly string[] = []
