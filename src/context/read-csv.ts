import { CsvError, parse } from 'csv-parse/sync'
import type { Problems, Span } from '../core/diagnostic.ts'
import { placesIn } from '../core/places.ts'
import { limits } from './limits.ts'
import type { RawCell, RawRow, RawTable, Reading } from './raw.ts'

/**
 * Reads a table with a header row; `,`, `;` or a tab separates its cells, whichever the header has most of. `;` inside
 * a cell separates the values of a list, which is undone for the columns that hold one value.
 */
export function readCsv({ text, columns, problems }: Reading): RawTable {
  if (text.length > limits.csv) {
    problems.error('context/file-size', `a file of ${text.length} characters is too large`, {
      help: `the limit is ${limits.csv} characters`,
    })
    return { rows: [], broken: 0 }
  }
  const places = placesIn(text)
  const delimiter = delimiterOf(text)
  const rows: RawRow[] = []
  let header: readonly Placed[] | undefined
  let offset = text.startsWith('\ufeff') ? 1 : 0
  const take = ({ record, raw }: Row): void => {
    // csv-parse leaves one sign of each empty line that it skips before a row's text.
    const line = raw.replace(/^[\r\n]+/, '')
    const own = text.indexOf(line, offset)
    offset = own + line.length
    const spans = cellPlaces(text, own, offset, delimiter).map(([from, to]) => places(from, to))
    const cells = record.map((cell, place) => ({
      text: cell.trim(),
      at: spans[place] ?? places(own, own + 1),
    }))
    if (header === undefined) header = checkHeader(cells, columns, problems)
    else rows.push(rowOf(header, cells, places(own, own + 1)))
  }
  try {
    parse(text, {
      bom: true,
      raw: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
      max_record_size: limits.cell * limits.columns,
      on_record: row => {
        take(row as unknown as Row)
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.error('context/csv', `CSV: ${error.message}`, { at: places(offset, offset + 1) })
  }
  return { rows, broken: 0 }
}

/** A first line without a single column is a row whose header is missing. */
function checkHeader(
  cells: readonly Placed[],
  columns: readonly string[],
  problems: Problems,
): readonly Placed[] {
  const [first] = cells
  if (first !== undefined && !cells.some(({ text }) => columns.includes(text)))
    problems.error('context/header', 'the first line names no column of the table', {
      at: first.at,
      help: `write the names of the columns into the first line: ${columns.join(', ')}`,
    })
  return cells
}

interface Placed {
  readonly text: string
  readonly at: Span
}

/** What csv-parse gives for a row with the option `raw`. */
interface Row {
  readonly record: readonly string[]
  readonly raw: string
}

function rowOf(header: readonly Placed[], cells: readonly Placed[], at: Span): RawRow {
  const known = cells.slice(0, Math.max(header.length, 1)).flatMap((cell, place): readonly RawCell[] => {
    const name = header[place]
    if (name === undefined || cell.text === '') return []
    return [{ column: name.text, columnAt: name.at, values: [cell] }]
  })
  const surplus = cells.slice(header.length).filter(({ text }) => text !== '')
  const extra = surplus.map(cell => ({ column: '', columnAt: cell.at, values: [cell] }))
  return { at, cells: [...known, ...extra] }
}

/** From and to of each cell of a row, quotes included. */
function cellPlaces(
  text: string,
  from: number,
  to: number,
  delimiter: string,
): readonly (readonly [number, number])[] {
  const places: (readonly [number, number])[] = []
  let start = from
  let quoted = false
  for (let at = from; at < to; at++) {
    const sign = text[at]
    if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === delimiter || sign === '\n' || sign === '\r')) {
      places.push([start, at])
      start = at + 1
      if (sign !== delimiter) return places
    }
  }
  return [...places, [start, to]]
}

/** The separator of the first line that the line has most of. */
export function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const header = text.slice(0, Math.min(end < 0 ? text.length : end, 64 * 1024))
  const counts = [',', ';', '\t'].map(mark => [mark, header.split(mark).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
