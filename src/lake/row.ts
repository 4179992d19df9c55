import type { BriefEvent } from '../core/event.ts'
import { parseIp } from '../core/ip.ts'

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
  /** The text that the event was made of; null if that is its JSON. */
  message: 'VARCHAR',
  /** What a collector says of it, as JSON; null if nothing. */
  around: 'VARCHAR',
  /** CRC-32 of `raw`: tells copies of an event from others that have its id. */
  content: 'BIGINT',
} as const

/** Between the cells of a line, between the members of a list, and in place of a cell that is null. */
export const BETWEEN = '\x1f'
export const BETWEEN_MEMBERS = '\x1e'
export const NOTHING = '\x02'

/** In place of a text with control characters, which a line cannot hold: it is to be read out of `raw`. */
export const UNWRITTEN = '\x03'

/** What the envelope says of an event and where it stood. */
export interface RowFacts {
  readonly id: string | undefined
  readonly time: number | undefined
  readonly event: BriefEvent
  /** No text of the event has a control character. */
  readonly plain: boolean
  /** As `plainText` has it. */
  readonly file: string
  readonly number: number
  /** As JSON. */
  readonly exceptions: string | undefined
  /** The text that it was made of, as JSON. */
  readonly message: string | undefined
  /** As JSON. */
  readonly around: string | undefined
}

/** The cells of the envelope up to `around`, as the beginning of a line. */
export function rowHead(facts: RowFacts): string {
  const { id, time, event, plain, file, number, exceptions, message, around } = facts
  const { actor, address } = event
  const cell = plain ? plainCell : anyCell
  return (
    cell(id) +
    (time === undefined ? NOTHING + BETWEEN : time + BETWEEN) +
    cell(event.account) +
    cell(event.region) +
    cell(actor.principal) +
    cell(actor.name) +
    cell(address) +
    plainCell(address === undefined ? undefined : ipKey(address)) +
    cell(event.action) +
    plainCell(event.outcome) +
    entities(event, plain) +
    BETWEEN +
    file +
    BETWEEN +
    number +
    BETWEEN +
    plainCell(exceptions) +
    plainCell(message) +
    plainCell(around)
  )
}

function plainCell(text: string | undefined): string {
  return (text === undefined ? NOTHING : text) + BETWEEN
}

function anyCell(text: string | undefined): string {
  return (text === undefined ? NOTHING : plainText(text)) + BETWEEN
}

const CONTROL = /[\x00-\x1f]/

/** Control characters, which separate lines and cells, as their pictures. */
export function plainText(text: string): string {
  return CONTROL.test(text)
    ? text.replace(/[\x00-\x1f]/g, found => String.fromCharCode(0x2400 + found.charCodeAt(0)))
    : text
}

/** A text as it is, as a cell; `UNWRITTEN` if a line cannot hold it. */
export function exactCell(text: string): string {
  return CONTROL.test(text) ? UNWRITTEN : text
}

/** Addresses come again and again. */
const keys = new Map<string, string | undefined>()
const MOST_KEYS = 50_000

/** 32 hexadecimal digits that sort as addresses do. */
function ipKey(text: string): string | undefined {
  const known = keys.get(text)
  if (known !== undefined || keys.has(text)) return known
  if (keys.size === MOST_KEYS) keys.clear()
  const ip = parseIp(text)
  const hex = ip === undefined ? undefined : Buffer.from(ip.bytes).toString('hex')
  const key = ip?.version === 4 ? `00000000000000000000ffff${hex}` : hex
  keys.set(text, key)
  return key
}

/** Those of the event at hand. */
const found: string[] = []

/** Typed texts of what an event is about: `ip:…`, `user:…`, `key:…`, `account:…`, and ARNs and names as they are. */
function entities({ actor, address, account, resources }: BriefEvent, plain: boolean): string {
  found.length = 0
  if (address !== undefined) found.push(`ip:${address}`)
  if (actor.name !== undefined) found.push(`user:${actor.name}`)
  if (actor.key !== undefined) found.push(`key:${actor.key}`)
  if (account !== undefined) found.push(`account:${account}`)
  if (actor.session !== undefined) found.push(`session:${actor.session}`)
  addOnce(actor.arn)
  addOnce(actor.role)
  for (const resource of resources) addOnce(resource)
  if (found.length === 0) return NOTHING
  return (plain ? found : found.map(plainText)).join(BETWEEN_MEMBERS)
}

function addOnce(entity: string | undefined): void {
  if (entity !== undefined && !found.includes(entity)) found.push(entity)
}
