import type { Actor, EventOutcome, NormalEvent } from '../../core/event.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { parseTime } from '../../core/time.ts'
import { defined } from '../defined.ts'
import { actionOf } from './actions.ts'

/** Of a Windows or Sysmon event under its native names. Never throws; what has the wrong type counts as absent. */
export function normalise(record: JsonObject): NormalEvent {
  const time = eventTime(record)
  const user = first(record, ['User', 'TargetUserName', 'AccountName'])
  return defined<NormalEvent>({
    id: eventId(record),
    time: time === undefined ? undefined : parseTime(time),
    timeText: time,
    service: filled(record['Provider_Name']) ?? filled(record['Channel']),
    action: actionOf(record),
    outcome: outcomeOf(record),
    error: filled(record['Status']),
    errorMessage: filled(record['FailureReason']),
    account: undefined,
    region: undefined,
    actor: defined<Actor>({ principal: user ?? filled(record['Computer']), name: user }),
    address: first(record, ['SourceIp', 'IpAddress', 'SourceAddress']),
    userAgent: undefined,
    resources: resourcesOf(record),
  })
}

/** Computer, channel and number of the record, and its time: a log that was cleared counts anew. */
export function eventId(record: JsonObject): string | undefined {
  const number = filled(record['EventRecordID'])
  const computer = filled(record['Computer'])
  if (number === undefined || computer === undefined) return
  return [computer, filled(record['Channel']) ?? '', number, eventTime(record) ?? ''].join(' ')
}

/** The time as written; a collector's local time comes last, since nothing says of which zone it is. */
export function eventTime(record: JsonObject): string | undefined {
  for (const name of TIMES) {
    const value = record[name]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return
}

const TIMES = [
  'TimeCreated',
  'UtcTime',
  'SystemTime',
  '@timestamp',
  'TimeGenerated',
  'TimeGenerated[UTC]',
  'Timestamp',
  '_time',
  'EventTime',
  'timestamp',
  'time',
]

/** An audit that failed was refused; everything else that is logged has happened. */
function outcomeOf(record: JsonObject): EventOutcome {
  const keywords = filled(record['Keywords']) ?? ''
  if (/audit failure/i.test(keywords) || keywords.toLowerCase() === '0x8010000000000000') return 'denied'
  return record['EventID'] === 4625 ? 'denied' : 'succeeded'
}

/** What the event is about, the most telling of its kind first. */
function resourcesOf(record: JsonObject): readonly string[] {
  const found = ABOUT.map(name => filled(record[name])).filter(one => one !== undefined)
  return [...new Set(found)]
}

const ABOUT = [
  'TargetFilename',
  'TargetObject',
  'QueryName',
  'DestinationHostname',
  'DestinationIp',
  'Image',
  'Path',
]

function first(record: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = filled(record[name])
    if (value !== undefined && value !== '-') return value
  }
  return
}

/** The text, or a number's; empty text and a dash count as absent. */
function filled(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' && value !== '-' ? value : undefined
}
