import { readCell } from '../cell-types.ts'
import type { Table } from '../column.ts'
import { keyOf } from '../overlaps.ts'

/** The key of a row that may not be sound: values that cannot be read stay as they are written. */
export function writtenKey(values: (column: string) => readonly string[], table: Table): string {
  const cells = new Map<string, readonly string[]>()
  for (const name of table.key) {
    const column = table.columns.find(one => one.name === name)
    const read = values(name).map(text => {
      const cell = column === undefined ? undefined : readCell(text, column)
      return cell?.kind === 'read' ? cell.text : text
    })
    if (read.length > 0) cells.set(name, read)
  }
  return keyOf({ cells }, table)
}
