import type { NormalEvent } from '../core/event.ts'
import { parseIp } from '../core/ip.ts'
import { isObject, type Json, type JsonObject, member } from '../core/json.ts'
import type { LakeTable, Promoted } from './tables/table.ts'

/**
 * Columns that every table has before those of its own; `raw` comes last. Column -> type of the engine, in the order
 * in which `rowHead` and the spooled lines have them.
 */
export const ENVELOPE = {
  event_id: 'VARCHAR',
  event_ms: 'BIGINT',
  account_id: 'VARCHAR',
  region: 'VARCHAR',
  actor_id: 'VARCHAR',
  actor_user: 'VARCHAR',
  src_ip: 'VARCHAR',
  src_ip_key: 'VARCHAR',
  action: 'VARCHAR',
  outcome: 'VARCHAR',
  entities: 'VARCHAR[]',
  file: 'VARCHAR',
  record: 'BIGINT',
  /** Promoted fields whose value is no text, as JSON by dotted name: their column is null. */
  exceptions: 'VARCHAR',
  /** CRC-32 of `raw`: tells copies of an event from others that have its id. */
  content: 'BIGINT',
} as const

/** Between the cells of a line, between the members of a list, and in place of a cell that is null. */
export const BETWEEN = '\x1f'
export const BETWEEN_MEMBERS = '\x1e'
export const NOTHING = '\x02'

/** What the envelope says of an event and where it stood. */
export interface RowFacts {
  readonly id: string | undefined
  readonly time: number | undefined
  readonly event: NormalEvent
  readonly file: string
  readonly number: number
  /** As JSON. */
  readonly exceptions: string | undefined
}

/** The cells of the envelope up to `exceptions`, as the beginning of a line. */
export function rowHead({ id, time, event, file, number, exceptions }: RowFacts): string {
  const { actor, address } = event
  return (
    cell(id) +
    (time === undefined ? NOTHING + BETWEEN : time + BETWEEN) +
    cell(event.account) +
    cell(event.region) +
    cell(actor.principal) +
    cell(actor.name) +
    cell(address) +
    cell(address === undefined ? undefined : ipKey(address)) +
    cell(event.action) +
    cell(event.outcome) +
    entities(event) +
    BETWEEN +
    cell(file) +
    number +
    BETWEEN +
    cell(exceptions)
  )
}

function cell(text: string | undefined): string {
  return (text === undefined ? NOTHING : plain(text)) + BETWEEN
}

const CONTROL = /[\x00-\x1f]/

/** Control characters, which separate lines and cells, as their pictures. */
function plain(text: string): string {
  return CONTROL.test(text)
    ? text.replace(/[\x00-\x1f]/g, found => String.fromCharCode(0x2400 + found.charCodeAt(0)))
    : text
}

/**
 * Compact JSON that every engine reads: a lone surrogate, of which JSON has only an escape, becomes U+FFFD, a NUL
 * U+2400.
 */
export function engineJson(json: string): string {
  return json.includes('\\u')
    ? json.replace(/\\(?:u(?:d[89a-f][0-9a-f]{2}|0000)|.)/g, found =>
        found.length === 2 ? found : found === '\\u0000' ? '\u2400' : '\ufffd',
      )
    : json
}

/** Those of a table's own fields whose value is no text, or no object or list where one is expected. */
export function exceptionsOf(record: JsonObject, table: LakeTable): Map<string, Json> | undefined {
  let found: Map<string, Json> | undefined
  for (const { name, path } of table.promoted) {
    const value = at(record, path)
    if (value === undefined || typeof value === 'string') continue
    found ??= new Map()
    found.set(name, value)
  }
  for (const { name, path } of table.parts) {
    const value = at(record, path)
    if (value === undefined || typeof value === 'object') continue
    found ??= new Map()
    found.set(name, value)
  }
  return found
}

/** Stands for what a path leads to through a list: no one value, so it reads as an empty object, which is none. */
const IN_A_LIST: Json = {}

/** The value at a path whose steps are own keys of objects. */
function at(record: JsonObject, path: Promoted['path']): Json | undefined {
  let value: Json | undefined = record
  for (const key of path) {
    if (Array.isArray(value)) return IN_A_LIST
    if (!isObject(value)) return undefined
    value = member(value, key)
  }
  return value
}

/** Addresses come again and again. */
const keys = new Map<string, string | undefined>()
const MOST_KEYS = 50_000

/** 32 hexadecimal digits that sort as addresses do. */
function ipKey(text: string): string | undefined {
  if (keys.has(text)) return keys.get(text)
  if (keys.size === MOST_KEYS) keys.clear()
  const ip = parseIp(text)
  const hex = ip === undefined ? undefined : Buffer.from(ip.bytes).toString('hex')
  const key = ip?.version === 4 ? `00000000000000000000ffff${hex}` : hex
  keys.set(text, key)
  return key
}

/** Typed texts of what an event is about: `ip:…`, `user:…`, `key:…`, `account:…`, and ARNs and names as they are. */
function entities({ actor, address, account, resources }: NormalEvent): string {
  let list = ''
  const add = (kind: string, value: string | undefined): void => {
    if (value === undefined) return
    const entity = plain(kind + value)
    if (list === '') list = entity
    else if (
      !`${BETWEEN_MEMBERS}${list}${BETWEEN_MEMBERS}`.includes(BETWEEN_MEMBERS + entity + BETWEEN_MEMBERS)
    )
      list += BETWEEN_MEMBERS + entity
  }
  add('ip:', address)
  add('user:', actor.name)
  add('key:', actor.key)
  add('account:', account)
  add('session:', actor.session)
  add('', actor.arn)
  add('', actor.role)
  for (const resource of resources) add('', resource)
  return list === '' ? NOTHING : list
}
