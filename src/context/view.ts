import type { ContextColumnType, ContextTable } from '../plan/context-table.ts'
import { type CellType, OWN_PREFIX } from './column.ts'
import { type Context, caveatOf } from './context.ts'
import type { Row } from './row.ts'

const TYPES: Record<CellType, ContextColumnType> = {
  text: 'text',
  pattern: 'pattern',
  network: 'network',
  place: 'place',
  account: 'text',
  asn: 'text',
  country: 'text',
  time: 'time',
  size: 'number',
  schedule: 'text',
  enum: 'text',
}

/** All tables, as rules of any language read them: what there is of each, how it is compared, and when it holds. */
export function contextTables(context: Context): readonly ContextTable[] {
  return [...context.tables.values()].map(loaded => {
    const { table, state, rows } = loaded
    const caveat = caveatOf(loaded)
    const own = new Set(
      rows.flatMap(row => [...row.cells.keys()].filter(name => name.startsWith(OWN_PREFIX))),
    )
    return {
      name: table.name,
      state,
      columns: [
        ...table.columns.map(({ name, type }) => ({ name, type: TYPES[type] })),
        ...[...own].sort().map(name => ({ name, type: 'text' as const })),
      ],
      rows: rows.map(viewRow),
      ...(caveat === undefined ? {} : { caveat }),
    }
  })
}

function viewRow({ cells, validity }: Row): ContextTable['rows'][number] {
  return validity === undefined ? { cells } : { cells, from: validity.created, until: validity.expires }
}
