import { regex } from '../../../plan/regex.ts'
import type { Scalar } from '../../../plan/scalar.ts'
import { as, call, isNull, not, text } from '../../../plan/scalars.ts'
import { escapeRegex } from './context.ts'
import { chosen } from './functions/conditions.ts'
import { isNothing } from './values.ts'

/** A code of a time format: what it looks like, and its name in the plan. */
type Code = readonly [letters: string, source: string, format: string]

const CODES: readonly Code[] = [
  ['Y', '\\d{4}', '%Y'],
  ['y', '\\d{2}', '%y'],
  ['m', '\\d{1,2}', '%m'],
  ['d', '\\d{1,2}', '%d'],
  ['e', ' ?\\d{1,2}', '%d'],
  ['j', '\\d{1,3}', '%j'],
  ['Hk', ' ?\\d{1,2}', '%H'],
  ['Il', ' ?\\d{1,2}', '%I'],
  ['M', '\\d{1,2}', '%M'],
  ['S', '\\d{1,2}', '%S'],
  // Names may be short or long, whatever the code says; long ones are made short.
  ['bhB', '[A-Za-z]{3,9}', '%b'],
  ['aA', '[A-Za-z]{3,9}', '%a'],
  ['p', '[AaPp][Mm]', '%p'],
  ['fNQq', '\\d{1,9}', '%f'],
  ['z', '(?:[-+]\\d{2}:?\\d{2}|Z)', '%z'],
  ['Z', '[A-Za-z]{1,5}', '%Z'],
  ['%', '%', '%%'],
]

/** Codes that stand for several. */
const LONG: readonly (readonly [RegExp, string])[] = [
  [/%F/g, '%Y-%m-%d'],
  [/%[TX]/g, '%H:%M:%S'],
  [/%D/g, '%m/%d/%y'],
  [/%x/g, '%m/%d/%Y'],
  [/%R/g, '%H:%M'],
  [/%v/g, '%d-%b-%Y'],
  [/%c/g, '%a %b %e %H:%M:%S %Y'],
  [/%\+/g, '%a %b %e %H:%M:%S %Z %Y'],
]

interface Shape {
  /** What a text must begin with. */
  readonly source: string
  /** The same in the plan's codes. */
  readonly format: string
}

/**
 * A time that a text begins with, by Splunk's format; what stands behind it is left out. What the format does not
 * name is today's.
 */
export function readTime(value: Scalar, format: string, now: number): Scalar {
  if (isNothing(value)) return as('number', value)
  const whole = LONG.reduce((before, [code, by]) => before.replaceAll(code, by), format)
  if (/^\s*%s/.test(whole)) return seconds(as('text', value), whole)
  const found = timeOf(value, whole, now)
  // The part of a second may be missing, with its point.
  const without = whole.replace(/\.%\d?[NQqf]/, '')
  return without === whole ? found : chosen([[not(isNull(found)), found]], timeOf(value, without, now))
}

function timeOf(value: Scalar, whole: string, now: number): Scalar {
  const shape = shapeOf(whole)
  const found = shortNames(microseconds(captured(as('text', value), `^\\s*(${shape.source})`), shape), shape)
  const [today, missing] = missingDate(whole, now)
  const plain = /%z|%Z/.test(shape.format) ? zoned(found, shape.format.includes('%z')) : found
  const complete = missing === '' ? plain : call('concat', text(today), plain)
  return call('parse_time', complete, text(missing + shape.format))
}

/** `%s` with what stands behind it of a second: `1700000000.25`, or 13 digits for `%s%3N`. */
function seconds(value: Scalar, format: string): Scalar {
  if (/^\s*%s\d?[NQq]/.test(format.replace(/%s%/, '%s'))) {
    const [whole, rest] = [captured(value, '^\\s*(\\d{10})'), captured(value, '^\\s*\\d{10}(\\d{1,9})')]
    return as('number', call('concat', whole, text('.'), rest))
  }
  return as('number', captured(value, '^\\s*(-?\\d{1,12}(?:\\.\\d{1,9})?)'))
}

function captured(of: Scalar, source: string): Scalar {
  return { kind: 'capture', of, regex: regex(source, { caseless: true }), group: 1, all: false, type: 'text' }
}

function shapeOf(format: string): Shape {
  let source = ''
  let plan = ''
  for (const [part] of format.matchAll(/%(?:[-\d:]{0,2}[A-Za-z%])|[\s\S]/g)) {
    const code = CODES.find(([letters]) => part.length > 1 && letters.includes(part.at(-1) ?? ''))
    source += code?.[1] ?? (/\s/.test(part) ? '\\s+' : escapeRegex(part))
    plan += code?.[2] ?? (part.startsWith('%') ? `%${part}` : part)
  }
  return { source: source.replaceAll(/(?:\\s\+)+/g, '\\s+'), format: plan }
}

/** The date that a format leaves out, as text and as format: all of it, or the year. */
function missingDate(format: string, now: number): readonly [string, string] {
  if (/%[-\d]?[Yys]/.test(format)) return ['', '']
  const today = new Date(now * 1000).toISOString()
  if (/%-?[mdebBhj]/.test(format)) return [`${today.slice(0, 4)} `, '%Y ']
  return [`${today.slice(0, 10)} `, '%Y-%m-%d ']
}

const MONTHS =
  '\\b(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)\\b'
const DAYS = '\\b(sun|mon|tue|wed|thu|fri|sat)(?:s|sday|day|nesday|rs|rsday|urs|urday)\\b'

function shortNames(of: Scalar, { format }: Shape): Scalar {
  const names = [...(format.includes('%b') ? [MONTHS] : []), ...(format.includes('%a') ? [DAYS] : [])]
  return names.reduce<Scalar>((before, source) => {
    return {
      kind: 'substitute',
      of: before,
      regex: regex(source, { caseless: true }),
      by: '\\1',
      all: false,
      type: 'text',
    }
  }, of)
}

/** The engine reads six digits of a second at most. */
function microseconds(of: Scalar, { format }: Shape): Scalar {
  if (!format.includes('%f')) return of
  const longer = regex('(\\d{6})\\d{1,3}($|\\D)')
  return { kind: 'substitute', of, regex: longer, by: '\\1\\2', all: false, type: 'text' }
}

/** `Z` is the zone of no offset, which the engine knows by other names. */
function zoned(of: Scalar, offset: boolean): Scalar {
  const by = offset ? '\\1+0000' : '\\1UTC'
  return { kind: 'substitute', of, regex: regex('([^A-Za-z])Z$'), by, all: false, type: 'text' }
}
