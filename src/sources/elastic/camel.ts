import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'

/** Deeper objects stay as they are. */
const DEEPEST = 12

/** The object with `event_type` as `eventType`, in all that is inside of it too; what is under `flattened` stands in its place, for its names are the log's own. */
export function camelled(object: JsonObject): JsonObject {
  return named(object, 0)
}

function named(object: JsonObject, depth: number): JsonObject {
  const grown: Growing = {}
  for (const [name, value] of Object.entries(object)) {
    if (name === 'flattened' && isObject(value))
      for (const key of Object.keys(value)) put(grown, key, value[key] ?? null)
    else put(grown, camel(name), inside(value, depth + 1))
  }
  return grown
}

function inside(value: Json, depth: number): Json {
  if (depth > DEEPEST) return value
  if (Array.isArray(value)) return value.map(item => inside(item, depth + 1))
  return isObject(value) ? named(value, depth) : value
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
