import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { apart } from './apart.ts'
import { columnsOf, rowOf } from './columns.ts'
import { elasticRecord } from './elastic/elastic-record.ts'
import { jsonIn } from './json-text.ts'
import { mappedLines } from './map/mapped-lines.ts'
import { mappedRecords } from './map/mapped-records.ts'
import { nativeRecord, withoutRaw } from './ocsf/ocsf.ts'
import { several } from './several.ts'
import type { Source, Unwrapped } from './source.ts'
import { sources } from './sources.ts'
import type { TextEvent } from './text-event.ts'
import { textEvents } from './text-events.ts'
import { UNPACKED_LIMIT, unpack } from './unpack.ts'
import { inside, mayWrap, type Wrapper, wrappers } from './wrappers.ts'

/** Steps inwards: six wrappers, each of which may be a list or a text besides. EventBridge in SNS in SQS takes seven. */
const DEEPEST = 12
/** What the compressed texts of one item may unpack to together, in bytes. */
const UNPACKED_IN_ALL = 4 * UNPACKED_LIMIT

/**
 * Finds the events in one item of a file and emits each, in order: the item itself, or what it wraps, through any
 * nesting of the known wrappers up to a depth. Each element of a wrapped list is emitted as something; what is not known or
 * too deep as `unknown`, what cannot be unpacked as `failed`. An empty list emits nothing. `known` are the logs that are told
 * apart, those asked first in front.
 */
export function unwrap(value: Json, emit: (item: Unwrapped) => void, known = sources): void {
  if (isObject(value) && value['_raw'] === undefined) {
    const source = recogniser(value, known)
    if (source !== undefined) {
      emit(eventItem(source, value))
      return
    }
  }
  visitItem({ emit, known, unpackable: UNPACKED_IN_ALL, problem: undefined, around: undefined }, value, 0)
}

/**
 * The source of an item that is an event as it stands, found by looking at its members by name alone; undefined if that is
 * not certain. `unwrap` emits the same.
 */
export function sourceByName(record: JsonObject, [first]: readonly Source[]): Source | undefined {
  if (first?.byName !== true || first.flat !== undefined) return undefined
  if (record['_raw'] !== undefined || !first.recognises(record)) return undefined
  return typeof record['userIdentity'] === 'string' ? undefined : first
}

type EventItem = Unwrapped & { readonly kind: 'event' }

interface Walk {
  readonly emit: (item: Unwrapped) => void
  readonly known: readonly Source[]
  /** Bytes that may still be unpacked. */
  unpackable: number
  /** Why something in the item at hand could not be unpacked. */
  problem: string | undefined
  /** The object whose `_raw` is being looked into. */
  around: JsonObject | undefined
}

/** Emits what is known in a value, else what became of it. */
function visitItem(walk: Walk, value: Json, depth: number, text?: string): void {
  walk.problem = undefined
  if (visit(walk, value, depth, text)) return
  walk.emit(
    walk.problem === undefined ? { kind: 'unknown', value } : { kind: 'failed', reason: walk.problem },
  )
}

function recogniser(record: JsonObject, known: readonly Source[]): Source | undefined {
  for (const source of known) if (source.recognises(record)) return source
  return undefined
}

/** Emits what is known in a value; false if nothing is. `text` is what the value itself was read from. */
function visit(walk: Walk, value: Json, depth: number, text?: string): boolean {
  if (depth > DEEPEST) return false
  if (typeof value === 'string') return visitText(walk, value, depth)
  if (Array.isArray(value)) return visitList(walk, value, depth)
  return isObject(value) && visitObject(walk, value, depth, text)
}

function visitObject(walk: Walk, object: JsonObject, depth: number, text?: string): boolean {
  // Splunk's rows repeat fields of the event beside the event itself.
  const hasRaw = object['_raw'] !== undefined
  if (!hasRaw && emitEvent(walk, object, text)) return true
  const native = hasRaw ? undefined : (nativeRecord(object) ?? elasticRecord(object))
  if (native !== undefined && emitMade(walk, native, object)) return true
  const mapped = hasRaw ? undefined : mappedRecords(object, walk.known)
  if (mapped !== undefined) {
    visitEvents(walk, object, mapped)
    return true
  }
  const events = hasRaw ? undefined : several(object)
  if (events !== undefined) return visitEvents(walk, object, events)
  const what = apart(object)
  if (what !== undefined) {
    walk.emit({ kind: 'apart', what })
    return true
  }
  if (mayWrap(object) && visitWrapped(walk, object, depth)) return true
  if (hasRaw && emitEvent(walk, object, text)) return true
  const bare = withoutRaw(object)
  if (bare !== undefined && emitMade(walk, bare, object)) return true
  const record = columnsOf(object)
  return record !== undefined && emitEvent(walk, record, text)
}

