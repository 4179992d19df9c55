import { ROW_FROM, ROW_PLACE, ROW_UNTIL } from '../../plan/lookup-match.ts'
import type { LookupTable, MetRow } from '../../plan/lowering.ts'
import type { Cell, Relation } from '../../plan/relation.ts'
import type { Surroundings } from '../query/environment.ts'
import type { Window } from './windows.ts'

/** An approval, and when it holds: seconds since 1970. */
export interface Approval {
  readonly table: string
  /** Its place in the table. */
  readonly place: number
  readonly from: number
  readonly until: number
}

/** How a search is to find an approval: holding when it does, holding always, or not at all. */
export type Standing = 'dated' | 'always' | 'gone'

export type Lookups = ReadonlyMap<string, LookupTable>

/** The approvals of all tables, each once. */
export function approvalsIn(lookups: Lookups): readonly Approval[] {
  return [...lookups.values()].flatMap(({ name, expires, relation }) => {
    if (expires !== true || relation.op !== 'rows') return []
    const read = reader(name, relation)
    return [...new Map(relation.rows.map(read).map(one => [one.place, one])).values()]
  })
}

/** What tells it from all others. */
export function nameOf({ table, place }: Pick<Approval, 'table' | 'place'>): string {
  return `${place} ${table}`
}

/** Does it hold in all of the window? */
export function holdsThrough({ from, until }: Approval, window: Window): boolean {
  return from <= window.from / 1000 && until >= window.to / 1000
}

/** What a run is to find of the tables, and who is told which approvals it meets. */
export interface TableView {
  readonly standing: (approval: Approval) => Standing
  readonly met?: (table: string, rows?: readonly MetRow[]) => void
}

/**
 * The tables as a search over a window finds them. An event meets the approvals that hold at its time; where a table is
 * listed there is no event, and only those that hold in all of the window are given.
 */
export function lookupsFor(lookups: Lookups, window: Window, view: TableView): Surroundings['lookups'] {
  return {
    keys: () => lookups.keys(),
    get: name => {
      const table = lookups.get(name)
      return table?.expires === true ? tableFor(table, window, view) : table
    },
  }
}

function tableFor(table: LookupTable, window: Window, { standing, met }: TableView): LookupTable {
  const { name, relation } = table
  if (relation.op !== 'rows') return table
  const { columns } = relation
  const read = reader(name, relation)
  const rows = relation.rows.flatMap(row => {
    const how = standing(read(row))
    if (how === 'gone') return []
    return [how === 'dated' ? row : row.map((cell, at) => ALWAYS.get(columns[at]?.name ?? '') ?? cell)]
  })
  const listed = rows.filter(row => holdsThrough(read(row), window))
  return {
    ...table,
    relation: { ...relation, rows },
    listed: { ...relation, rows: listed },
    ...(met === undefined ? {} : { met: pairs => met(name, pairs) }),
  }
}

const ALWAYS: ReadonlyMap<string, number> = new Map([
  [ROW_FROM, 0],
  [ROW_UNTIL, Number.MAX_SAFE_INTEGER],
])

type Rows = Extract<Relation, { readonly op: 'rows' }>

function reader(table: string, { columns }: Rows): (row: readonly Cell[]) => Approval {
  const [place, from, until] = [ROW_PLACE, ROW_FROM, ROW_UNTIL].map(wanted =>
    columns.findIndex(({ name }) => name === wanted),
  )
  const cell = (row: readonly Cell[], at = -1): number => Number(row[at] ?? 0)
  return row => ({ table, place: cell(row, place), from: cell(row, from), until: cell(row, until) })
}
