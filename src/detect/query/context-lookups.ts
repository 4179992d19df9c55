import type { ContextColumnType, ContextTable } from '../../plan/context-table.ts'
import { ROW_FROM, ROW_PLACE, ROW_UNTIL } from '../../plan/lookup-match.ts'
import type { LookupTable } from '../../plan/lowering.ts'
import type { Cell } from '../../plan/relation.ts'
import type { Column } from '../../plan/scalar.ts'

const MATCH: { readonly [type in ContextColumnType]?: LookupTable['match'][string] } = {
  pattern: 'wildcard',
  network: 'cidr',
  place: 'place',
}

/** Hidden: the place of a row, and from when on and until when an approval holds. */
const PLACE: readonly Column[] = [{ name: ROW_PLACE, type: 'number' }]
const VALIDITY: readonly Column[] = [
  { name: ROW_FROM, type: 'number' },
  { name: ROW_UNTIL, type: 'number' },
]

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
  const expires = rows.some(({ from, until }) => from !== undefined || until !== undefined)
  const cells = rows.flatMap((row, place) =>
    product(columns.map(column => row.cells.get(column.name) ?? [null])).map(one => [
      ...one,
      place,
      ...(expires ? [seconds(row.from, 0), seconds(row.until, Number.MAX_SAFE_INTEGER)] : []),
    ]),
  )
  return {
    name,
    columns: shown,
    relation: { op: 'rows', columns: [...shown, ...PLACE, ...(expires ? VALIDITY : [])], rows: cells },
    match: Object.fromEntries(match),
    expires,
    caseSensitive: false,
    maxMatches: 1000,
    minMatches: 0,
  }
}

function seconds(time: number | undefined, otherwise: number): number {
  return time === undefined ? otherwise : time / 1000
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
