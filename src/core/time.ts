const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
  ['d', DAY],
  ['w', 7 * DAY],
])

/** The first and the last moment that `parseTime` gives: the years 0001 to 9999. */
const FIRST = daysSince1970(1, 1, 1) * DAY
const LAST = daysSince1970(10_000, 1, 1) * DAY - 1

/** Numbers below it are no time of a log: 1973 in seconds. */
const SMALLEST_EPOCH = 1e8

/**
 * UTC in ms since 1970, or `undefined` if it is no time of the years 0001 to 9999. Takes ISO 8601 with `T` or a
 * space, with or without seconds, fraction and zone (none means UTC), a date alone, and seconds, ms, µs or ns
 * since 1970 as a number or as digits. Below a millisecond nothing is kept.
 */
export function parseTime(value: string | number): number | undefined {
  if (typeof value === 'number') return fromEpoch(value)
  return fromCloudTrail(value) ?? fromWritten(value)
}

/** The UTC day, `2023-07-10`. Takes what `parseTime` gives. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** ISO 8601 in UTC, with ms only where there are any. Takes what `parseTime` gives. */
export function isoTime(time: number): string {
  const text = new Date(time).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text
}

/** `90s`, `15m`, `12h`, `30d` or `2w` in ms. */
export function parseDuration(text: string): number | undefined {
  const parts = /^(\d{1,9})([smhdw])$/.exec(text.trim().toLowerCase())
  const unit = UNITS.get(parts?.[2] ?? '')
  return unit === undefined ? undefined : Number(parts?.[1]) * unit
}

/** The one form that CloudTrail writes, `2023-07-10T11:42:36Z`, without a regular expression. */
function fromCloudTrail(text: string): number | undefined {
  if (text.length !== 20 || text[19] !== 'Z' || text[10] !== 'T' || text[4] !== '-' || text[7] !== '-') return
  if (text[13] !== ':' || text[16] !== ':') return
  const year = pair(text, 0) * 100 + pair(text, 2)
  return assemble([year, pair(text, 5), pair(text, 8), pair(text, 11), pair(text, 14), pair(text, 17)], 0)
}

/** Two digits as a number; NaN if they are none. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

const WRITTEN =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i

function fromWritten(text: string): number | undefined {
  if (text.length > 64) return
  const trimmed = text.trim()
  if (/^\d{9,19}(\.\d{1,9})?$/.test(trimmed)) return fromEpoch(Number(trimmed))
  const parts = WRITTEN.exec(trimmed)
  if (parts === null) return
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', zone = 'Z'] = parts
  const local = assemble([year, month, day, hour, minute, second].map(Number), zoneOffset(zone))
  return local === undefined ? undefined : local + Math.trunc(Number(`0.${fraction || 0}`) * SECOND)
}

function zoneOffset(zone: string): number {
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  if (parts === null) return 0
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * HOUR + Number(parts[3]) * MINUTE)
}

function fromEpoch(value: number): number | undefined {
  if (!(value >= SMALLEST_EPOCH)) return
  if (value < 1e11) return Math.trunc(value * SECOND)
  if (value < 1e14) return Math.trunc(value)
  if (value < 1e17) return Math.trunc(value / 1e3)
  return value < 1e20 ? Math.trunc(value / 1e6) : undefined
}

/** Year, month, day, hour, minute, second; a leap second is the first of the next minute. */
function assemble(parts: readonly number[], offset: number): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return
  const time =
    daysSince1970(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND - offset
  return time >= FIRST && time <= LAST ? time : undefined
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Gregorian, years counted from March so that the leap day is the last; days before 0000-03-01 are negative. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + dayOfYear - 719_468
}
