import type { Problems, Span } from '../core/diagnostic.ts'
import { inNetwork, parseNetwork } from '../core/ip.ts'
import { readPattern } from '../plan/read-pattern.ts'
import type { CellType, Table } from './column.ts'
import { limits } from './limits.ts'
import { patternsMeet } from './pattern-text.ts'
import { cell, cells, type Row } from './row.ts'

/** A row and where it is told of. */
export interface PlacedRow {
  readonly row: Row
  readonly at: Span
}

/**
 * Keeps the first of the rows that agree in the whole key (of approvals: while both are valid) and tells of the others.
 * Approvals whose keys meet without being the same are both kept, with a warning.
 */
export function withoutCopies(
  rows: readonly PlacedRow[],
  table: Table,
  problems: Problems,
): readonly PlacedRow[] {
  const first = new Map<string, PlacedRow[]>()
  const kept = rows.filter(placed => {
    const key = keyOf(placed.row, table)
    const before = first.get(key)
    const copy = before?.find(({ row }) => together(row, placed.row))
    if (copy !== undefined) tellCopy(placed, copy, table, problems)
    else if (before === undefined) first.set(key, [placed])
    else before.push(placed)
    return copy === undefined
  })
  if (table.kind === 'approval') tellMeetings(kept, table, problems)
  return kept
}

/** What names an entry, as one text. A cloud that is not said is aws. */
export function keyOf(row: Pick<Row, 'cells'>, { key }: Table): string {
  const values = (name: string): readonly string[] =>
    row.cells.get(name) ?? (name === 'provider' ? ['aws'] : [])
  return JSON.stringify(key.map(name => values(name).map(value => value.toLowerCase())))
}

function tellCopy({ at }: PlacedRow, copy: PlacedRow, table: Table, problems: Problems): void {
  const where = `${copy.row.file}:${copy.row.line}`
  if (table.kind === 'inventory')
    problems.error('context/duplicate-key', `the entry stands already at ${where}`, {
      at,
      help: `no two rows may agree in ${table.key.join(', ')}; join them`,
    })
  else
    problems.error('context/overlap', `the same is approved already at ${where}, for a time that overlaps`, {
      at,
      help: 'who answers for it would not be clear; let the earlier one expire first, or join them',
    })
}

/** Entries without a validity always hold. */
function together(a: Row, b: Row): boolean {
  if (a.validity === undefined || b.validity === undefined) return true
  return a.validity.created < b.validity.expires && b.validity.created < a.validity.expires
}

function tellMeetings(rows: readonly PlacedRow[], table: Table, problems: Problems): void {
  if (rows.length > limits.compared)
    problems.warn(
      'context/overlap-unchecked',
      `of ${rows.length} approvals ${limits.compared} were compared for overlaps`,
    )
  const compared = rows.slice(0, limits.compared)
  compared.forEach((later, place) => {
    const earlier = compared
      .slice(0, place)
      .find(
        ({ row }) => together(row, later.row) && table.key.every(name => meetIn(name, table, row, later.row)),
      )
    if (earlier === undefined) return
    const other = `${earlier.row.file}:${earlier.row.line} (${cell(earlier.row, 'ticket') ?? ''})`
    problems.warn('context/overlap', `some of it is approved at ${other} too, for a time that overlaps`, {
      at: later.at,
      help: 'what matches both is told with the first that matches fully',
    })
  })
}

function meetIn(name: string, table: Table, a: Row, b: Row): boolean {
  const type = table.columns.find(column => column.name === name)?.type
  const left = cells(a, name)
  const right = cells(b, name)
  // A column that is left out stands for anything.
  if (left.length === 0 || right.length === 0 || type === 'schedule' || type === 'time') return true
  return left.some(one => right.some(other => valuesMeet(one, other, type ?? 'text')))
}

function valuesMeet(one: string, other: string, type: CellType): boolean {
  const a = type === 'place' || type === 'network' ? parseNetwork(one) : ''
  const b = type === 'place' || type === 'network' ? parseNetwork(other) : ''
  if (typeof a !== 'string' && typeof b !== 'string') return inNetwork(a, b) || inNetwork(b, a)
  if (type !== 'pattern' && type !== 'place') return one.toLowerCase() === other.toLowerCase()
  return patternsMeet(readPattern(one), readPattern(other))
}
