import type { Json, JsonObject } from '../../core/json.ts'
import { isoTime, parseTime } from '../../core/time.ts'
import { findTime } from '../find-time.ts'

/** Names under which logs have their time, the most telling first. */
const NAMES = [
  ...['_time', 'time', 'timestamp', '@timestamp', 'eventTime', 'event_time', 'ts', 'TimeGenerated'],
  ...['TimeGenerated [UTC]', 'Timestamp', 'TimeCreated', 'UtcTime', 'EventTime', 'CreationTime', 'datetime'],
  ...['date_time', 'Time', 'created_at', 'createdAt', 'published', '_messageTime', '_messagetime', 'date'],
]

/** So much of a message is looked at for its time. */
const HEAD = 160

/** The time as written if `parseTime` reads it, else in ISO 8601; `undefined` if there is none that is known here. */
export function timeTextOf(record: JsonObject): string | undefined {
  for (const name of NAMES) {
    const found = textOf(name, record[name], record)
    if (found !== undefined) return found
  }
  const message = record['_raw'] ?? record['message']
  return typeof message === 'string' ? iso(findTime(message.slice(0, HEAD))) : undefined
}

function textOf(name: string, value: Json | undefined, record: JsonObject): string | undefined {
  if (typeof value === 'number') return parseTime(value) === undefined ? small(name, value) : String(value)
  if (typeof value !== 'string' || value === '') return
  if (parseTime(value) !== undefined) return value
  const { date } = record
  // Some have the day in a column of its own.
  const whole = name === 'time' && typeof date === 'string' ? parseTime(`${date} ${value}`) : undefined
  if (whole !== undefined) return isoTime(whole)
  return iso(findTime(value.slice(0, HEAD))) ?? small(name, value.trim() === '' ? Number.NaN : Number(value))
}

/** Splunk's `_time` is seconds since 1970, however few. */
function small(name: string, value: number): string | undefined {
  return name === '_time' && Math.abs(value) < 1e11 ? iso(Math.trunc(value * 1000)) : undefined
}

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : isoTime(time)
}
