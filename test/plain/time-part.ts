import type { TimePart } from '../../src/plan/expr.ts'

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/

/**
 * A part of a time as it is written: the text begins with `2024-05-06`, which may go on with `T07:08` or
 * ` 07:08`. What follows, the zone included, is not looked at. Nothing if the text does not say, or says what no
 * calendar or clock has.
 */
export function timePart(text: string, part: TimePart): number | undefined {
  const found = ISO.exec(text)
  if (found === null) return undefined
  const [year = 0, month = 0, day = 0, hour = Number.NaN, minute = Number.NaN] = found.slice(1).map(Number)
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const value = { year, month, day, week: isoWeek(year, month, day), hour, minute }[part]
  const ofClock = part === 'hour' || part === 'minute'
  return ofClock && !(hour < 24 && minute < 60) ? undefined : value
}

/** The week of a day belongs to the year of its Thursday, and counts from that year's first Thursday. */
function isoWeek(year: number, month: number, day: number): number {
  const date = midnight(year, month, day)
  const weekday = (date.getUTCDay() + 6) % 7
  const thursday = midnight(year, month, day + 3 - weekday)
  const january = midnight(thursday.getUTCFullYear(), 1, 1)
  return 1 + Math.floor((thursday.getTime() - january.getTime()) / (7 * 86_400_000))
}

/** Unlike `Date.UTC`, for the first hundred years too. */
function midnight(year: number, month: number, day: number): Date {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date
}
