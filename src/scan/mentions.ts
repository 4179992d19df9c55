import type { Json, JsonObject } from '../core/json.ts'
import { someScalar } from './compile.ts'
import { type Matched, shortText } from './matched.ts'

/** Does a text name the entity: is it that, or does it hold it where it is not part of a longer word? */
export type Names = (text: string) => boolean

/**
 * Whole words only, whatever their case: `10.0.0.1` is not in `10.0.0.12`, a bucket `logs` is in
 * `arn:aws:s3:::logs/x` and not in `logs-archive`.
 */
export function names(entity: string): Names {
  const wanted = entity.toLowerCase()
  return text => holdsWord(text.toLowerCase(), wanted)
}

/** How an event is asked whether it names an entity in any of its values, and in which fields it does. */
export interface Mention {
  /** @param text the event as it is written; empty: not known */
  test(event: JsonObject, text: string): boolean
  /** The first ten, with their values. */
  places(event: JsonObject): readonly Matched[]
}

export function mentionOf(entity: string): Mention {
  return { test: mentions(entity), places: mentionPlaces(entity) }
}

function mentions(entity: string): (event: JsonObject, text: string) => boolean {
  const needle = plainPart(entity.toLowerCase())
  const test = names(entity)
  return (event, text) => {
    // The raw text is searched first, unless it may spell the value otherwise.
    if (needle !== undefined && text !== '' && !text.includes('\\u') && !text.toLowerCase().includes(needle))
      return false
    return someScalar(event, test)
  }
}

/** Places that are told of one event. */
const MOST = 10

function mentionPlaces(entity: string): (event: JsonObject) => readonly Matched[] {
  const test = names(entity)
  return event => {
    const found = new Map<string, Matched>()
    const open: [value: Json, field: string][] = [[event, '']]
    for (let next = open.pop(); next !== undefined && found.size < MOST; next = open.pop()) {
      const [value, field] = next
      if (typeof value === 'object' && value !== null)
        for (const member of inside(value, field).reverse()) open.push(member)
      else if (value !== null && test(String(value)) && !found.has(field))
        found.set(field, { field, value: shortText(value) })
    }
    return [...found.values()]
  }
}

/** The values in a container, with the dotted names that rules have for them. */
function inside(value: readonly Json[] | JsonObject, field: string): [Json, string][] {
  if (isArray(value)) return value.map(item => [item, field])
  return Object.entries(value).map(([key, member]) => [member, field === '' ? key : `${field}.${key}`])
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value)
}

/** The longest part that JSON can write in one way only, but for its case and `\u`. */
function plainPart(wanted: string): string | undefined {
  const [longest = ''] = wanted.split(NOT_PLAIN).sort((a, b) => b.length - a.length)
  return longest.length < 3 ? undefined : longest
}

/** All but printable ASCII without quotes, slash and backslash. */
const NOT_PLAIN = /[^ !#-.0-[\]-~]+/

const WORD = /[\p{L}\p{N}_.-]/u

function holdsWord(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text[at - 1] ?? ' '
    const after = text[at + wanted.length] ?? ' '
    if (!WORD.test(before) && !WORD.test(after)) return true
  }
  return false
}
