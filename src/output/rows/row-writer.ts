import type { Cell } from '../../plan/relation.ts'
import type { FormatOptions, Write } from '../report.ts'

/** Prints the rows of a search as they come. */
export interface RowWriter {
  begin(columns: readonly string[]): void
  rows(rows: readonly (readonly Cell[])[]): void
  end(): void
}

export type RowFormat = (write: Write, options: FormatOptions) => RowWriter

/** A cell as one text: the members of a list stand on lines of their own; nothing is empty. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  return typeof cell === 'object' ? cell.join('\n') : String(cell)
}
