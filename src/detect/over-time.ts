import { isoTime } from '../core/time.ts'
import { stepFor } from '../core/time-steps.ts'
import { type Numbers, TIME_SPAN } from '../engines/files/event-counts.ts'
import type { OverTime } from '../findings/summary.ts'

/** Number of a span of five minutes since 1970 -> what is told of the events in it. */
export type Spans = ReadonlyMap<number, Readonly<Numbers>>

/** Joins the spans into at most 72 that are as long as people count. */
export function overTime(spans: Spans, events: number): OverTime {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let timed = 0
  for (const [span, [count]] of spans) {
    first = Math.min(first, span * TIME_SPAN)
    last = Math.max(last, span * TIME_SPAN)
    timed += count
  }
  const { length, name } = stepFor(first, last, TIME_SPAN)
  const joined = new Map<number, { events: number; denied: number }>()
  for (const [span, [count, , denied]] of spans) {
    const start = Math.floor((span * TIME_SPAN) / length) * length
    const before = joined.get(start) ?? { events: 0, denied: 0 }
    joined.set(start, { events: before.events + count, denied: before.denied + denied })
  }
  return {
    step: length,
    step_name: name,
    spans: [...joined]
      .sort(([a], [b]) => a - b)
      .map(([start, counts]) => ({ start: isoTime(start), ...counts })),
    without_time: events - timed,
  }
}
