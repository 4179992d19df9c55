import { isObject, type Json, type JsonObject } from '../../core/json.ts'

// Members are read as `object['name']` here: no name that CloudTrail uses is inherited from Object.prototype.

const EMPTY: JsonObject = {}

/** The text, or a number's; empty text counts as absent, for CloudTrail writes it where it knows nothing. */
export function filled(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' ? String(value) : undefined
}

/** The object, or an empty one in place of whatever else stands there. */
export function objectOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : EMPTY
}

/** A JSON boolean, or a text that says the same; CloudTrail writes both. */
export function flag(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'True') return true
  return value === 'false' || value === 'False' ? false : undefined
}