/** Each of them is told as made of the whole. */
function visitEvents(walk: Walk, whole: JsonObject, events: readonly JsonObject[]): boolean {
  const { around } = walk
  for (const event of events) {
    const source = recogniser(event, walk.known)
    if (source === undefined) walk.emit({ kind: 'unknown', value: event })
    else walk.emit({ ...eventItem(source, event), from: event, ...(around === undefined ? {} : { around }) })
  }
  return events.length > 0 || whole['events'] !== undefined
}

function visitWrapped(walk: Walk, object: JsonObject, depth: number): boolean {
  const { around } = walk
  if (object['_raw'] !== undefined) walk.around = object
  const known = wrappers.some(wrapper => visitInside(walk, object, wrapper, depth))
  walk.around = around
  return known
}

function visitInside(walk: Walk, object: JsonObject, wrapper: Wrapper, depth: number): boolean {
  const value = inside(object, wrapper)
  if (value === undefined) return false
  if (wrapper.base64 !== true || typeof value !== 'string') return visit(walk, value, depth + 1)
  const unpacked = unpack(value, Math.min(walk.unpackable, UNPACKED_LIMIT))
  walk.unpackable -= unpacked.cost
  if ('text' in unpacked) return visitText(walk, unpacked.text, depth + 1)
  walk.problem = unpacked.problem
  return false
}

function visitText(walk: Walk, text: string, depth: number): boolean {
  if (!/^\s*[{["]/.test(text) && emitTextEvents(walk, text)) return true
  const found = jsonIn(text)
  const [only] = found
  if (only === undefined) return false
  if (found.length === 1) return visit(walk, only.value, depth + 1, only.text)
  for (const one of found) visitItem(walk, one.value, depth + 1, one.text)
  return true
}

function visitList(walk: Walk, list: readonly Json[], depth: number): boolean {
  const row = rowOf(list)
  if (row !== undefined) return visitObject(walk, row, depth + 1)
  for (const item of list) visitItem(walk, item, depth + 1)
  return true
}

function emitEvent(walk: Walk, record: JsonObject, text?: string): boolean {
  const source = recogniser(record, walk.known)
  if (source === undefined) return false
  const item = eventItem(source, record)
  const { around } = walk
  walk.emit({ ...item, ...(text === undefined ? {} : { text }), ...(around === undefined ? {} : { around }) })
  return true
}

/** Emits the event, or what is known not to be one, that a record in another form stands for. */
function emitMade(walk: Walk, record: JsonObject, from: JsonObject): boolean {
  const what = apart(record)
  const source = what === undefined ? recogniser(record, walk.known) : undefined
  const { around } = walk
  if (what !== undefined) walk.emit({ kind: 'apart', what })
  else if (source !== undefined)
    walk.emit({ ...eventItem(source, record), from, ...(around === undefined ? {} : { around }) })
  return what !== undefined || source !== undefined
}

function eventItem(source: Source, record: JsonObject): EventItem {
  const made = source.flat === undefined ? structsRead(record) : source.flat(record)
  return made === undefined
    ? { kind: 'event', source, record }
    : { kind: 'event', source, record: made, from: record }
}

/** Rows of Lake and Athena have CloudTrail's names and, as texts, its objects; `undefined` of any other record. */
function structsRead(record: JsonObject): JsonObject | undefined {
  const made = typeof record['userIdentity'] === 'string' ? columnsOf(record) : undefined
  return isObject(made?.['userIdentity']) ? made : undefined
}

/** Those of the logs that mappings describe come first, as everywhere. */
function eventsInText(text: string, known: readonly Source[]): readonly TextEvent[] {
  if (known[0]?.map === undefined) return textEvents(text)
  const line = text.trim()
  const record = mappedLines(line, known)?.(line)
  return isObject(record) ? [{ record, text: line }] : textEvents(text)
}

/** Emits the events in a text that is no JSON; false if there is none. */
function emitTextEvents(walk: Walk, text: string): boolean {
  let known = false
  const { around } = walk
  for (const event of eventsInText(text, walk.known)) {
    const source = recogniser(event.record, walk.known)
    const what = source === undefined ? apart(event.record) : undefined
    if (what !== undefined) {
      walk.emit({ kind: 'apart', what })
      known = true
    }
    if (source === undefined) continue
    walk.emit({ kind: 'event', source, ...event, from: text, ...(around === undefined ? {} : { around }) })
    known = true
  }
  return known
}
