import { Problems } from '../../core/diagnostic.ts'
import { isObject, type Json, textMember } from '../../core/json.ts'
import { checkRow } from '../check-row.ts'
import type { Table } from '../column.ts'
import { limits } from '../limits.ts'
import { keyOf } from '../overlaps.ts'
import type { RawRow } from '../raw.ts'
import { tableNamed } from '../tables/index.ts'
import { csvTable } from './csv-table.ts'
import type { EditableTable } from './editable-table.ts'
import type { ImportedCells, Importer } from './importer.ts'
import { IMPORTERS, recognise } from './importers.ts'
import { printed } from './printed.ts'
import { yamlTable } from './yaml-table.ts'

export interface ImportOptions {
  /** The table that is wanted; the one that the file is about if nobody says. */
  readonly table?: string
  /** Columns that the cloud does not know, for rows that do not have them. */
  readonly fill: ReadonlyMap<string, string>
  /** `2024-05-01`, for `last_verified`. */
  readonly day: string
}

export interface ImportResult {
  readonly table: string
  readonly prints: string
  readonly text: string
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  /** Rows of the table that the file does not speak of; they stay. */
  readonly untouched: number
  readonly refused: readonly RefusedItem[]
}

export interface RefusedItem {
  readonly item: number
  readonly message: string
  /** It has not all columns that the table asks for. */
  readonly lacking?: true
}

/** Which tables a text is about, at least one; a text is the reason why it cannot be told. */
export function recognised(text: string, wanted?: string): readonly Recognition[] | string {
  const read = printed(text)
  if (typeof read === 'string') return read
  const more = goesOn(read.value)
  const found = recognise(read.value, wanted)
  const named = found.slice(0, wanted === undefined ? found.length : 1).flatMap(one => {
    const table = tableNamed(wanted ?? one.importer.tables[0])
    return table === undefined ? [] : [{ ...one, table, ...(more === undefined ? {} : { more }) }]
  })
  return named.length > 0 ? named : whyNot(text, wanted)
}

function whyNot(text: string, wanted: string | undefined): string {
  if (text.trim() === '') return 'it is empty'
  const known = IMPORTERS.filter(({ tables }) => wanted === undefined || tables.includes(wanted))
  const prints = [...new Set(known.map(one => one.prints))].join(', ')
  const what = /^\s*[[{]/.test(text) ? 'nothing' : 'no JSON, and no table,'
  const as = wanted === undefined ? '' : ` as ${wanted}`
  return `it is ${what} that can be imported${as}; there is ${prints || 'nothing for that table'}`
}

/** What the clouds write behind a list that is cut off. */
const MORE = ['NextToken', 'nextToken', 'Marker', 'ContinuationToken', 'nextPageToken', 'nextLink']

function goesOn(value: Json): string | undefined {
  return isObject(value) ? MORE.find(name => (textMember(value, name) ?? '') !== '') : undefined
}

export interface Recognition {
  readonly importer: Importer
  readonly items: readonly Json[]
  readonly table: Table
  /** The member that says that this is not the whole list. */
  readonly more?: string
}

/**
 * Merges what a cloud printed into the text of a table (empty for a new one). Facts of the cloud replace what is there; what
 * people fill in, and columns of their own, stay. Doing it twice changes nothing.
 */
export function importTable(
  { importer, items, table }: Recognition,
  existing: { readonly file: string; readonly text: string },
  { fill, day }: Omit<ImportOptions, 'table'>,
): ImportResult {
  const target = /\.csv$/i.test(existing.file)
    ? csvTable(existing.text, table)
    : yamlTable(existing.text, table)
  const known = new Set(target.keys)
  const seen = new Set<string>()
  const counts = { added: 0, updated: 0, unchanged: 0 }
  const refused: RefusedItem[] = []
  items.slice(0, limits.rows).forEach((given, item) => {
    const row = rowOf(given, importer, table, fill)
    if ('message' in row) {
      refused.push({ item, ...row })
      return
    }
    const key = keyOf(row, table)
    const why = seen.has(key) ? 'it stands twice in the file' : target.refuses(row.cells)
    if (why !== undefined) {
      refused.push({ item, message: why })
      return
    }
    seen.add(key)
    const cells = new Map(row.cells)
    if (!cells.has('source')) cells.set('source', [importer.prints])
    counts[known.has(key) ? merge(target, key, cells, fill) : add(target, key, cells, day)] += 1
    if (known.has(key)) target.set(key, 'last_verified', [day])
  })
  if (items.length > limits.rows)
    refused.push({ item: limits.rows, message: `and all after it: ${limits.rows} are the limit` })
  const untouched = target.keys.filter(key => !seen.has(key)).length
  return { table: table.name, prints: importer.prints, text: target.text(), ...counts, untouched, refused }
}

/** Columns in which what people say counts more than what a cloud does. */
const PEOPLES = ['data_owner', 'owner', 'classification', 'relation', 'environment', 'source', 'provenance']

function merge(
  target: EditableTable,
  key: string,
  cells: ReadonlyMap<string, readonly string[]>,
  fill: ImportOptions['fill'],
): 'updated' | 'unchanged' {
  let changed = false
  for (const [column, values] of cells) {
    const before = target.get(key, column)
    const theirs = before.length > 0 && (PEOPLES.includes(column) || fill.has(column))
    if (theirs || before.join('\n') === values.join('\n')) continue
    target.set(key, column, values)
    changed = true
  }
  return changed ? 'updated' : 'unchanged'
}

function add(
  target: EditableTable,
  key: string,
  cells: ReadonlyMap<string, readonly string[]>,
  day: string,
): 'added' {
  target.add(key, new Map([...cells, ['last_verified', [day]]]))
  return 'added'
}

const NOWHERE = { start: 0, end: 1, line: 1, column: 1 }

/** The row of an item, checked like one that somebody wrote; or what is wrong with it. */
function rowOf(
  given: Json,
  importer: Importer,
  table: Table,
  fill: ImportOptions['fill'],
): { readonly cells: ReadonlyMap<string, readonly string[]> } | Omit<RefusedItem, 'item'> {
  const item = unpacked(given)
  const made = isObject(item) ? importer.row(item) : 'it is no object'
  if (typeof made === 'string') return { message: made }
  const problems = new Problems()
  const row = checkRow(rawRow(made, table, fill), table, '', problems)
  if (row !== undefined) return row
  const lacking = problems.list.some(({ code }) => code === 'context/missing-column')
  const message = problems.list.map(one => one.message).join('; ')
  return { message, ...(lacking ? { lacking } : {}) }
}

/** The results of Config's queries are texts that hold JSON. */
function unpacked(item: Json): Json {
  if (typeof item !== 'string' || !item.startsWith('{')) return item
  const read = printed(item)
  return typeof read === 'string' ? item : read.value
}

function rawRow(made: ImportedCells, table: Table, fill: ImportOptions['fill']): RawRow {
  const cells = new Map<string, readonly string[]>([...fill].map(([column, value]) => [column, [value]]))
  for (const [column, value] of Object.entries(made)) {
    // A printed item may tell more than the table that is wanted has columns for.
    if (!table.columns.some(({ name }) => name === column)) continue
    const values = (typeof value === 'string' ? [value] : (value ?? [])).filter(text => text.trim() !== '')
    if (values.length > 0) cells.set(column, values)
  }
  return {
    at: NOWHERE,
    cells: [...cells].map(([column, values]) => ({
      column,
      columnAt: NOWHERE,
      values: values.map(text => ({ text: text.trim(), at: NOWHERE })),
    })),
  }
}
