import type { Expr, Field } from './expr.ts'

/** From the first moment on and before the second, in UTC ms; an end that is absent is open. */
export interface TimeRange {
  readonly from?: number
  readonly until?: number
}

/**
 * Does the field hold a time of the range? It has to be ISO 8601 in UTC (`2024-05-01T12:00:00Z`, a fraction may follow),
 * as clouds write it; anything else is in no range. Made of searches in the text, so each executor knows it. Bounds
 * between two seconds count as the later one.
 */
export function duringTest(of: Field, { from, until }: TimeRange): Expr {
  const tests = [
    ...(from === undefined ? [] : [search(of, notBefore(digitsOf(from)))]),
    ...(until === undefined ? [] : [search(of, before(digitsOf(until)))]),
  ]
  const [only] = tests
  return only !== undefined && tests.length === 1 ? only : { kind: 'and', of: tests }
}

function search(of: Field, digits: string): Expr {
  const source = `^${digits}[-0-9T :.]*Z?$`
  return { kind: 'regex', of, regex: { source, caseless: false, multiline: false, dotall: false } }
}

/** `20240501120000` */
function digitsOf(time: number): string {
  const second = new Date(Math.ceil(time / 1000) * 1000).toISOString()
  return second.slice(0, 19).replace(/\D/g, '')
}

/** What stands before a digit, by its place. */
const BEFORE: ReadonlyMap<number, string> = new Map([
  [4, '-'],
  [6, '-'],
  [8, '[T ]'],
  [10, ':'],
  [12, ':'],
])

/** The beginnings of all times that are not before the one with these digits. */
function notBefore(digits: string, place = 0): string {
  const digit = Number(digits[place])
  if (place === digits.length) return ''
  const same = `${digit}${notBefore(digits, place + 1)}`
  const sign = BEFORE.get(place) ?? ''
  return digit === 9 ? sign + same : `${sign}(?:[${digit + 1}-9]|${same})`
}

/** The beginnings of all times before the one with these digits. */
function before(digits: string, place = 0): string {
  const digit = Number(digits[place])
  const sign = BEFORE.get(place) ?? ''
  const less = digit === 0 ? undefined : `[0-${digit - 1}]`
  const rest = /[1-9]/.test(digits.slice(place + 1)) ? `${digit}${before(digits, place + 1)}` : undefined
  if (less === undefined) return sign + (rest ?? '')
  return rest === undefined ? sign + less : `${sign}(?:${less}|${rest})`
}
