import { columnsOf, type Relation } from '../../plan/relation.ts'
import { column } from '../../plan/scalars.ts'
import { name, sql } from '../../sql/sql.ts'
import type { Database } from './database.ts'

/** Computes a relation's rows now and keeps them, hidden columns too: relations that have it as a part read them instead. */
export async function keepRows(database: Database, relation: Relation): Promise<void> {
  const columns = columnsOf(relation)
  if (columns.length === 0 || database.kept.has(relation)) return
  const table = `kept${database.kept.size + 1}`
  const places = new Map(columns.map(({ name }, at) => [name, `c${at}`]))
  const numbered = columns.map(({ name, type }) => ({
    name: places.get(name) ?? '',
    value: column(name, type),
  }))
  const rows = database.print({ op: 'select', from: relation, columns: numbered })
  await database.execute(sql`CREATE TEMP TABLE ${name(table)} AS ${rows}`)
  database.define(table, {
    from: name(table),
    column: wanted => {
      const place = places.get(wanted)
      return place === undefined ? undefined : name(place)
    },
  })
  database.kept.set(relation, { op: 'table', table, columns })
}

/** Lets go of all that was kept. */
export async function forgetRows(database: Database): Promise<void> {
  for (const kept of database.kept.values())
    if (kept.op === 'table') await database.execute(sql`DROP TABLE ${name(kept.table)}`)
  database.kept.clear()
}
