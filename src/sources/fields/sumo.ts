import type { Json, JsonObject } from '../../core/json.ts'
import type { Cell } from '../../plan/relation.ts'

/**
 * The fields of a JSON message as Sumo Logic's automatic extraction gives them: `a.b` for a key of an object; a list
 * is its JSON text. Null and empty objects are nothing.
 * @param only of `wanted`, in lower case: what has another name, whatever its case, is left out
 */
export function sumoFields(record: JsonObject, only?: ReadonlySet<string>): Map<string, Cell> {
  const fields = new Map<string, Cell>()
  collect(record, '', fields, only)
  return fields
}

function collect(
  value: Json,
  name: string,
  fields: Map<string, Cell>,
  only: ReadonlySet<string> | undefined,
): void {
  if (value === null) return
  if (typeof value === 'object' && !Array.isArray(value)) {
    const prefix = name === '' ? '' : `${name}.`
    for (const [key, member] of Object.entries(value)) {
      const path = prefix + key
      if (only?.has(path.toLowerCase()) !== false) collect(member, path, fields, only)
    }
  } else {
    fields.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
}
