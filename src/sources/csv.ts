import { CsvError, parse } from 'csv-parse/sync'
import type { JsonObject } from '../core/json.ts'
import { EVENT_COLUMNS } from './column-names.ts'
import { columnOf, eventOf, isEventName } from './columns.ts'

/** Longer first lines are no header. */
const LONGEST_HEADER = 64 * 1024

/**
 * Is this the header of a table of CloudTrail events? It names the event and at least one more known column, as the
 * console's export, Athena, CloudTrail Lake and exports of S3 data events do, or a column that holds whole events.
 */
export function looksLikeCsv(firstLine: string): boolean {
  if (firstLine.length > LONGEST_HEADER || /^\s*[{[]/.test(firstLine)) return false
  const names = firstLine
    .replace(/^\uFEFF/, '')
    .split(delimiterOf(firstLine))
    .map(name => name.trim().replaceAll('"', ''))
  if (names.some(name => EVENT_COLUMNS.has(name))) return true
  return names.some(isEventName) && names.filter(name => columnOf(name).path !== undefined).length >= 2
}

/** What PowerShell writes above the header: `#TYPE Selected.System.Management.Automation.PSCustomObject`. */
export const TYPE_LINE = /^#TYPE [^\r\n]*\r?\n/

/** Makes the record of a row; made for a header. */
export type RowReader = (names: readonly string[]) => (cells: readonly string[]) => JsonObject

/**
 * Reads a table with a header row. Each row is emitted as a record for `unwrap`, with the number of the line it starts
 * on (from 1) and its text without the line's end. What breaks the table is told to `problem`; the rows before it are
 * kept. Without a `reader` the columns are CloudTrail's, as `looksLikeCsv` accepts them.
 */
export function csvRecords(
  text: string,
  emit: (row: JsonObject, line: number, text: string) => void,
  problem: (message: string) => void,
  reader: RowReader = trailRows,
): void {
  const table = text.replace(TYPE_LINE, '')
  let read: ((cells: readonly string[]) => JsonObject) | undefined
  let line = table.length === text.length ? 1 : 2
  const take = ({ record, raw }: Row): void => {
    // csv-parse leaves the line ends of skipped empty lines before a row's text, one character each.
    const own = raw.replace(/^[\r\n]+/, '').replace(/[\r\n]$/, '')
    const end = /[\r\n]$/.test(raw) ? 1 : 0
    line += raw.length - own.length - end
    if (read === undefined) read = reader(record)
    else emit(read(record), line, own)
    line += breaksIn(own) + end
  }
  try {
    parse(table, {
      ...OPTIONS,
      record_delimiter: ['\r\n', '\n'],
      delimiter: delimiterOf(table.slice(0, Math.max(table.search(/[\r\n]/), 0))),
      on_record: row => {
        take(row as unknown as Row)
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem(`the table breaks off after line ${line - 1}: ${error.message}`)
  }
}

function trailRows(names: readonly string[]): (cells: readonly string[]) => JsonObject {
  const columns = names.map(name => columnOf(name.trim()))
  return cells => eventOf(columns, cells)
}

const OPTIONS = {
  bom: true,
  raw: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
} as const

/** What csv-parse gives for a row with the option `raw`. */
interface Row {
  readonly record: readonly string[]
  readonly raw: string
}

function breaksIn(text: string): number {
  let breaks = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks += 1
  return breaks
}

/** What separates the names in a header: spreadsheets of some countries write semicolons. */
export function delimiterOf(header: string): string {
  const counts = [',', ';', '\t'].map(mark => [mark, header.split(mark).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
