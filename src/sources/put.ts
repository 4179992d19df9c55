import type { Json, JsonObject } from '../core/json.ts'

/** An object under construction. */
export type Growing = { [key: string]: Json }

/**
 * A copy of a record to which many members are to be added. It has no shape that the engine keeps: to add many to an object that
 * has one takes ten times as long.
 */
export function growing(record: JsonObject = {}): Growing {
  return Object.assign(Object.create(null) as Growing, record)
}

/** Sets an own member, also one called `__proto__`, which plain assignment would not make one. */
export function put(object: Growing, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  } else object[key] = value
}
