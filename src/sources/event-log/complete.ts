import { type Json, type JsonObject, member } from '../../core/json.ts'
import { type Growing, put } from '../put.ts'
import { channelOf } from './channels.ts'

/**
 * The same event with the names that rules and searches share across its forms: `EventID` and `EventCode` as numbers,
 * `Channel`, `Provider_Name`, `Computer`, `host`, and for a 4688 `Image`, `ParentImage`, `User` and
 * `IntegrityLevel` beside its own names. Nothing that the event says is replaced but numbers written as text.
 */
export function completed(event: Growing): JsonObject {
  for (const [name, others] of OTHER_NAMES) fill(event, name, others)
  const id = numberOf(event['EventID'])
  if (id !== undefined) {
    event['EventID'] = id
    event['EventCode'] = id
  }
  const channel = channelOf(textOf(event['Provider_Name']))
  if (channel !== undefined) event['Channel'] ??= channel
  user(event)
  const level = LEVELS.get(textOf(event['MandatoryLabel']) ?? '')
  if (level !== undefined) event['IntegrityLevel'] ??= level
  return event
}

/** Name -> the names under which other forms have it, the most trusted first. */
const OTHER_NAMES: readonly (readonly [name: string, others: readonly string[]])[] = [
  ['EventID', ['EventCode', 'EventId']],
  ['Provider_Name', ['ProviderName', 'SourceName', 'EventSourceName', 'Provider', 'Source', 'source_name']],
  ['Channel', ['LogName', 'EventLog', 'log_name', 'channel']],
  [
    'Computer',
    ['Hostname', 'HostName', 'ComputerName', 'DeviceName', 'computer_name', 'MachineName', 'host'],
  ],
  ['host', ['Computer']],
  ['EventRecordID', ['RecordNumber', 'RecordId', 'EventRecordId', 'record_id']],
  ['Image', ['NewProcessName']],
  ['ParentImage', ['ParentProcessName']],
]

/** Integrity levels, by the SIDs that a 4688 has for them. */
const LEVELS: ReadonlyMap<string, string> = new Map([
  ['S-1-16-4096', 'Low'],
  ['S-1-16-8192', 'Medium'],
  ['S-1-16-8448', 'MediumPlus'],
  ['S-1-16-12288', 'High'],
  ['S-1-16-16384', 'System'],
])

function fill(event: Growing, name: string, others: readonly string[]): void {
  if (event[name] !== undefined) return
  for (const other of others) {
    const value = member(event, other)
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) {
      put(event, name, value)
      return
    }
  }
}

/** The subject of a Security event, with its domain as Sysmon writes it. */
function user(event: Growing): void {
  if (event['User'] !== undefined) return
  const name = textOf(event['SubjectUserName'])
  const domain = textOf(event['SubjectDomainName'])
  if (name === undefined || name === '-') return
  event['User'] = domain === undefined || domain === '-' ? name : `${domain}\\${name}`
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number, or a text of digits. */
function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : undefined
}
