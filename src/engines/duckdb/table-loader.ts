import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import type { ColumnType } from '../../plan/column-type.ts'
import type { Cell } from '../../plan/relation.ts'
import type { Column } from '../../plan/scalar.ts'
import { integer, join, name, quote, type Sql, sql } from '../../sql/sql.ts'
import type { Database } from './database.ts'

/** Characters written at once. */
const PIECE = 1 << 20
/** The engine keeps two buffers of the size of the longest row; this much does for most, bytes. */
const ENOUGH = 1 << 20

/** A column while rows come in: its place, and what has been in it. */
interface Loading {
  readonly at: number
  text: boolean
  number: boolean
  list: boolean
}

/**
 * Fills a table of a database with rows whose columns are not known before: rows go to a file of JSON lines, which
 * the engine reads at the end. A column that held a list is a list; one that held nothing but numbers is a number;
 * any other is a text.
 */
export class TableLoader {
  /** How many rows came in. */
  rows = 0
  private readonly database: Database
  private readonly table: string
  private readonly path: string
  private readonly file: number
  private readonly columns = new Map<string, Loading>()
  private pieces: string[] = []
  private size = 0
  private longest = ENOUGH

  constructor(database: Database, table: string) {
    this.database = database
    this.table = table
    this.path = joinPath(database.folder, `${table}.jsonl`)
    this.file = openSync(this.path, 'w')
  }

  /** Adds a row; nulls and empty lists are as if they were not there. */
  add(row: Iterable<readonly [column: string, value: Cell]>): void {
    let line = `{"n":${this.rows++}`
    for (const [column, value] of row) {
      if (value !== null && !(typeof value === 'object' && value.length === 0)) {
        line += this.member(column, value)
      }
    }
    this.pieces.push(line, '}\n')
    this.size += line.length
    if (line.length * 3 > this.longest) this.longest = line.length * 3
    if (this.size > PIECE) this.flush()
  }

  /** Makes the table. Its first column is `$row`: the number of the row, from 0. */
  async finish(): Promise<readonly Column[]> {
    this.flush()
    closeSync(this.file)
    const all = [...this.columns].map(([column, loading]) => ({
      name: column,
      ...loading,
      type: typeOf(loading),
    }))
    const table = name(this.table)
    await this.database.execute(
      sql`CREATE OR REPLACE TEMP TABLE ${table} AS ${reader(this.path, all, this.longest)}`,
    )
    unlinkSync(this.path)
    const places = new Map(all.map(column => [column.name, name(`c${column.at}`)]))
    places.set('$row', name('n'))
    this.database.define(this.table, { from: table, column: column => places.get(column) })
    return [{ name: '$row', type: 'number' }, ...all.map(({ name, type }) => ({ name, type }))]
  }

  private member(column: string, value: Exclude<Cell, null>): string {
    let loading = this.columns.get(column)
    if (loading === undefined) {
      loading = { at: this.columns.size, text: false, number: false, list: false }
      this.columns.set(column, loading)
    }
    if (typeof value === 'number') {
      loading.number = true
      return `,"d${loading.at}":${Number.isFinite(value) ? value : null}`
    }
    if (typeof value === 'object') {
      loading.list = true
      return `,"l${loading.at}":[${value.map(jsonText).join(',')}]`
    }
    loading.text = true
    return `,"t${loading.at}":${jsonText(String(value))}`
  }

  private flush(): void {
    writeSync(this.file, this.pieces.join(''))
    this.pieces = []
    this.size = 0
  }
}

/** As JSON that the engine takes: without lone surrogates, and with U+2400 for NUL. */
function jsonText(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\u0000', '\u2400'))
}

function typeOf({ text, list }: Loading): ColumnType {
  if (list) return 'list'
  return text ? 'text' : 'number'
}

function reader(
  path: string,
  columns: readonly (Loading & { readonly type: ColumnType })[],
  longest: number,
): Sql {
  const fields = [sql`n: 'DOUBLE'`]
  const list = [sql`n`]
  for (const { at, text, number, list: many, type } of columns) {
    const [d, t, l] = (['d', 't', 'l'] as const).map(kind => name(`${kind}${at}`))
    if (d === undefined || t === undefined || l === undefined) throw new Error('bug: three kinds')
    if (number) fields.push(sql`${d}: 'DOUBLE'`)
    if (text) fields.push(sql`${t}: 'VARCHAR'`)
    if (many) fields.push(sql`${l}: 'VARCHAR[]'`)
    const asText = number ? (text ? sql`coalesce(${t}, text_of_number(${d}))` : sql`text_of_number(${d})`) : t
    const scalar = type === 'number' ? d : asText
    const asList =
      text || number ? sql`coalesce(${l}, CASE WHEN ${asText} IS NOT NULL THEN [${asText}] END)` : l
    list.push(sql`${type === 'list' ? asList : scalar} AS ${name(`c${at}`)}`)
  }
  return sql`SELECT ${join(list, ', ')} FROM read_json(${quote(path)}, format = 'newline_delimited',
    columns = {${join(fields, ', ')}}, maximum_object_size = ${integer(longest)})`
}
