import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from './measure.ts'
import { type Goal, median, type Result, summarise } from './report.ts'
import { warm } from './workload.ts'

/** The measurements of the lake. */
export const LAKE_MEASUREMENTS = ['engine_ingest', 'lake_ingest', 'lake_query'] as const
type LakeMeasurement = (typeof LAKE_MEASUREMENTS)[number]

/** Milliseconds in a process that runs: the engine's start is in them, the program's is not. */
interface Queries {
  /** `eventName=…` */
  readonly equality_ms: number
  /** A request parameter that has no column. */
  readonly parameter_ms: number
  /** Our own search for anomalous reads of objects. */
  readonly anomaly_ms: number
  /** 500 rules over the last whole hour. */
  readonly rules_ms: number
}

export interface LakeResults {
  /** The engine alone, over the same files. */
  readonly engine_ingest?: Result
  readonly lake_ingest?: Result & {
    /** Its speed by that of the floor, if that was measured. */
    readonly of_floor?: number
    /** Its speed by that of the engine alone, if that was measured. */
    readonly of_engine?: number
  }
  readonly lake_query?: Queries & { readonly events: number }
}

/** What to measure, and on which data. */
export interface LakeOrder {
  readonly chosen: readonly LakeMeasurement[]
  /** A folder of events, and their number. */
  readonly data: string
  readonly events: number
  readonly rounds: number
  readonly threads: number
  /** Where lakes go. */
  readonly folder: string
  readonly main: string
  /** A folder of 500 rules. */
  readonly rules: string
}

const QUERIES = fileURLToPath(new URL('./lake-queries.js', import.meta.url))
const ENGINE = fileURLToPath(new URL('./engine-ingest.js', import.meta.url))

/** Measures ingest, and searches over the lake that it makes; a lake of before is used if only searches are wanted. */
export function measureLake(order: LakeOrder, floor: Result | undefined): LakeResults {
  const { chosen, data, events, rounds, folder } = order
  if (chosen.length === 0) return {}
  const lake = join(folder, `lake-${events}`)
  const ingested: Result[] = []
  const alone: Result[] = []
  const ingests = chosen.includes('lake_ingest')
  if (ingests || chosen.includes('engine_ingest') || !existsSync(`${lake}.made.json`)) warm(data)
  // Round by round, so that a slow minute of the machine strikes both.
  for (let round = 1; round <= rounds; round++) {
    if (chosen.includes('engine_ingest')) alone.push(engineOnce(order))
    if (ingests) ingested.push(ingestOnce(order, lake))
  }
  if (!existsSync(`${lake}.made.json`)) ingestOnce(order, lake)
  const engine = alone.length === 0 ? undefined : summarise(alone)
  const ingest = ingests ? summarise(ingested) : undefined
  const shares = {
    ...(ingest && floor && { of_floor: ingest.events_per_s / floor.events_per_s }),
    ...(ingest && engine && { of_engine: ingest.events_per_s / engine.events_per_s }),
  }
  const queried = chosen.includes('lake_query') ? queries(order, lake) : undefined
  return {
    ...(engine === undefined ? {} : { engine_ingest: engine }),
    ...(ingest === undefined ? {} : { lake_ingest: { ...ingest, ...shares } }),
    ...(queried === undefined ? {} : { lake_query: { events, ...queried } }),
  }
}

function engineOnce({ data, folder, threads }: LakeOrder): Result {
  const out = join(folder, 'engine-ingest')
  const { seconds, cpu, peak, stdout } = measure(folder, ENGINE, [data, out, String(threads)])
  const { events } = JSON.parse(stdout) as { readonly events: number }
  const result = { events, events_per_s: events / seconds, peak_mb: peak, cpu_s: cpu }
  console.error(`engine_ingest ${JSON.stringify(summarise([result]))}`)
  return result
}

function ingestOnce({ main, data, folder, threads }: LakeOrder, lake: string): Result {
  rmSync(lake, { recursive: true, force: true })
  rmSync(`${lake}.made.json`, { force: true })
  const ledger = join(folder, 'lake-ledger.json')
  const { seconds, cpu, peak } = measure(folder, main, [
    ...['lake', 'ingest', data, '--lake', lake, '--ledger', ledger],
    ...['--threads', String(threads), '--quiet'],
  ])
  const { totals } = JSON.parse(readFileSync(ledger, 'utf8')) as {
    readonly totals: { readonly events: number }
  }
  const { events } = totals
  const result = { events, events_per_s: events / seconds, peak_mb: peak, cpu_s: cpu }
  console.error(`lake_ingest ${JSON.stringify(summarise([result]))}`)
  writeFileSync(`${lake}.made.json`, JSON.stringify({ events }))
  return result
}

/** Of each the middle of the rounds. */
function queries({ folder, rules, rounds, threads }: LakeOrder, lake: string): Queries {
  warm(lake)
  const all = Array.from({ length: rounds }, () => {
    const { stdout } = measure(folder, QUERIES, [lake, rules, String(threads)])
    console.error(`lake_query ${stdout.trim()}`)
    return JSON.parse(stdout) as Queries
  })
  const middle = (of: keyof Queries): number => median(all.map(one => one[of]))
  return {
    equality_ms: middle('equality_ms'),
    parameter_ms: middle('parameter_ms'),
    anomaly_ms: middle('anomaly_ms'),
    rules_ms: middle('rules_ms'),
  }
}

/** The speed of the floor, in events/s, on the machine for which the goals were set. */
const FLOOR_OF_GOALS = 358_000

/**
 * How they stand to the goals, which for searches are those of a lake of 4 million events. Each was set in events/s or ms for one
 * machine, so each is compared by the floor too: what a search takes is said as the events that the floor would have read meanwhile.
 */
export function lakeGoals(
  { lake_ingest, lake_query }: LakeResults,
  floor: Result | undefined,
): readonly Goal[] {
  const share = (what: string, reached: number | undefined, wanted: number): readonly Goal[] =>
    reached === undefined ? [] : [{ what, reached, wanted, better: 'more' }]
  const search = (what: string, reached: number, wanted: number): readonly Goal[] => [
    { what: `${what}, ms`, reached, wanted, better: 'less' },
    ...(floor === undefined
      ? []
      : ([
          {
            what: `${what}, events of the floor`,
            reached: (reached / 1000) * floor.events_per_s,
            wanted: (wanted / 1000) * FLOOR_OF_GOALS,
            better: 'less',
          },
        ] as const)),
  ]
  return [
    ...share('ingest, events/s', lake_ingest?.events_per_s, 90_000),
    ...share('ingest, share of the floor', lake_ingest?.of_floor, 0.25),
    ...share('ingest, share of the engine alone', lake_ingest?.of_engine, 0.57),
    ...(lake_ingest === undefined
      ? []
      : [{ what: 'ingest, MB', reached: lake_ingest.peak_mb, wanted: 1700, better: 'less' } as const]),
    ...(lake_query === undefined
      ? []
      : [
          ...search('one column', lake_query.equality_ms, 50),
          ...search('a nested parameter', lake_query.parameter_ms, 400),
          ...search('the anomaly search', lake_query.anomaly_ms, 3000),
          ...search('500 rules over an hour', lake_query.rules_ms, 1000),
        ]),
  ]
}
