import type { Baseline } from './signal.ts'

/** Makes the median distance of a normal distribution its standard deviation. */
const NORMAL = 1.4826
/** A spread is at least so much of the median, and at least 1: a past without any change allows of a little. */
const LEAST_SHARE = 0.05

/**
 * A value against a past: how many spreads it lies above the median. The past is some values and so many spans in
 * which nothing happened.
 */
export function baselineOf(value: number, past: readonly number[], empty: number): Baseline {
  const sorted = withEmpty(past, empty)
  const median = sorted.at(50)
  const distances = withEmpty(
    past.map(one => Math.abs(one - median)),
    0,
    { value: Math.abs(median), count: empty },
  )
  const spread = Math.max(NORMAL * distances.at(50), LEAST_SHARE * Math.abs(median), 1)
  return {
    spans: past.length + empty,
    median,
    spread,
    p99: sorted.at(99),
    score: (value - median) / spread,
  }
}

interface Sorted {
  /** The percentile, between the two nearest where it falls between. */
  at(percentile: number): number
}

function withEmpty(
  values: readonly number[],
  empty: number,
  repeated: { readonly value: number; readonly count: number } = { value: 0, count: empty },
): Sorted {
  const sorted = [...values].sort((a, b) => a - b)
  const below = sorted.filter(one => one < repeated.value).length
  const { value, count } = repeated
  const total = sorted.length + count
  const get = (place: number): number =>
    place < below ? (sorted[place] ?? 0) : place < below + count ? value : (sorted[place - count] ?? 0)
  return {
    at(percentile) {
      if (total === 0) return 0
      const place = ((total - 1) * percentile) / 100
      const low = get(Math.floor(place))
      return low + (get(Math.ceil(place)) - low) * (place - Math.floor(place))
    },
  }
}
