import type { MeasurementName } from './workload.ts'

/** The middle of the rounds' speeds and the highest of their peaks. */
export interface Result {
  readonly events: number
  /** Events divided by the program's wall time, start-up included. */
  readonly events_per_s: number
  /** Mebibytes. */
  readonly peak_mb: number
  /** Time on a processor, of all threads. */
  readonly cpu_s: number
}
export type Results = { readonly [name in MeasurementName]?: Result }

/** One goal: what was reached, what is wanted, and whether more or less is better. */
export interface Goal {
  readonly what: string
  readonly reached: number
  readonly wanted: number
  readonly better: 'more' | 'less'
}

/** The middle of the speeds and the highest peak of several rounds. */
export function summarise(rounds: readonly Result[]): Result {
  return {
    events: rounds[0]?.events ?? 0,
    events_per_s: Math.round(median(rounds.map(round => round.events_per_s))),
    peak_mb: Math.round(Math.max(...rounds.map(round => round.peak_mb))),
    cpu_s: Math.round(10 * median(rounds.map(round => round.cpu_s))) / 10,
  }
}

/** How the measurements stand to each other and to the goals; goals without their measurements are left out. */
export function goals({
  floor,
  hunt_60,
  hunt_800,
  hunt_800_4m,
  state_100,
  state_keys,
}: Results): readonly Goal[] {
  const speed = (what: string, of: Result | undefined, wanted: number): readonly Goal[] =>
    of === undefined || floor === undefined
      ? []
      : [{ what, reached: of.events_per_s / floor.events_per_s, wanted, better: 'more' }]
  const memory = (what: string, of: Result | undefined, wanted = 700): readonly Goal[] =>
    of === undefined ? [] : [{ what, reached: of.peak_mb, wanted, better: 'less' }]
  const growth: readonly Goal[] =
    hunt_800 === undefined || hunt_800_4m === undefined
      ? []
      : [
          {
            what: 'memory of 4 times the events',
            reached: hunt_800_4m.peak_mb / hunt_800.peak_mb,
            wanted: 1.15,
            better: 'less',
          },
        ]
  return [
    ...speed('60 rules, share of the floor', hunt_60, 0.6),
    ...speed('800 rules, share of the floor', hunt_800, 0.55),
    ...speed('100 rules that remember, share of the floor', state_100, 0.6),
    ...memory('60 rules, MB', hunt_60),
    ...memory('800 rules, MB', hunt_800),
    ...memory('800 rules, 4 times the events, MB', hunt_800_4m),
    ...memory('a million live keys, MB', state_keys, 1000),
    ...growth,
  ]
}

/** The results for a person, and how they stand to the goals. */
export function table(results: Results, all: readonly Goal[]): string {
  const lines = Object.entries(results).map(
    ([name, { events, events_per_s, peak_mb, cpu_s }]) =>
      `${name.padEnd(14)}${number(events).padStart(12)} events${number(events_per_s).padStart(10)} events/s${number(peak_mb).padStart(7)} MB${number(cpu_s).padStart(7)} s of processor`,
  )
  const marks = all.map(({ what, reached, wanted, better }) => {
    const met = better === 'more' ? reached >= wanted : reached <= wanted
    const bound = `${better === 'more' ? 'at least' : 'at most'} ${wanted}`
    return `${what.padEnd(44)}${number(reached).padStart(7)}  (${bound}: ${met ? 'met' : 'missed'})`
  })
  return [...lines, '', ...marks].join('\n')
}

/** The middle one, or what is between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const [low = 0, high = low] =
    sorted.length % 2 === 0 ? sorted.slice(half - 1) : sorted.slice(half, half + 1)
  return (low + high) / 2
}

function number(value: number): string {
  return value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-US')
}
