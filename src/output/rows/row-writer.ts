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

const TIMES: ReadonlySet<string> = new Set(['_time', '_timeslice', '_messageTime', '_receiptTime'])

/** Does a column of that name hold times, as both languages have it? */
export function isTime(name: string): boolean {
  return TIMES.has(name)
}

/** The number that a cell is or reads as. */
export function numberOf(cell: Cell | undefined): number | undefined {
  if (typeof cell === 'number') return cell
  if (typeof cell !== 'string' || cell.trim() === '') return undefined
  const value = Number(cell)
  return Number.isFinite(value) ? value : undefined
}

/** Seconds or milliseconds since 1970 as UTC, as people read it; another text as it is. */
export function timeLabel(cell: Cell | undefined): string {
  const value = numberOf(cell)
  if (value === undefined) return cellText(cell)
  const time = new Date(Math.abs(value) > 1e11 ? value : value * 1000)
  return Number.isNaN(time.getTime()) ? String(value) : time.toISOString().slice(0, 19).replace('T', ' ')
}
