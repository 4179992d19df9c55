import { crc32 } from 'node:zlib'
import type { NormalEvent } from '../core/event.ts'
import { parseIp } from '../core/ip.ts'
import { isObject, type Json, type JsonObject, member } from '../core/json.ts'
import { compactJson } from '../core/text.ts'
import type { Source } from '../sources/source.ts'
import type { LakeTable, Promoted } from './tables/table.ts'

/** Columns that every table has before those of its own; `raw` comes last. Column -> type of the engine. */
export const ENVELOPE = {
  event_id: 'VARCHAR',
  /** CRC-32 of `raw`: tells copies of an event from others that have its id. */
  content: 'BIGINT',
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
} as const

/** Where an event stood. */
export interface Place {
  readonly file: string
  readonly number: number
}

/** The event as a line of JSON whose keys are the columns of its table; those that it lacks are left out. */
export function lakeRow(
  { source, record, time }: { source: Source; record: JsonObject; time: number | undefined },
  place: Place,
  table: LakeTable,
): string {
  const event = source.normalise(record)
  const line = new Line()
  line.text('event_id', source.eventId(record))
  if (time !== undefined) line.number('event_ms', time)
  line.text('account_id', event.account)
  line.text('region', event.region)
  line.text('actor_id', event.actor.principal)
  line.text('actor_user', event.actor.name)
  line.text('src_ip', event.address)
  line.text('src_ip_key', event.address === undefined ? undefined : ipKey(event.address))
  line.text('action', event.action)
  line.text('outcome', event.outcome)
  line.json('entities', entitiesOf(event))
  line.text('file', place.file)
  line.number('record', place.number)
  const exceptions = new Map<string, Json>()
  for (const promoted of table.promoted) {
    const value = at(record, promoted)
    if (typeof value === 'string') line.text(promoted.column, value)
    else if (value !== undefined) exceptions.set(promoted.path.join('.'), value)
  }
  if (exceptions.size > 0) line.text('exceptions', compactJson(Object.fromEntries(exceptions)))
  for (const part of table.parts) {
    const value = at(record, part)
    if (value !== undefined) line.text(part.column, compactJson(value))
  }
  const raw = compactJson(record)
  line.number('content', crc32(raw))
  line.text('raw', raw)
  return line.end()
}

/** Builds one line of JSON. */
class Line {
  private line = '{'

  text(column: string, value: string | undefined): void {
    if (value !== undefined) this.add(column, engineText(JSON.stringify(value)))
  }

  number(column: string, value: number): void {
    this.add(column, String(value))
  }

  json(column: string, value: readonly string[]): void {
    this.add(column, engineText(JSON.stringify(value)))
  }

  end(): string {
    return `${this.line}}\n`
  }

  private add(column: string, json: string): void {
    this.line += `${this.line.length === 1 ? '' : ','}"${column}":${json}`
  }
}

/** JSON that the engine takes: a lone surrogate becomes U+FFFD, a NUL U+2400. */
function engineText(json: string): string {
  return json.includes('\\u')
    ? json.replace(/\\u(?:d[89a-f][0-9a-f]{2})/g, '\\ufffd').replaceAll('\\u0000', '\\u2400')
    : json
}

/** The value at a path whose steps are own keys of objects. */
function at(record: JsonObject, { path }: Promoted): Json | undefined {
  let value: Json | undefined = record
  for (const key of path) value = isObject(value) ? member(value, key) : undefined
  return value
}

/** 32 hexadecimal digits that sort as addresses do. */
function ipKey(text: string): string | undefined {
  const ip = parseIp(text)
  if (ip === undefined) return undefined
  const hex = Buffer.from(ip.bytes).toString('hex')
  return ip.version === 4 ? `00000000000000000000ffff${hex}` : hex
}

/** Typed texts of what an event is about: `ip:…`, `user:…`, `key:…`, `account:…`, and ARNs and names as they are. */
function entitiesOf({ actor, address, account, resources }: NormalEvent): readonly string[] {
  const typed = [
    ['ip', address],
    ['user', actor.name],
    ['key', actor.key],
    ['account', account],
    ['session', actor.session],
  ].flatMap(([kind, value]) => (value === undefined ? [] : [`${kind}:${value}`]))
  const plain = [actor.arn, actor.role, ...resources].filter(value => value !== undefined)
  return [...new Set([...typed, ...plain])]
}
