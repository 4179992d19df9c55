import type { Scalar } from '../../../plan/scalar.ts'
import { compare, number } from '../../../plan/scalars.ts'

/** A time zone between two changes of its clocks. */
export interface ZonePeriod {
  /** Seconds since 1970 UTC. */
  readonly from: number
  /** Seconds that its clocks are ahead of UTC. */
  readonly ahead: number
  /** As in `PDT`. */
  readonly name: string
}

/** Periods in order; the first also holds for all time before. */
export type Zone = readonly ZonePeriod[]

const DAY = 86_400
/** Changes of clocks are known from 2000 to 2040; later times are taken as the last of these. */
const FIRST = Date.UTC(2000, 0, 1) / 1000
const LAST = Date.UTC(2040, 0, 1) / 1000
const STEP = 28 * DAY

/** Short names that Java knows and the time zone database does not. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['pst', 'America/Los_Angeles'],
  ['cst', 'America/Chicago'],
  ['ist', 'Asia/Kolkata'],
  ['jst', 'Asia/Tokyo'],
  ['aet', 'Australia/Sydney'],
])

const UTC: Zone = [{ from: FIRST, ahead: 0, name: 'UTC' }]
const zones = new Map<string, Zone | undefined>()

/** A time zone by its name, as `America/New_York`, `UTC` or `+05:30`; undefined if there is none. */
export function zoneNamed(name: string): Zone | undefined {
  if (/^(?:etc\/)?(?:utc|gmt|z|zulu|universal)$/i.test(name)) return UTC
  const parts = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?$/i.exec(name)
  if (parts !== null) {
    const ahead = (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 3600 + Number(parts[3] ?? 0) * 60)
    return [{ from: FIRST, ahead, name: `GMT${offsetText(ahead, ':')}` }]
  }
  const key = SHORT.get(name.toLowerCase()) ?? name
  if (!zones.has(key)) zones.set(key, zoneOf(key))
  return zones.get(key)
}

/** A value for a time in seconds, which may be different in each period. With `local` the time is that of its clocks. */
export function inZone(
  zone: Zone,
  time: Scalar,
  value: (period: ZonePeriod) => Scalar,
  local = false,
): Scalar {
  const [first, ...later] = zone
  if (first === undefined) throw new Error('bug: a time zone without a period')
  const otherwise = value(first)
  if (later.length === 0) return otherwise
  const when = later.toReversed().map(period => {
    const from = local ? period.from + period.ahead : period.from
    return { if: compare('gte', time, number(from), { how: 'number' }), then: value(period) }
  })
  return { kind: 'choose', when, otherwise, type: otherwise.type }
}

/** `+0530` or `+05:30`. */
export function offsetText(ahead: number, between: string): string {
  const minutes = Math.abs(ahead) / 60
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${ahead < 0 ? '-' : '+'}${two(minutes / 60)}${between}${two(minutes % 60)}`
}

function zoneOf(name: string): Zone | undefined {
  const at = reader(name)
  if (at === undefined) return undefined
  const periods: ZonePeriod[] = [at(FIRST)]
  for (let from = FIRST; from < LAST; from += STEP) {
    const before = at(from)
    if (at(from + STEP).ahead !== before.ahead) periods.push(changeIn(at, from, from + STEP))
  }
  return periods
}

/** The period that begins between two times. */
function changeIn(at: (time: number) => ZonePeriod, from: number, to: number): ZonePeriod {
  const { ahead } = at(from)
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (at(middle).ahead === ahead) low = middle
    else high = middle
  }
  return at(high)
}

/** Reads the zone at a time from the time zone data of the JavaScript engine. */
function reader(timeZone: string): ((time: number) => ZonePeriod) | undefined {
  try {
    const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    const short = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' })
    return from => {
      const date = new Date(from * 1000)
      const parts = /([+-])(\d\d):(\d\d)/.exec(zonePart(offset, date))
      const size = parts === null ? 0 : Number(parts[2]) * 3600 + Number(parts[3]) * 60
      return { from, ahead: parts?.[1] === '-' ? -size : size, name: zonePart(short, date) }
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function zonePart(format: Intl.DateTimeFormat, date: Date): string {
  return format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
