import type { Schedule } from '../../rules/search-rule.ts'

/** From `from` on and before `to`, UTC ms. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** Runs of one search that a hunt makes at most. */
export const MOST_WINDOWS = 50_000

/**
 * The windows of a schedule over events from `first` to `last`, as if it had run all that time: they end at whole
 * multiples of the schedule since 1970, the last after the last event. Too many are cut at the front.
 */
export function windowsOver({ every, window }: Schedule, first: number, last: number): readonly Window[] {
  const start = Math.floor(first / every) + 1
  const end = Math.floor(last / every) + 1
  const from = Math.max(start, end - MOST_WINDOWS + 1)
  return Array.from({ length: end - from + 1 }, (_, at) => {
    const to = (from + at) * every
    return { from: to - window, to }
  })
}

/** How many windows `windowsOver` leaves out. */
export function windowsLeftOut({ every }: Schedule, first: number, last: number): number {
  return Math.max(0, Math.floor(last / every) - Math.floor(first / every) + 1 - MOST_WINDOWS)
}
