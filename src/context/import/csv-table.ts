import { parse } from 'csv-parse/sync'
import type { Table } from '../column.ts'
import { delimiterOf } from '../read-csv.ts'
import type { EditableTable } from './editable-table.ts'
import { writtenKey } from './table-key.ts'

/** What a spreadsheet would run rather than show. */
const FORMULA = /^[=+\-@\t\r]/

/** A table as CSV: columns and rows stay in their order, new ones stand behind. Throws if the text cannot be read. */
export function csvTable(text: string, table: Table): EditableTable {
  const delimiter = delimiterOf(text)
  const lines: readonly string[][] = parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  const [first = []] = lines
  const header = first.map(name => name.trim())
  const rows = lines.slice(1).map(cells => new Map(header.map((name, place) => [name, cells[place] ?? ''])))
  const lists = new Set(table.columns.filter(({ list }) => list).map(({ name }) => name))
  const valuesOf = (row: ReadonlyMap<string, string>, column: string): readonly string[] => {
    const cell = row.get(column)?.trim() ?? ''
    if (!lists.has(column)) return cell === '' ? [] : [cell]
    return cell.split(';').flatMap(part => part.trim() || [])
  }
  const byKey = new Map(rows.map(row => [writtenKey(column => valuesOf(row, column), table), row]))
  const known = (column: string): string => {
    if (!header.includes(column)) header.push(column)
    return column
  }
  return {
    keys: [...byKey.keys()],
    get: (key, column) => valuesOf(byKey.get(key) ?? new Map(), column),
    set: (key, column, values) => byKey.get(key)?.set(known(column), values.join(';')),
    add: (_, cells) =>
      rows.push(new Map([...cells].map(([name, values]) => [known(name), values.join(';')]))),
    text: () =>
      [header, ...rows.map(row => header.map(name => row.get(name) ?? ''))]
        .map(line => csvLine(line, delimiter))
        .join(''),
    refuses: cells => {
      const bad = [...cells].find(([, values]) => FORMULA.test(values.join(';')))
      return bad === undefined
        ? undefined
        : `its ${bad[0]} would be run as a formula by a spreadsheet; keep the table as YAML`
    },
  }
}

function csvLine(cells: readonly string[], delimiter: string): string {
  const quoted = cells.map(cell =>
    /["\r\n,;\t]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell,
  )
  return `${quoted.join(delimiter)}\n`
}
