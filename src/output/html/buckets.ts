import type { Level } from '../../core/level.ts'
import { stepFor, type TimeStep } from '../../core/time-steps.ts'
import type { Finding } from '../../findings/finding.ts'

/** Findings whose first event falls into one span of time. */
export interface Bucket {
  /** UTC, ms. */
  readonly start: number
  readonly counts: { readonly [level in Level]: number }
}

export interface Buckets {
  readonly step: TimeStep
  readonly list: readonly Bucket[]
  /** Findings without a time, which are in none. */
  readonly untimed: number
}

const FEWEST = 12

/** Counts findings by the time of their first event, in 12 to 72 spans of a length that people know; none if no finding has a time. */
export function buckets(findings: readonly Pick<Finding, 'first_time' | 'level'>[]): Buckets {
  const timed = findings
    .map(({ first_time, level }) => ({ time: Date.parse(first_time), level }))
    .filter(({ time }) => !Number.isNaN(time))
  const untimed = findings.length - timed.length
  const earliest = timed.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY)
  const latest = timed.reduce((most, { time }) => Math.max(most, time), Number.NEGATIVE_INFINITY)
  const step = stepFor(earliest, latest)
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
