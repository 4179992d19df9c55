import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import { completed } from './complete.ts'
import { IDENTITY } from './event-xml.ts'
import { add, systemMember } from './members.ts'

/** Deeper members of `UserData` are left out. */
const DEEPEST = 16

/**
 * The event in `{"Event":{"System":…,"EventData":…}}`, under its native names. Attributes stand under `#attributes`, beside
 * the element as `Provider_attributes`, or with an `@`, as the various printers have them.
 */
export function ofDump(record: JsonObject): JsonObject {
  const event = isObject(record['Event']) ? record['Event'] : {}
  const system = new Map<string, Json>()
  const data = new Map<string, Json>()
  if (isObject(event['System'])) systemMembers(system, event['System'])
  for (const section of ['EventData', 'UserData']) collect(data, event[section], 0)
  const rendering = event['RenderingInfo']
  if (isObject(rendering) && typeof rendering['Message'] === 'string') {
    system.set('Message', rendering['Message'])
  }
  const flat: Growing = {}
  for (const members of [system, data]) for (const [name, value] of members) put(flat, name, value)
  for (const name of IDENTITY) {
    const value = system.get(name)
    if (value !== undefined) flat[name] = value
  }
  return completed(flat)
}

function systemMembers(members: Map<string, Json>, system: JsonObject): void {
  for (const key of Object.keys(system)) {
    const value = system[key] ?? null
    const element = key.replace(/_attributes$/, '')
    if (element !== key) attributes(members, element, value)
    else if (!isObject(value)) members.set(key, value)
    else {
      attributes(members, key, value['#attributes'] ?? value)
      const text = textIn(value)
      if (text !== undefined) members.set(key, text)
    }
  }
}

function attributes(members: Map<string, Json>, element: string, value: Json): void {
  if (!isObject(value)) return
  for (const name of Object.keys(value)) {
    const member = systemMember(element, name.replace(/^@/, ''))
    if (member !== undefined) members.set(member, value[name] ?? null)
  }
}

/** The text of an element that has attributes too. */
function textIn(value: JsonObject): Json | undefined {
  return value['#text'] ?? value['@text'] ?? value['text']
}

function collect(members: Map<string, Json>, value: Json | undefined, depth: number): void {
  if (!isObject(value) || depth > DEEPEST) return
  for (const key of Object.keys(value)) {
    const inner = value[key] ?? null
    if (key.startsWith('#') || key.startsWith('@') || key.endsWith('_attributes')) continue
    if (Array.isArray(inner)) for (const item of inner) element(members, key, item, depth)
    else element(members, key, inner, depth)
  }
}

/** One element: a value, `{"@Name": …, "#text": …}`, or an element with others inside. */
function element(members: Map<string, Json>, key: string, value: Json, depth: number): void {
  if (!isObject(value)) {
    add(members, key, value)
    return
  }
  const inner = isObject(value['#attributes']) ? value['#attributes'] : value
  const label = inner['@Name'] ?? inner['Name']
  const text = textIn(value)
  if (typeof label === 'string' && key === 'Data') add(members, label, text ?? '')
  else if (text === undefined) collect(members, value, depth + 1)
  else if (isList(text)) for (const one of text) add(members, key, one)
  else add(members, key, text)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
