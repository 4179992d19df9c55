import { isObject, type Json, type JsonObject, member } from '../../src/core/json.ts'

/**
 * Every value that a path stands for, in the order of the event; none if it is missing. The literal key comes
 * first: the longest prefix of the path that is a key is taken, and never taken back. A path that crosses an
 * array goes on in each member, of whatever depth; one that ends in an array gives the array and all members.
 */
export function valuesAt(value: Json, path: readonly string[]): readonly Json[] {
  if (path.length === 0)
    return Array.isArray(value) ? [value, ...value.flatMap(inner => valuesAt(inner, []))] : [value]
  if (Array.isArray(value)) return value.flatMap(inner => valuesAt(inner, path))
  if (!isObject(value)) return []
  for (let length = path.length; length > 0; length -= 1) {
    const found = member(value, path.slice(0, length).join('.'))
    if (found !== undefined) return valuesAt(found, path.slice(length))
  }
  return []
}

/** The text of a value: what JavaScript prints for numbers and booleans, compact JSON for containers; a null has none. */
export function textOf(value: Json): readonly string[] {
  if (value === null) return []
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)]
}

/** The text of a value that is no container. */
export function scalarText(value: Json): readonly string[] {
  return typeof value === 'object' ? [] : textOf(value)
}

/** All values of an event that are not containers, at any depth, without their keys. */
export function leaves(value: Json | JsonObject): readonly Json[] {
  if (typeof value !== 'object' || value === null) return [value]
  return Object.values(value).flatMap(leaves)
}
