import type { Level } from '../../core/level.ts'
import type { Finding } from '../../findings/finding.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Findings whose first event falls into one span of time. */
export interface Bucket {
  /** UTC, ms. */
  readonly start: number
  readonly counts: { readonly [level in Level]: number }
}

export interface Buckets {
  readonly step: Step
  readonly list: readonly Bucket[]
  /** Findings without a time, which are in none. */
  readonly untimed: number
}

interface Step {
  readonly length: number
  readonly name: string
}

const STEPS: readonly Step[] = [
  { length: MINUTE, name: 'a minute' },
  { length: 5 * MINUTE, name: '5 minutes' },
  { length: 15 * MINUTE, name: '15 minutes' },
  { length: HOUR, name: 'an hour' },
  { length: 3 * HOUR, name: '3 hours' },
  { length: 6 * HOUR, name: '6 hours' },
  { length: 12 * HOUR, name: '12 hours' },
  { length: DAY, name: 'a day' },
  { length: 7 * DAY, name: '7 days' },
  { length: 28 * DAY, name: '28 days' },
  { length: 364 * DAY, name: '52 weeks' },
]
const LONGEST: Step = { length: 60 * 364 * DAY, name: 'about 60 years' }
const MOST = 72
const FEWEST = 12

/** Counts findings by the time of their first event, in 12 to 72 spans of a length that people know; none if no finding has a time. */
export function buckets(findings: readonly Pick<Finding, 'first_time' | 'level'>[]): Buckets {
  const timed = findings
    .map(({ first_time, level }) => ({ time: Date.parse(first_time), level }))
    .filter(({ time }) => !Number.isNaN(time))
  const untimed = findings.length - timed.length
  const earliest = timed.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY)
  const latest = timed.reduce((most, { time }) => Math.max(most, time), Number.NEGATIVE_INFINITY)
  const step = STEPS.find(({ length }) => (latest - earliest) / length < MOST - 1) ?? LONGEST
  if (timed.length === 0) return { step, list: [], untimed }
  const first = Math.floor(earliest / step.length)
  const used = Math.floor(latest / step.length) - first + 1
  const before = Math.max(0, Math.floor((FEWEST - used) / 2))
  const list = Array.from({ length: Math.max(FEWEST, used) }, (_, index) => ({
    start: (first - before + index) * step.length,
    counts: { informational: 0, low: 0, medium: 0, high: 0, critical: 0 },
  }))
  for (const { time, level } of timed) {
    const bucket = list[Math.floor(time / step.length) - first + before]
    if (bucket !== undefined) bucket.counts[level] += 1
  }
  return { step, list, untimed }
}
