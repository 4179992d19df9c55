import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from './measure.ts'
import { type Goal, median, type Result, summarise } from './report.ts'
import { warm } from './workload.ts'

/** The measurements of the lake. */
export const LAKE_MEASUREMENTS = ['lake_ingest', 'lake_query'] as const
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
  readonly lake_ingest?: Result & {
    /** Its speed by that of the floor, if that was measured. */
    readonly of_floor?: number
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

/** Measures ingest, and searches over the lake that it makes; a lake of before is used if only searches are wanted. */
export function measureLake(order: LakeOrder, floor: Result | undefined): LakeResults {
  const { chosen, data, events, rounds, folder } = order
  if (chosen.length === 0) return {}
  const lake = join(folder, `lake-${events}`)
  const ingests = chosen.includes('lake_ingest')
  const ingested: Result[] = []
  if (ingests || !existsSync(`${lake}.made.json`)) {
    warm(data)
    const count = ingests ? rounds : 1
    for (let round = 1; round <= count; round++) ingested.push(ingestOnce(order, lake))
  }
  const ingest = ingests ? summarise(ingested) : undefined
  const share = ingest && floor ? { of_floor: ingest.events_per_s / floor.events_per_s } : {}
  const queried = chosen.includes('lake_query') ? queries(order, lake) : undefined
  return {
    ...(ingest === undefined ? {} : { lake_ingest: { ...ingest, ...share } }),
    ...(queried === undefined ? {} : { lake_query: { events, ...queried } }),
  }
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

/** How they stand to the goals, which for searches are those of a lake of 4 million events. */
export function lakeGoals({ lake_ingest, lake_query }: LakeResults): readonly Goal[] {
  const less = (what: string, reached: number, wanted: number): Goal => ({
    what,
    reached,
    wanted,
    better: 'less',
  })
  const share = lake_ingest?.of_floor
  return [
    ...(share === undefined
      ? []
      : [{ what: 'ingest, share of the floor', reached: share, wanted: 0.25, better: 'more' } as const]),
    ...(lake_ingest === undefined ? [] : [less('ingest, MB', lake_ingest.peak_mb, 1700)]),
    ...(lake_query === undefined
      ? []
      : [
          less('one column, ms', lake_query.equality_ms, 50),
          less('a nested parameter, ms', lake_query.parameter_ms, 400),
          less('the anomaly search, ms', lake_query.anomaly_ms, 3000),
          less('500 rules over an hour, ms', lake_query.rules_ms, 1000),
        ]),
  ]
}
