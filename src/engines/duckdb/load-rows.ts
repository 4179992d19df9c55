import { unlinkSync } from 'node:fs'
import type { ColumnType } from '../../plan/column-type.ts'
import type { Column } from '../../plan/scalar.ts'
import { integer, join, name, quote, type Sql, sql } from '../../sql/sql.ts'
import type { Database } from './database.ts'
import type { FiledColumn, FiledRows } from './row-file.ts'

/** Rows of more columns are kept by their kind: the engine holds a block of memory for each column of a table that it fills. */
const MOST_COLUMNS = 250

/**
 * Makes one table of row files and removes them. A column that held a list is a list; one that held nothing but
 * numbers is a number; any other is a text. Its first column is `$row`: the place of the row; the others come in the
 * order in which the rows, by their places, have them.
 *
 * @param kept which rows, by their place `n`; all if absent
 */
export async function loadRows(
  database: Database,
  table: string,
  files: readonly FiledRows[],
  kept?: Sql,
): Promise<readonly Column[]> {
  const columns = together(files)
  const parts = partsOf(files, columns.length)
  const selects: Sql[] = []
  for (const part of parts) {
    const loaded = name(`loaded ${table} ${selects.length}`)
    const own = new Set(part.flatMap(file => file.columns.map(({ name }) => name)))
    const rows = part.map(file => reader(file, columns, own))
    const where = kept === undefined ? sql`` : sql` WHERE ${kept}`
    await database.execute(
      sql`CREATE OR REPLACE TEMP TABLE ${loaded} AS SELECT * FROM (${join(rows, ' UNION ALL ')})${where}`,
    )
    for (const { path } of part) unlinkSync(path)
    const cells = columns.map((one, at) => cell(one, at, own))
    selects.push(sql`SELECT ${join([sql`n`, ...cells], ', ')} FROM ${loaded}`)
  }
  if (selects.length === 0) selects.push(sql`SELECT CAST(NULL AS DOUBLE) AS n WHERE FALSE`)
  const places = new Map(columns.map(({ name: column }, at) => [column, name(`c${at}`)]))
  places.set('$row', name('n'))
  database.define(table, {
    from: sql`(${join(selects, ' UNION ALL ')})`,
    column: column => places.get(column),
  })
  return [{ name: '$row', type: 'number' }, ...columns]
}

/** Each kind's files; of narrow tables all files together. */
function partsOf(files: readonly FiledRows[], columns: number): readonly (readonly FiledRows[])[] {
  if (columns <= MOST_COLUMNS) return files.length === 0 ? [] : [files]
  const kinds = [...new Set(files.map(({ kind }) => kind))]
  return kinds.map(kind => files.filter(file => file.kind === kind))
}

/** A column of a part, which may not have it. */
function cell({ name: column, type }: Column, at: number, own: ReadonlySet<string>): Sql {
  return own.has(column) ? name(`c${at}`) : sql`${NOTHING[type]} AS ${name(`c${at}`)}`
}

function together(files: readonly FiledRows[]): readonly Column[] {
  const all = new Map<string, Omit<FiledColumn, 'at'>>()
  for (const column of files.flatMap(({ columns }) => columns)) {
    const before = all.get(column.name)
    all.set(column.name, before === undefined ? column : merged(before, column))
  }
  return [...all.values()]
    .sort((a, b) => a.row - b.row || a.position - b.position)
    .map(column => ({ name: column.name, type: typeOf(column) }))
}

type Merged = Omit<FiledColumn, 'at'>

function merged(one: Merged, other: Merged): Merged {
  const { row, position } = one.row < other.row ? one : other
  return {
    name: one.name,
    text: one.text || other.text,
    number: one.number || other.number,
    list: one.list || other.list,
    row,
    position,
  }
}

function typeOf({ text, list }: Merged): ColumnType {
  if (list) return 'list'
  return text ? 'text' : 'number'
}

/** The rows of one file with the columns of its part. */
function reader(
  { path, columns, longest }: FiledRows,
  all: readonly Column[],
  part: ReadonlySet<string>,
): Sql {
  const own = new Map(columns.map(column => [column.name, column]))
  const fields = [sql`n: 'DOUBLE'`, ...columns.flatMap(members)]
  const values = all.flatMap(({ name: column, type }, at) => {
    if (!part.has(column)) return []
    const filed = own.get(column)
    return [sql`${filed === undefined ? NOTHING[type] : value(filed, type)} AS ${name(`c${at}`)}`]
  })
  return sql`SELECT ${join([sql`n`, ...values], ', ')} FROM read_json(${quote(path)}, format = 'newline_delimited',
    columns = {${join(fields, ', ')}}, maximum_object_size = ${integer(longest)})`
}

const NOTHING: { readonly [type in ColumnType]: Sql } = {
  text: sql`CAST(NULL AS VARCHAR)`,
  number: sql`CAST(NULL AS DOUBLE)`,
  boolean: sql`CAST(NULL AS BOOLEAN)`,
  list: sql`CAST(NULL AS VARCHAR[])`,
}

/** What a column's values are called in the file, by their kinds. */
function keys({ at }: FiledColumn): { readonly number: Sql; readonly text: Sql; readonly list: Sql } {
  return { number: name(`d${at}`), text: name(`t${at}`), list: name(`l${at}`) }
}

function members(column: FiledColumn): readonly Sql[] {
  const { number, text, list } = keys(column)
  return [
    ...(column.number ? [sql`${number}: 'DOUBLE'`] : []),
    ...(column.text ? [sql`${text}: 'VARCHAR'`] : []),
    ...(column.list ? [sql`${list}: 'VARCHAR[]'`] : []),
  ]
}

function value(column: FiledColumn, type: ColumnType): Sql {
  const { number, text, list } = keys(column)
  if (type === 'number') return number
  const scalar = scalarText(column, number, text)
  if (type === 'text') return scalar ?? NOTHING.text
  if (scalar === undefined) return list
  const single = sql`CASE WHEN ${scalar} IS NOT NULL THEN [${scalar}] END`
  return column.list ? sql`coalesce(${list}, ${single})` : single
}

function scalarText(column: FiledColumn, number: Sql, text: Sql): Sql | undefined {
  if (!column.number) return column.text ? text : undefined
  return column.text ? sql`coalesce(${text}, text_of_number(${number}))` : sql`text_of_number(${number})`
}
