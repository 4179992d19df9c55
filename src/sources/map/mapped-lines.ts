import type { JsonObject } from '../../core/json.ts'
import { never } from '../../core/never.ts'
import { apart } from '../apart.ts'
import type { LineRows } from '../line-tables.ts'
import { type Growing, put } from '../put.ts'
import type { Source } from '../source.ts'
import type { MapForm } from './source-map.ts'

type Delimited = Extract<MapForm, { readonly kind: 'delimited' }>

/** Reads the lines of a text that one of these logs recognises by its first line that is no comment and is an event, if there is one. */
export function mappedLines(head: string, sources: readonly Source[]): LineRows | undefined {
  for (const source of sources) {
    const form = source.map?.form
    const rows = form && lineReader(form)
    if (rows === undefined) continue
    const whole = head.includes('\n') ? head.slice(0, head.lastIndexOf('\n')) : head
    const found = firstRecord(whole, rows)
    if (found !== undefined && (source.recognises(found) || apart(found) !== undefined)) return rows
  }
  return undefined
}

/** Lines looked at for one that is no comment. */
const MOST_COMMENTS = 200

function firstRecord(head: string, rows: LineRows): JsonObject | undefined {
  let silent: JsonObject | undefined
  for (const line of head.split(/\r?\n/, MOST_COMMENTS)) {
    const record = line.trim() === '' ? 'header' : rows(line.trim())
    if (record === 'header') continue
    if (record === undefined || apart(record) === undefined) return record
    silent = record
  }
  return silent
}

function lineReader(form: MapForm): LineRows | undefined {
  switch (form.kind) {
    case 'json':
    case 'csv':
      return undefined
    case 'delimited':
      return delimitedReader(form)
    case 'pairs':
      return pairsOf
    case 'w3c':
      return fieldsReader()
    default:
      return never(form)
  }
}

const PAIR = /(?<!\S)([\w.-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S+))/g

/** Text that is no pair, such as what syslog puts in front, is passed over. */
function pairsOf(line: string): JsonObject | undefined {
  const found: Growing = {}
  for (const [, name = '', quoted, plain = ''] of line.matchAll(PAIR)) {
    const value = unquoted(quoted) ?? plain
    if (value !== '' && value !== '-' && !Object.hasOwn(found, name)) put(found, name, value)
  }
  return Object.keys(found).length === 0 ? undefined : found
}

/** The lines may change their fields on the way. */
function fieldsReader(): LineRows {
  let names: readonly string[] = []
  return line => {
    const fields = /^#Fields:\s*(.*)$/i.exec(line)?.[1]
    if (fields !== undefined) names = fields.trim().split(/\s+/)
    if (line.startsWith('#')) return 'header'
    const cells = blankCells(line)
    return cells.length === names.length ? rowOf(names, cells) : undefined
  }
}

function delimitedReader({ columns, separator, comment }: Delimited): LineRows {
  const split = separator === 'blank' ? blankCells : (line: string) => cellsOf(line, separator)
  return line => {
    if (comment !== undefined && line.startsWith(comment)) return 'header'
    const cells = split(line)
    return cells.length === columns.length ? rowOf(columns, cells) : undefined
  }
}

function rowOf(columns: readonly string[], cells: readonly string[]): JsonObject {
  const row: Growing = {}
  // `-` is how such logs write that there is nothing.
  columns.forEach((name, place) => {
    const cell = cells[place] ?? ''
    if (cell !== '' && cell !== '-') put(row, name, cell)
  })
  return row
}

/** Cells between blanks; what stands in quotes or brackets is one. */
function blankCells(line: string): readonly string[] {
  const found = line.matchAll(/"((?:[^"\\]|\\.)*)"(?=\s|$)|\[([^\]]*)\](?=\s|$)|(\S+)/g)
  return [...found].map(([, quoted, bracketed, plain]) => unquoted(quoted) ?? bracketed ?? plain ?? '')
}

function unquoted(cell: string | undefined): string | undefined {
  return cell?.replaceAll(/\\(["\\])/g, '$1')
}

/** Cells between single separators; one that begins with a quote ends with it, and doubled quotes stand for one. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = []
  for (let at = 0; at <= line.length; ) {
    const end = line[at] === '"' ? quoteEnd(line, at + 1) : -1
    if (end > 0 && (end + 1 === line.length || line.startsWith(separator, end + 1))) {
      cells.push(line.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 1 + separator.length
      if (end + 1 === line.length) return cells
    } else {
      const next = line.indexOf(separator, at)
      cells.push(next < 0 ? line.slice(at) : line.slice(at, next))
      if (next < 0) return cells
      at = next + separator.length
    }
  }
  return [...cells, '']
}

/** Where the quote ends that began before `from`; -1 if it does not. */
function quoteEnd(line: string, from: number): number {
  let at = line.indexOf('"', from)
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2)
  return at
}
