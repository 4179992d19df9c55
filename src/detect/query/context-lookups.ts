import type { ContextColumnType, ContextTable } from '../../plan/context-table.ts'
import type { LookupTable } from '../../plan/lowering.ts'
import type { Cell } from '../../plan/relation.ts'
import type { Column } from '../../plan/scalar.ts'

const MATCH: { readonly [type in ContextColumnType]?: 'wildcard' | 'cidr' } = {
  pattern: 'wildcard',
  network: 'cidr',
}

/** Tables of the organisation as lookups, for searches: a column of several values has a row for each. */
export function contextLookups(tables: readonly ContextTable[]): readonly LookupTable[] {
  return tables.filter(({ state }) => state !== 'missing').map(lookupOf)
}

function lookupOf({ name, columns, rows }: ContextTable): LookupTable {
  const shown: readonly Column[] = columns.map(column => ({ name: column.name, type: 'text' }))
  const match = columns.flatMap(column => {
    const how = MATCH[column.type]
    return how === undefined ? [] : [[column.name, how] as const]
  })
  const cells = rows.flatMap(row => product(columns.map(column => row.cells.get(column.name) ?? [null])))
  return {
    name,
    columns: shown,
    relation: { op: 'rows', columns: shown, rows: cells },
    match: Object.fromEntries(match),
    caseSensitive: false,
    maxMatches: 1000,
    minMatches: 0,
  }
}

/** Rows that one row of a table may become. */
const MOST_OF_ROW = 1000

/** Every way to take one of each. */
function product(lists: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return lists.reduce<readonly (readonly Cell[])[]>(
    (rows, list) => rows.flatMap(row => list.map(value => [...row, value])).slice(0, MOST_OF_ROW),
    [[]],
  )
}
