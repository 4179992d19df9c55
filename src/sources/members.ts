import { isObject, type Json, type JsonObject, member } from '../core/json.ts'
import { readableTime } from './find-time.ts'
import { parseJson } from './json-text.ts'
import { type Growing, put } from './put.ts'

/** The value at a path of own keys, read through objects alone; null counts as absent. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = value
  for (const key of path) found = isObject(found) ? member(found, key) : undefined
  return found ?? undefined
}

/** The text, or a number's or a truth value's; empty text counts as absent. */
export function text(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** The text at a path of own keys. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  return text(at(value, ...path))
}

/** The members of a list; none of whatever else stands there. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

/** What a text of JSON stands for, as Log Analytics has its dynamic columns; any other value itself. */
export function opened(value: Json | undefined): Json | undefined {
  return typeof value === 'string' && /^\s*[{[]/.test(value) ? (parseJson(value) ?? value) : value
}

/** The time in a column of Log Analytics, which its tables of CSV call `TimeGenerated [UTC]` and write as `3/4/2025, 10:00:00.000 AM`. */
export function timeColumn(record: JsonObject, name: string): string | undefined {
  const own = text(record[name]) ?? text(record[`${name} [UTC]`])
  return own === undefined ? undefined : readableTime(own)
}

/** Names that a record lacks and where their values stand; `undefined` values are left out. */
export type Additions = { readonly [name: string]: Json | undefined }

/** The record with these members beside its own, which are not touched; the same object if there is nothing to add. */
export function withMembers(record: JsonObject, additions: Additions): JsonObject {
  let grown: Growing | undefined
  for (const name of Object.keys(additions)) {
    const value = additions[name]
    if (value === undefined || Object.hasOwn(record, name)) continue
    grown ??= { ...record }
    put(grown, name, value)
  }
  return grown ?? record
}

/** Values of a list of names and values, such as Exchange's `Parameters`, by name; of equal names the first counts. */
export function namedValues(list: Json | undefined, name: string, value: string): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>()
  for (const item of listOf(list).slice(0, MOST_NAMED)) {
    const key = textAt(item, name)
    const own = at(item, value)
    if (key !== undefined && own !== undefined && !found.has(key)) found.set(key, own)
  }
  return found
}

const MOST_NAMED = 200

/** An address without a port and without brackets: `192.0.2.1:443`, `[2001:db8::1]:443`. */
export function plainAddress(address: string | undefined): string | undefined {
  if (address === undefined) return
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1]
  return bracketed ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? address
}
