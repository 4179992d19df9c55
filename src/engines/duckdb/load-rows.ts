import { unlinkSync } from 'node:fs'
import type { ColumnType } from '../../plan/column-type.ts'
import type { Column } from '../../plan/scalar.ts'
import { integer, join, name, quote, type Sql, sql } from '../../sql/sql.ts'
import type { Database } from './database.ts'
import type { FiledColumn, FiledRows } from './row-file.ts'

/**
 * Makes one table of row files and removes them. A column that held a list is a list; one that held nothing but
 * numbers is a number; any other is a text. Its first column is `$row`: the place of the row; the others come in the
 * order in which the rows, by their places, have them.
 */
export async function loadRows(
  database: Database,
  table: string,
  files: readonly FiledRows[],
): Promise<readonly Column[]> {
  const columns = together(files)
  const selects = files.map(file => reader(file, columns))
  await database.execute(sql`CREATE OR REPLACE TEMP TABLE ${name(table)} AS ${join(selects, ' UNION ALL ')}`)
  for (const { path } of files) unlinkSync(path)
  const places = new Map(columns.map(({ name: column }, at) => [column, name(`c${at}`)]))
  places.set('$row', name('n'))
  database.define(table, { from: name(table), column: column => places.get(column) })
  return [{ name: '$row', type: 'number' }, ...columns]
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

/** The rows of one file with the columns of all. */
function reader({ path, columns, longest }: FiledRows, all: readonly Column[]): Sql {
  const own = new Map(columns.map(column => [column.name, column]))
  const fields = [sql`n: 'DOUBLE'`, ...columns.flatMap(members)]
  const values = all.map(({ name: column, type }, at) => {
    const filed = own.get(column)
    return sql`${filed === undefined ? NOTHING[type] : value(filed, type)} AS ${name(`c${at}`)}`
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
