import { eventJson } from '../../src/core/event-json.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Database } from '../../src/engines/duckdb/database.ts'
import { eventTable } from '../../src/lake/event-table.ts'
import { FieldNames } from '../../src/lake/field-names.ts'
import type { KnownFields } from '../../src/lake/known-fields.ts'
import { OwnCells } from '../../src/lake/own-cells.ts'
import { columns, type LakeTable } from '../../src/lake/tables/table.ts'
import type { EventTable } from '../../src/sql/event-table.ts'
import { join, name, quote, type Sql, sql } from '../../src/sql/sql.ts'

/** Columns for the fields of the random events. */
const table: LakeTable = {
  source: 'test',
  promoted: columns('a', 'a.b', 'b.c', 'constructor'),
  parts: columns('b'),
}

const cells = new OwnCells(table)

function exceptionsOf(event: JsonObject): OwnCells['exceptions'] {
  cells.read(event)
  return cells.exceptions
}

/** An event as the lake keeps it. */
export function kept(event: JsonObject): JsonObject {
  return JSON.parse(eventJson(event)) as JsonObject
}

/** Makes the table `rows` of events, as a batch of an ingest does, with their number `n`. */
export async function fill(database: Database, events: readonly JsonObject[]): Promise<void> {
  const own = [...table.promoted, ...table.parts].map(({ name: field, path, column }) => {
    const value = sql`json_extract_string(raw, ${quote(`$${path.map(key => `."${key}"`).join('')}`)})`
    const isException = sql`exceptions IS NOT NULL AND json_exists(exceptions, ${quote(`$."${field}"`)})`
    return sql`CASE WHEN ${isException} THEN NULL ELSE ${value} END AS ${name(column)}`
  })
  const rows = events.map((event, number) => {
    const exceptions = exceptionsOf(event)
    const text = exceptions === undefined ? sql`NULL` : quote(eventJson(Object.fromEntries(exceptions)))
    return sql`(${quote(String(number))}, ${quote(eventJson(event))}, ${text})`
  })
  await database.execute(
    sql`CREATE OR REPLACE TEMP TABLE rows AS SELECT CAST(n AS INTEGER) AS n, ${join(own, ', ')}, raw, exceptions
      FROM (VALUES ${join(rows, ', ')}) AS given(n, raw, exceptions)`,
  )
}

/** What is known of the fields of these events, or nothing. */
export function knownOf(events: readonly JsonObject[], nothing: boolean): EventTable {
  const names = new FieldNames(table)
  const exceptions = new Set<string>()
  for (const event of events) {
    names.add(event)
    for (const field of exceptionsOf(event)?.keys() ?? []) exceptions.add(field)
  }
  const known: KnownFields = nothing
    ? { table, fields: undefined, dotted: undefined, exceptions }
    : { table, fields: new Set(names.names()), dotted: new Set(names.dottedNames()), exceptions }
  return eventTable(known)
}

/** Which of these conditions is true for which row; undefined where the engine cannot tell. */
export async function answers(
  database: Database,
  conditions: readonly Sql[],
): Promise<readonly (readonly (boolean | undefined)[])[]> {
  const list = conditions.map((condition, at) => sql`${condition} AS ${name(`c${at}`)}`)
  const rows = await database.query(sql`SELECT ${join(list, ', ')} FROM rows ORDER BY n`)
  return rows.map(row => row.map(cell => (typeof cell === 'boolean' ? cell : undefined)))
}
