/** The furthest from 1970 that a date can be, in ms. */
const FURTHEST = 8_640_000_000_000_000

/** Is this a time that a calendar can name? */
export function isTime(time: number | undefined): time is number {
  return time !== undefined && Math.abs(time) <= FURTHEST
}

/** ISO 8601 with `Z`, with milliseconds only where there are any. */
export function utcText(time: number): string {
  const text = new Date(time).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text
}

/** The UTC day of a time: `2024-05-01`. */
export function utcDay(time: number): string {
  const text = new Date(time).toISOString()
  return text.slice(0, text.indexOf('T'))
}

/** Is the text exactly what `utcText` gives for the time? Quick for what most logs write, `2024-05-01T10:00:00Z`. */
export function isUtcText(text: string, time: number): boolean {
  if (text.length !== 20 || text.charCodeAt(19) !== ZED) return isTime(time) && utcText(time) === text
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const day = twoDigits(text, 8)
  // Date.UTC reads a year below 100 as 19xx, and the 30th of February as a day in March.
  if (!(year >= 100) || day > 28) return isTime(time) && utcText(time) === text
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  return (
    Date.UTC(year, twoDigits(text, 5) - 1, day, hour, minute, second) === time &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    day > 0 &&
    punctuated(text)
  )
}

const ZED = 90
const ZERO = 48

function punctuated(text: string): boolean {
  return text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[13] === ':' && text[16] === ':'
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}
