import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap, YAMLSeq } from 'yaml'
import type { Table } from '../column.ts'
import type { EditableTable } from './editable-table.ts'
import { writtenKey } from './table-key.ts'

/** A table as YAML: comments, order and everything that is not changed stay as they are. Throws if the text is no list. */
export function yamlTable(text: string, table: Table): EditableTable {
  const document: Document = parseDocument(text, { uniqueKeys: true, logLevel: 'error' })
  if (document.contents === null) document.contents = new YAMLSeq() as Document['contents']
  const rows = document.contents
  if (document.errors.length > 0 || !isSeq(rows)) throw new Error('it is no list of rows; mend it first')
  const byKey = new Map<string, YAMLMap>()
  for (const row of rows.items)
    if (isMap(row))
      byKey.set(
        writtenKey(column => valuesOf(row, column), table),
        row,
      )
  return {
    keys: [...byKey.keys()],
    get: (key, column) => {
      const row = byKey.get(key)
      return row === undefined ? [] : valuesOf(row, column)
    },
    set: (key, column, values) => byKey.get(key)?.set(column, document.createNode(plain(values))),
    add: (_, cells) => {
      // An empty list stands in brackets.
      if (rows.items.length === 0) rows.flow = false
      rows.add(
        document.createNode(Object.fromEntries([...cells].map(([name, values]) => [name, plain(values)]))),
      )
    },
    text: () => document.toString({ lineWidth: 0 }),
    refuses: () => undefined,
  }
}

function plain(values: readonly string[]): string | readonly string[] {
  const [only = ''] = values
  return values.length === 1 ? only : values
}

function valuesOf(row: YAMLMap, column: string): readonly string[] {
  const value = row.get(column, true)
  const items: readonly unknown[] = isSeq(value) ? value.items : [value]
  return items.flatMap(item => {
    if (!isScalar(item) || item.value === null || item.value === '') return []
    return [typeof item.value === 'string' ? item.value : (item.source ?? String(item.value))]
  })
}
