import type { Scalar } from '../../../plan/scalar.ts'
import { call, text } from '../../../plan/scalars.ts'
import { strftime } from './date-pattern.ts'
import { inZone, offsetText, type Zone, type ZonePeriod } from './time-zone.ts'

/** A piece of a date pattern: a run of letters for the time zone, or what stands between such runs. */
const PIECES = /'(?:[^']|'')*'|([zZX])\1*|[^'zZX]+|'/g

/** A time in seconds by one of Java's date patterns, in a time zone; undefined if the pattern is none. */
export function formatted(time: Scalar, pattern: string, zone: Zone): Scalar | undefined {
  const clock = call(
    'add',
    time,
    inZone(zone, time, ({ ahead }) => ({ kind: 'literal', value: ahead, type: 'number' })),
  )
  const parts: Scalar[] = []
  let plain = ''
  const flush = (): boolean => {
    const wanted = strftime(plain)
    if (wanted === undefined) return false
    if (plain !== '') parts.push(call('format_time', clock, text(wanted)))
    plain = ''
    return true
  }
  for (const [found, letter] of pattern.matchAll(PIECES)) {
    if (letter === undefined) plain += found
    else {
      if (!flush()) return undefined
      parts.push(inZone(zone, time, period => text(zoneText(found, period))))
    }
  }
  if (!flush()) return undefined
  const [only] = parts
  return only === undefined || parts.length === 1 ? (only ?? text('')) : call('concat', ...parts)
}

/** `z` is the name of the zone, `Z` its offset as in `+0100`, `X` as in `+01`, `+0100` and `+01:00`. */
function zoneText(letters: string, { ahead, name }: ZonePeriod): string {
  if (letters.startsWith('z')) return name
  if (letters.startsWith('Z')) return offsetText(ahead, '')
  if (ahead === 0) return 'Z'
  return letters === 'X' ? offsetText(ahead, '').slice(0, 3) : offsetText(ahead, letters === 'XX' ? '' : ':')
}
