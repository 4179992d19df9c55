import type { Json, JsonObject } from '../../core/json.ts'
import type { Cell } from '../../plan/relation.ts'

/**
 * The fields of a JSON event as Splunk extracts them: `a.b` for a key of an object, `a{}` for the members of a list
 * and `a{}.b` for a key of its objects, in document order. Null is the text `null`; empty containers are nothing.
 */
export function splunkFields(record: JsonObject): Map<string, Cell> {
  const fields = new Map<string, string | string[]>()
  collect(record, '', false, fields)
  return fields
}

function collect(value: Json, name: string, many: boolean, fields: Map<string, string | string[]>): void {
  if (Array.isArray(value)) {
    for (const member of value) collect(member, `${name}{}`, true, fields)
  } else if (typeof value === 'object' && value !== null) {
    const prefix = name === '' ? '' : `${name}.`
    for (const [key, member] of Object.entries(value)) collect(member, prefix + key, many, fields)
  } else if (many) {
    const before = fields.get(name)
    if (Array.isArray(before)) before.push(String(value))
    else fields.set(name, before === undefined ? [String(value)] : [before, String(value)])
  } else {
    fields.set(name, String(value))
  }
}
