import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { listOf, opened, text } from '../members.ts'
import { type Growing, put } from '../put.ts'

/** What no field of OCSF has: an object, a list of pairs, or of keys and values, as Parquet's maps come. Empty texts and `-` are nothing. */
export function unmapped(record: JsonObject): ReadonlyMap<string, Json> {
  const value = opened(record['unmapped'])
  const pairs = isObject(value) ? Object.entries(value) : listOf(value).map(pairOf)
  return new Map(
    pairs.filter(([key, own]) => key !== '' && own !== null && own !== '' && own !== '-').slice(0, MOST),
  )
}

const MOST = 2000

function pairOf(item: Json): readonly [string, Json] {
  if (Array.isArray(item)) return [text(item[0]) ?? '', item[1] ?? null]
  return isObject(item) ? [text(item['key']) ?? '', item['value'] ?? null] : ['', null]
}

/** Sets `a.b.c` of a growing object; what stands in the way of it stays. Texts of JSON and of truth values are opened. */
export function putPath(object: Growing, name: string, value: Json): void {
  const keys = name.split('.').slice(0, DEEPEST)
  const last = keys.pop() ?? ''
  let inside = object
  for (const key of keys) {
    const before = Object.hasOwn(inside, key) ? inside[key] : undefined
    if (before !== undefined && !isObject(before)) return
    const next: Growing = before === undefined ? {} : { ...before }
    put(inside, key, next)
    inside = next
  }
  if (!Object.hasOwn(inside, last)) put(inside, last, opened(value) ?? value)
}

const DEEPEST = 12
