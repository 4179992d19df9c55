import type { Json, JsonObject } from '../core/json.ts'
import { type Growing, put } from './put.ts'

/**
 * How a field is called by the kind of log itself: tables write its name in other letters, with other marks or none.
 *
 * @param others names in other words, in lower case without marks, and the log's own
 */
export function ownNames(
  names: readonly string[],
  others: readonly (readonly [other: string, own: string])[] = [],
): (name: string) => string {
  const own = new Set(names)
  const spellings = new Map([...names.map(name => [plain(name), name] as const), ...others])
  return name => (own.has(name) ? name : (spellings.get(plain(name)) ?? name))
}

function plain(name: string): string {
  return name.replaceAll(/[-_ ]/g, '').toLowerCase()
}

/** The record with its fields under the log's own names, without the `-` and null that tables have where text has nothing. */
export function withOwnNames(record: JsonObject, ownName: (name: string) => string): JsonObject {
  let other = false
  for (const key in record) other ||= ownName(key) !== key || isNothing(record[key])
  if (!other) return record
  const grown: Growing = {}
  for (const [key, value] of Object.entries(record)) if (!isNothing(value)) put(grown, ownName(key), value)
  return grown
}

function isNothing(value: Json | undefined): boolean {
  return value === '-' || value === null
}
