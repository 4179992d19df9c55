import type { Json, JsonObject } from '../../core/json.ts'
import type { Cell } from '../../plan/relation.ts'

/**
 * The fields of a JSON event as Splunk extracts them: `a.b` for a key of an object, `a{}` for the members of a list
 * and `a{}.b` for a key of its objects, in document order. Null is the text `null`; empty containers are nothing.
 * @param only of `wanted`: what has another name is left out
 */
export function splunkFields(record: JsonObject, only?: ReadonlySet<string>): Map<string, Cell> {
  const fields = new Map<string, string | string[]>()
  collect(record, { name: '', many: false, only }, fields)
  return fields
}

interface Place {
  readonly name: string
  /** Inside a list. */
  readonly many: boolean
  readonly only: ReadonlySet<string> | undefined
}

function collect(value: Json, place: Place, fields: Map<string, string | string[]>): void {
  const { name, many, only } = place
  if (Array.isArray(value)) {
    const members = { name: `${name}{}`, many: true, only }
    if (only?.has(members.name) !== false) for (const member of value) collect(member, members, fields)
  } else if (typeof value === 'object' && value !== null) {
    const prefix = name === '' ? '' : `${name}.`
    for (const [key, member] of Object.entries(value)) {
      const path = prefix + key
      if (only?.has(path) !== false) collect(member, { name: path, many, only }, fields)
    }
  } else if (many) {
    const before = fields.get(name)
    if (Array.isArray(before)) before.push(String(value))
    else fields.set(name, before === undefined ? [String(value)] : [before, String(value)])
  } else {
    fields.set(name, String(value))
  }
}
