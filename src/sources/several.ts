import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { flowsOf } from './azure-flow/tuples.ts'
import { activities } from './google-workspace/google-workspace.ts'
import { listOf, textAt } from './members.ts'
import { type Growing, put } from './put.ts'

/** The events in an object that holds several by its own nature; `undefined` if it does not. An empty list holds none. */
export function several(object: JsonObject): readonly JsonObject[] | undefined {
  return activities(object) ?? flowsOf(object) ?? rowsOf(object)
}

/** Rows of Log Analytics: `{"tables":[{"name":…,"columns":[{"name":…}],"rows":[[…]]}]}`. */
function rowsOf(object: JsonObject): readonly JsonObject[] | undefined {
  const { tables } = object
  if (!Array.isArray(tables) || !tables.every(table => isObject(table) && Array.isArray(table['rows'])))
    return
  return tables.flatMap(table => {
    const names = listOf((table as JsonObject)['columns']).map(column => textAt(column, 'name') ?? '')
    return listOf((table as JsonObject)['rows']).map(row => rowOf(names, listOf(row)))
  })
}

function rowOf(names: readonly string[], cells: readonly Json[]): JsonObject {
  const row: Growing = {}
  names.forEach((name, place) => {
    const value = cells[place] ?? null
    if (value !== null && value !== '') put(row, name, value)
  })
  return row
}
