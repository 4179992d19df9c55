import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { isDefender } from './defender.ts'

/** A form in which a Windows event comes as JSON. */
export type Form =
  /** `{"Event":{"System":…,"EventData":…}}`, as evtx_dump and others print a record. */
  | 'dump'
  /** Elastic's: `winlog.event_data.*`. */
  | 'winlog'
  /** One object with the native names: NXLog, Sentinel's tables, Splunk's fields. */
  | 'flat'
  /** A row of Defender's advanced hunting. */
  | 'defender'

/** In which form an object is a Windows event, if it is one. It runs for many records, so it looks at a few members only. */
export function formOf(record: JsonObject): Form | undefined {
  if (isFlat(record)) return 'flat'
  if (isObject(record['winlog']) || record['winlog.event_id'] !== undefined) return 'winlog'
  const event = record['Event']
  if (isObject(event) && isObject(event['System'])) return 'dump'
  return isDefender(record) ? 'defender' : undefined
}

/** It has the number of the event, and says which log it is of. */
function isFlat(record: JsonObject): boolean {
  const id = record['EventID'] ?? record['EventCode']
  if (typeof id !== 'number' && (typeof id !== 'string' || !/^\d{1,6}$/.test(id))) return false
  return LOG_NAMES.some(name => isText(record[name])) || isSplunk(record['sourcetype'])
}

const LOG_NAMES = [
  'Channel',
  'Provider_Name',
  'SourceName',
  'LogName',
  'EventSourceName',
  'ProviderName',
  'EventLog',
]

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== ''
}

function isSplunk(sourcetype: Json | undefined): boolean {
  return typeof sourcetype === 'string' && /^(?:xml)?wineventlog/i.test(sourcetype)
}
