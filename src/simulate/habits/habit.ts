import type { Organisation } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Targets } from '../targets.ts'

/** One hour of the organisation's life. */
export interface Hour {
  readonly organisation: Organisation
  readonly targets: Targets
  /** UTC ms. */
  readonly start: number
  /** Since the beginning of the simulation. */
  readonly number: number
  /** How many CloudTrail events a habit may make of an average hour. */
  readonly events: number
}

/** Something that the organisation does, or that is done to it, day after day. It makes what begins in the hour. */
export interface Habit {
  readonly name: string
  /** Of all events. */
  readonly share: number
  run(hour: Hour, recorder: Recorder): void
}

/** A whole number whose mean is `mean`. */
export function countAround(recorder: Recorder, mean: number): number {
  return Math.floor(mean + recorder.random.share())
}
