import { CsvError, parse } from 'csv-parse/sync'
import type { JsonObject } from '../core/json.ts'
import { delimiterOf } from './csv.ts'
import { type Growing, put } from './put.ts'
import type { Source, Unwrapped } from './source.ts'
import { sources } from './sources.ts'
import { unwrap } from './unwrap.ts'

/** Names of columns as people give them. */
const NAME = /^[\p{L}_@#$][^\n"{}<>=;,|]{0,79}$/u
/** Those of a file that is called a table may have anything in them; what has no letter, or is a time, is a cell. */
const ANY_NAME = /^(?!\d{4}-\d\d-\d\d)(?=.*\p{L})[^\n]{1,200}$/u

/**
 * Is this the beginning of a table with a header? Its columns have names, each another, and the first row has as many cells. A file
 * whose name says that it is a table need not have a row.
 */
export function looksLikeTable(head: string, name = ''): boolean {
  if (/^\s*[{[<]/.test(head)) return false
  const named = /\.(?:csv|tsv)(?:\.\w+)?$/i.test(name)
  const [header, row] = firstRows(head)
  const isName = named ? ANY_NAME : NAME
  if (header === undefined || (header.length < 2 && !named)) return false
  const names = header.map(cell => cell.trim())
  // Tools that number their rows leave the first name out.
  if (
    new Set(names).size < names.length ||
    !names.every((one, place) => isName.test(one) || (place === 0 && one === ''))
  )
    return false
  return named || row?.length === header.length
}

/** Is this the beginning of a table whose rows are events or have them in a column: rows of Sentinel, Defender or Purview, downloads of CloudWatch Logs? */
export function looksLikeEventTable(head: string, known = sources): boolean {
  const [header = [], row = []] = firstRows(head)
  const record = plainRow(header, row)
  if (header.some(name => MESSAGE.test(name))) return isKnown(record, known)
  if (header.length <= 2) return false
  return record['AuditData'] !== undefined || sources.some(source => source.recognises(record))
}

/** Under which CloudWatch Logs, in its console and in Insights, downloads the line of a log. */
const MESSAGE = /^@?message$/

function isKnown(record: JsonObject, sources: readonly Source[]): boolean {
  let known = false
  const look = ({ kind }: Unwrapped): void => {
    known ||= kind === 'event' || kind === 'apart'
  }
  unwrap(record, look, sources)
  return known
}

/** Is this the beginning of a table whose first row is an event of a log that a mapping describes as a table? */
export function isMappedTable(head: string, known: readonly Source[]): boolean {
  const maps = known.filter(({ map }) => map?.form.kind === 'csv')
  if (maps.length === 0 || /^\s*[{[<]/.test(head)) return false
  const [header = [], row = []] = firstRows(head)
  const record = plainRow(header, row)
  return maps.some(source => source.recognises(record))
}

/** A row under the names of its columns; empty cells are left out, and cells too many get names of their own. */
export function plainRow(names: readonly string[], cells: readonly string[]): JsonObject {
  const row: Growing = {}
  cells.forEach((cell, place) => {
    if (cell !== '') put(row, names[place]?.trim() || `column${place + 1}`, cell)
  })
  return row
}

function firstRows(head: string): readonly (readonly string[])[] {
  const options = { bom: true, to: 2, relax_quotes: true, relax_column_count: true, skip_empty_lines: true }
  try {
    return parse(head, {
      ...options,
      delimiter: delimiterOf(head.slice(0, Math.max(head.search(/[\r\n]/), 0)) || head),
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return []
  }
}
