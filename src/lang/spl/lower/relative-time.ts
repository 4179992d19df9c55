/** One step of a relative time: an amount of a unit, or a snap down to a unit. */
export type TimeStep =
  | { readonly kind: 'add'; readonly amount: number; readonly unit: TimeUnit }
  /** `day`: of weeks, from 0 for Sunday. */
  | { readonly kind: 'snap'; readonly unit: TimeUnit; readonly day: number }

export type TimeUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year'

/** Seconds of the units that always last the same. */
export const UNIT_SECONDS: Readonly<Partial<Record<TimeUnit, number>>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
}

const UNITS: readonly (readonly [RegExp, TimeUnit])[] = [
  [/^(s|sec|secs|second|seconds)$/, 'second'],
  [/^(m|min|mins|minute|minutes)$/, 'minute'],
  [/^(h|hr|hrs|hour|hours)$/, 'hour'],
  [/^(d|day|days)$/, 'day'],
  [/^(w\d?|week|weeks)$/, 'week'],
  [/^(mon|month|months)$/, 'month'],
  [/^(q|qtr|qtrs|quarter|quarters)$/, 'quarter'],
  [/^(y|yr|yrs|year|years)$/, 'year'],
]

export function timeUnit(name: string): TimeUnit | undefined {
  return UNITS.find(([regex]) => regex.test(name.toLowerCase()))?.[1]
}

/** Reads `-24h@h`, `@w1`, `-1d@d+3h`, `now`; nothing if it is no relative time. */
export function relativeTime(text: string): readonly TimeStep[] | undefined {
  const trimmed = text.trim()
  if (/^(now(\(\))?|0)$/i.test(trimmed)) return []
  const steps: TimeStep[] = []
  let at = 0
  const part = /([-+])(\d{0,9})([a-z]+)|@([a-z]+)(\d?)/iy
  while (at < trimmed.length) {
    part.lastIndex = at
    const found = part.exec(trimmed)
    if (found === null) return undefined
    const unit = timeUnit(found[3] ?? found[4] ?? '')
    if (unit === undefined) return undefined
    at = part.lastIndex
    if (found[4] !== undefined) {
      steps.push({ kind: 'snap', unit, day: unit === 'week' ? Number(found[5] || 0) % 7 : 0 })
    } else {
      const amount = Number(found[2] || 1) * (found[1] === '-' ? -1 : 1)
      steps.push({ kind: 'add', amount, unit })
    }
  }
  return steps.length === 0 ? undefined : steps
}

/** Takes the steps from a moment, in seconds since 1970 UTC. */
export function applySteps(from: number, steps: readonly TimeStep[]): number {
  return steps.reduce((time, step) => (step.kind === 'add' ? added(time, step) : snapped(time, step)), from)
}

/** A moment as a search writes it: relative, seconds since 1970, or `%m/%d/%Y:%H:%M:%S`. */
export function moment(text: string, now: number): number | undefined {
  if (/^\d{1,12}(\.\d{1,9})?$|^-\d{5,12}$/.test(text)) return Number(text)
  const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (iso !== null) return isoMoment(text, iso[4])
  const date = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?::(\d{1,2}):(\d{1,2}):(\d{1,2}))?$/.exec(text)
  if (date !== null) {
    const [, month, day, year, hour = 0, minute = 0, second = 0] = date
    return utc(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour) * 3600 + Number(minute) * 60 + Number(second),
    )
  }
  const steps = relativeTime(text)
  return steps === undefined ? undefined : applySteps(now, steps)
}

/** Without an offset it is UTC. */
function isoMoment(text: string, offset: string | undefined): number | undefined {
  const time = Date.parse(text.includes('T') && offset === undefined ? `${text}Z` : text)
  return Number.isNaN(time) ? undefined : time / 1000
}

/** Seconds of a span such as `5m` or `1h`; days and weeks count 24 hours and 7 days. */
export function spanSeconds(text: string): number | undefined {
  const found = /^(\d{1,9}(?:\.\d{1,6})?)?([a-z]+)$/i.exec(text.trim())
  if (found === null) return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined
  const unit = timeUnit(found[2] ?? '')
  const seconds = unit === undefined ? undefined : UNIT_SECONDS[unit]
  return seconds === undefined ? undefined : Number(found[1] ?? 1) * seconds
}

/** Months of the units that have no fixed number of seconds. */
export const MONTHS: Readonly<Partial<Record<TimeUnit, number>>> = { month: 1, quarter: 3, year: 12 }

function added(time: number, { amount, unit }: Extract<TimeStep, { kind: 'add' }>): number {
  const seconds = UNIT_SECONDS[unit]
  if (seconds !== undefined) return time + amount * seconds
  const date = new Date(time * 1000)
  const month = date.getUTCMonth() + amount * (MONTHS[unit] ?? 1)
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const day = Math.min(date.getUTCDate(), last)
  const rest = time - utc(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 0)
  return utc(date.getUTCFullYear(), month, day, rest)
}

function snapped(time: number, { unit, day }: Extract<TimeStep, { kind: 'snap' }>): number {
  // 1970 began on a Thursday, four days behind a Sunday.
  if (unit === 'week') return Math.floor((time + (4 - day) * 86_400) / 604_800) * 604_800 - (4 - day) * 86_400
  const seconds = UNIT_SECONDS[unit]
  if (seconds !== undefined) return Math.floor(time / seconds) * seconds
  const date = new Date(time * 1000)
  const step = MONTHS[unit] ?? 1
  return utc(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / step) * step, 1, 0)
}

function utc(year: number, month: number, day: number, seconds: number): number {
  return Date.UTC(year, month, day) / 1000 + seconds
}
