import { isObject, type JsonObject } from '../../core/json.ts'
import { at } from '../members.ts'
import type { Source } from '../source.ts'

/** The records in the lists of an object in which a mapping says that they are; undefined if it has no such list. */
export function mappedRecords(
  object: JsonObject,
  known: readonly Source[],
): readonly JsonObject[] | undefined {
  for (const { map } of known) {
    // Those that mappings describe stand first.
    if (map === undefined) return undefined
    const lists = map.records.map(name => at(object, ...name.split('.'))).filter(Array.isArray)
    if (lists.length > 0) return lists.flat().filter(isObject)
  }
  return undefined
}
