import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { COLUMNS, EVENT_COLUMNS, LOWERED, NESTED, NESTED_NAMES, plain } from './column-names.ts'
import { readableTime } from './find-time.ts'
import { looseLiteral } from './loose-literal.ts'
import { type Growing, put } from './put.ts'

/** More members than any row of CloudTrail has. */
const MOST_COLUMNS = 500
/** CloudTrail's own nesting ends far above. */
const DEEPEST_RESTORED = 8

/** A column, and where its value stands in an event if it is known. */
export interface Column {
  readonly name: string
  readonly path?: readonly string[]
}

export function columnOf(name: string): Column {
  const path = EVENT_COLUMNS.has(name) ? undefined : COLUMNS.get(plain(name))
  return path === undefined ? { name } : { name, path }
}

/**
 * The event that a row of columns stands for, with CloudTrail's names and nesting. Columns that are not known stay
 * as they are; empty cells and `null` are left out, as CloudTrail does. Athena's and Lake's structs and Python's
 * dicts are read as objects as far as they can be.
 */
export function eventOf(columns: readonly Column[], cells: readonly (Json | undefined)[]): JsonObject {
  const event: Growing = {}
  columns.forEach(({ name, path }, index) => {
    const value = cells[index]
    if (value === undefined || value === null || value === '' || value === 'null') return
    if (path === undefined) put(event, name, value)
    else place(event, path, cell(path.at(-1) ?? name, value))
  })
  if (event['eventSource'] === undefined && isS3(event['requestParameters'])) {
    event['eventSource'] = 's3.amazonaws.com'
  }
  return event
}

/**
 * The event in an object whose members are columns in another spelling, such as a row of Athena as JSON. `undefined`
 * if it is none: its source must read like an AWS service.
 */
export function columnsOf(object: JsonObject): JsonObject | undefined {
  const names = Object.keys(object)
  if (names.length > MOST_COLUMNS || !names.some(isEventName)) return
  const event = eventOf(
    names.map(columnOf),
    names.map(name => object[name]),
  )
  const source = event['eventSource']
  return typeof source === 'string' && source.endsWith('.amazonaws.com') ? event : undefined
}

/**
 * A row of Lake's `get-query-results`, a list of objects of one member each, all different, one of which names an event; or of
 * CloudWatch Logs', a list of fields and their values.
 */
export function rowOf(list: readonly Json[]): JsonObject | undefined {
  if (list.length > MOST_COLUMNS) return
  const insights = fieldsOf(list)
  if (insights !== undefined) return insights
  const row: Growing = {}
  for (const item of list) {
    const [name, more] = isObject(item) ? Object.keys(item) : []
    if (name === undefined || more !== undefined || !isObject(item) || Object.hasOwn(row, name)) return
    put(row, name, item[name] ?? null)
  }
  const known = Object.keys(row).some(name => EVENT_COLUMNS.has(name) || isEventName(name))
  return known ? row : undefined
}

/** `[{"field":"@message","value":…},…]` */
function fieldsOf(list: readonly Json[]): JsonObject | undefined {
  if (list.length === 0) return
  const row: Growing = {}
  for (const item of list) {
    if (!isObject(item) || typeof item['field'] !== 'string' || typeof item['value'] !== 'string') return
    put(row, item['field'], item['value'])
  }
  return row
}

/** `eventName`, `eventname`, `Event Name`, `event_name`. */
export function isEventName(name: string): boolean {
  return name.length >= 9 && name.length <= 12 && plain(name) === 'eventname'
}

/** `resources` gathers the columns for type and name in one entry. */
function place(event: Growing, path: readonly string[], value: Json): void {
  const [first = '', second] = path
  if (second === undefined) {
    // Flattened members may have come before the whole.
    const before = event[first]
    event[first] = isObject(before) && isObject(value) ? { ...value, ...before } : value
    return
  }
  const before = first === 'resources' && Array.isArray(event[first]) ? event[first][0] : event[first]
  const grown = { ...(isObject(before) ? before : {}), [second]: value }
  event[first] = first === 'resources' ? [grown] : grown
}

function cell(name: string, value: Json): Json {
  if (typeof value !== 'string') return LOWERED.has(name) ? restored(value, 0) : value
  if (name === 'readOnly' || name === 'managementEvent') {
    const lower = value.toLowerCase()
    return lower === 'true' || lower === 'false' ? lower === 'true' : value
  }
  // The console's export writes `March 04, 2025, 10:00:00 (UTC+02:00)`.
  if (name === 'eventTime') return readableTime(value)
  if (!NESTED.has(name)) return value
  const literal = looseLiteral(value) ?? value
  return LOWERED.has(name) ? restored(literal, 0) : literal
}

/** Nested names with their capitals. */
function restored(value: Json, depth: number): Json {
  if (depth > DEEPEST_RESTORED) return value
  if (Array.isArray(value)) return value.map(item => restored(item, depth + 1))
  if (!isObject(value)) return value
  const object: Growing = {}
  for (const key of Object.keys(value)) {
    put(object, NESTED_NAMES.get(key.toLowerCase()) ?? key, restored(value[key] ?? null, depth + 1))
  }
  return object
}

/** An export of S3 data events may leave the service out; the bucket and the host that was asked give it away. */
function isS3(request: Json | undefined): boolean {
  if (!isObject(request) || typeof request['bucketName'] !== 'string') return false
  const host = request['Host']
  return typeof host === 'string' && /(?:^|\.)s3[.-]/.test(host) && host.includes('.amazonaws.com')
}
