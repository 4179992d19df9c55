const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time that people know, in ms. */
export interface TimeStep {
  readonly length: number
  readonly name: string
}

const STEPS: readonly TimeStep[] = [
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
  { length: 60 * 364 * DAY, name: 'about 60 years' },
]
const LONGEST: TimeStep = { length: 160 * 364 * DAY, name: 'about 160 years' }
/** As many spans fit on a screen. */
const MOST = 72

/** The shortest step, but of so many ms at least, of which at most 72 make up the time between two moments (ms). */
export function stepFor(first: number, last: number, shortest = 0): TimeStep {
  const fits = ({ length }: TimeStep): boolean => length >= shortest && (last - first) / length < MOST - 1
  return STEPS.find(fits) ?? LONGEST
}
