import { never } from '../core/never.ts'
import type { TimePart } from '../plan/expr.ts'

const iso = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ]([01]\d|2[0-3]):([0-5]\d))?/

/**
 * A part of an ISO 8601 time as it is written, without conversion of its zone; the week is the ISO week. A month
 * 13 or an hour 24 is none.
 */
export function partOf(text: string, part: TimePart): number | undefined {
  const match = iso.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute] = match
    .slice(1)
    .map(digits => (digits === undefined ? undefined : Number(digits)))
  if (year === undefined || month === undefined || day === undefined) return undefined
  switch (part) {
    case 'year':
      return year
    case 'month':
      return month
    case 'day':
      return day
    case 'week':
      return isoWeek(year, month, day)
    case 'hour':
      return hour
    case 'minute':
      return minute
    default:
      return never(part)
  }
}

const DAY = 86_400_000

/** The week that holds the day's Thursday, counted in the year of that Thursday. */
function isoWeek(year: number, month: number, day: number): number {
  // 400 years are a whole number of weeks, and `Date.UTC` takes years below 100 for 1900 and more.
  const date = Date.UTC(year + 400, month - 1, day)
  const weekday = (new Date(date).getUTCDay() + 6) % 7
  const thursday = date + (3 - weekday) * DAY
  const january = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)
  return Math.floor((thursday - january) / (7 * DAY)) + 1
}
