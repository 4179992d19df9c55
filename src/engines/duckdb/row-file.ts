import { closeSync, openSync, writeSync } from 'node:fs'
import type { Cell } from '../../plan/relation.ts'

/** Characters written at once. */
const PIECE = 1 << 20
/** The engine keeps two buffers of the size of the longest row; this much does for most, bytes. */
const ENOUGH = 1 << 20

/** What has been in a column of a row file, and where it came first. */
export interface FiledColumn {
  readonly name: string
  /** Its members in the file are called by this number. */
  readonly at: number
  text: boolean
  number: boolean
  list: boolean
  /** The earliest row with it, and which of that row's columns it was. */
  row: number
  position: number
}

/** A finished row file. */
export interface FiledRows {
  readonly path: string
  /** Rows of one kind have much the same columns. */
  readonly kind: string
  readonly columns: readonly FiledColumn[]
  readonly rows: number
  /** Bytes that the longest row may have. */
  readonly longest: number
}

/** Rows whose columns are not known before, on their way to the engine: a file of JSON lines. */
export class RowFile {
  rows = 0
  private readonly path: string
  private readonly kind: string
  private readonly file: number
  private readonly columns = new Map<string, FiledColumn>()
  private pieces: string[] = []
  private size = 0
  private longest = ENOUGH

  constructor(path: string, kind = '') {
    this.path = path
    this.kind = kind
    this.file = openSync(path, 'w')
  }

  /**
   * Adds a row; nulls and empty lists are as if they were not there.
   * @param place the row's number among those of all files of its table
   */
  add(place: number, row: Iterable<readonly [column: string, value: Cell]>): void {
    let line = `{"n":${place}`
    let position = 0
    for (const [column, value] of row) {
      if (value !== null && !(typeof value === 'object' && value.length === 0))
        line += this.member(this.column(column, place, position++), value)
    }
    this.rows++
    this.pieces.push(line, '}\n')
    this.size += line.length
    if (line.length * 3 > this.longest) this.longest = line.length * 3
    if (this.size > PIECE) this.flush()
  }

  end(): FiledRows {
    this.flush()
    closeSync(this.file)
    const { path, kind, rows, longest } = this
    return { path, kind, columns: [...this.columns.values()], rows, longest }
  }

  private column(name: string, row: number, position: number): FiledColumn {
    let column = this.columns.get(name)
    if (column === undefined) {
      column = { name, at: this.columns.size, text: false, number: false, list: false, row, position }
      this.columns.set(name, column)
    } else if (row < column.row) {
      column.row = row
      column.position = position
    }
    return column
  }

  private member(column: FiledColumn, value: Exclude<Cell, null>): string {
    if (typeof value === 'number') {
      column.number = true
      return `,"d${column.at}":${Number.isFinite(value) ? value : null}`
    }
    if (typeof value === 'object') {
      column.list = true
      return `,"l${column.at}":[${value.map(jsonText).join(',')}]`
    }
    column.text = true
    return `,"t${column.at}":${jsonText(String(value))}`
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
