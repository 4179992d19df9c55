import { mkdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { agreement } from './agreement.ts'
import { generate } from './generate.ts'
import { LAKE_MEASUREMENTS, lakeGoals, measureLake } from './lake.ts'
import { measure } from './measure.ts'
import { goals, type Result, type Results, summarise, table } from './report.ts'
import { MEASUREMENTS, type MeasurementName, warm, writeRules } from './workload.ts'

// Measures the hunt against the floor. Run from the project's folder, after a build. What each number is stands in
// README.md beside this file.
const FOLDER = '.bench'
const MAIN = join('dist', 'bundle', 'main.js')
const FLOOR = fileURLToPath(new URL('./floor.js', import.meta.url))
const SEED = 1

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: String(availableParallelism()) },
    only: { type: 'string', multiple: true },
    agree: { type: 'string', default: '20000' },
    'lake-events': { type: 'string' },
  },
})
const chosen = (Object.keys(MEASUREMENTS) as MeasurementName[]).filter(
  name => options.only?.includes(name) ?? !('onDemand' in MEASUREMENTS[name]),
)
const chosenOfLake = LAKE_MEASUREMENTS.filter(name => options.only?.includes(name) ?? true)
if (chosen.length === 0 && chosenOfLake.length === 0)
  throw new Error(`there is no such measurement: ${options.only?.join(', ')}`)
const threads = Number(options.threads)

mkdirSync(FOLDER, { recursive: true })
const rules = { none: '', ...writeRules(FOLDER) }
const data = { small: await makeData(Number(options.events)), large: '' }
const lakeEvents = numberOf(options['lake-events'] ?? options.events)
if (chosen.some(name => MEASUREMENTS[name].data === 'large')) {
  data.large = await makeData(4 * Number(options.events))
}

const results = measureAll()
const lake = measureLake(
  {
    ...{ chosen: chosenOfLake, data: chosenOfLake.length === 0 ? '' : await makeData(lakeEvents) },
    ...{ events: lakeEvents, rounds: Number(options.rounds), threads },
    ...{ folder: FOLDER, main: MAIN, rules: rules.lake },
  },
  results.floor,
)
const allGoals = [...goals(results), ...lakeGoals(lake, results.floor)]
const checked = Number(options.agree) > 0 ? await check() : undefined
if (options.json) {
  const ratios = Object.fromEntries(allGoals.map(({ what, reached }) => [what, reached]))
  console.log(
    JSON.stringify({ ...results, ...lake, ratios, threads, ...(checked && { agreement: checked }) }),
  )
} else console.log(table(results, allGoals))

/** `4m` is four million. */
function numberOf(text: string): number {
  return /m$/i.test(text) ? Number(text.slice(0, -1)) * 1_000_000 : Number(text)
}

/** Compares the hunt's hits with the plain evaluator's; says what differs, and fails then. */
async function check(): Promise<{ readonly hits: number; readonly agrees: boolean }> {
  const folder = await makeData(Number(options.agree))
  const { agreed, onlyHunt, onlyPlain } = await agreement({
    data: folder,
    rules: rules.many,
    main: MAIN,
    folder: FOLDER,
    threads,
  })
  const agrees = onlyHunt.length === 0 && onlyPlain.length === 0
  console.error(
    `${options.agree} events: ${agreed} hits are the plain evaluator's too, ${onlyHunt.length} are not, ${onlyPlain.length} are missing`,
  )
  for (const hit of [...onlyHunt, ...onlyPlain].slice(0, 20)) console.error(`differs: ${hit}`)
  if (!agrees) process.exitCode = 1
  return { hits: agreed, agrees }
}

async function makeData(events: number): Promise<string> {
  const folder = join(FOLDER, `data-${events % 1_000_000 === 0 ? `${events / 1_000_000}m` : events}`)
  console.error(`making ${folder}, unless it is there`)
  await generate(folder, events, SEED, threads)
  return folder
}

/** Round by round, so that a slow minute of the machine strikes all of them alike. */
function measureAll(): Results {
  for (const folder of Object.values(data)) if (folder !== '') warm(folder)
  const rounds = new Map(chosen.map(name => [name, [] as Result[]]))
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const [name, list] of rounds) {
      const result = name === 'floor' ? measureFloor() : measureHunt(name)
      list.push(result)
      const { events_per_s, peak_mb, cpu_s } = summarise([result])
      console.error(
        `round ${round}: ${name} ${events_per_s} events/s, ${peak_mb} MB, ${cpu_s} s of processor`,
      )
    }
  }
  return Object.fromEntries([...rounds].map(([name, list]) => [name, summarise(list)]))
}

function measureFloor(): Result {
  const { seconds, cpu, peak, stdout } = measure(FOLDER, FLOOR, [data.small, String(threads)])
  const { events } = JSON.parse(stdout) as { readonly events: number }
  return { events, events_per_s: events / seconds, peak_mb: peak, cpu_s: cpu }
}

function measureHunt(name: MeasurementName): Result {
  const workload = MEASUREMENTS[name]
  const ledger = join(FOLDER, `${name}-ledger.json`)
  const { seconds, cpu, peak } = measure(FOLDER, MAIN, [
    ...['hunt', data[workload.data], '-r', rules[workload.rules]],
    ...['-t', 'jsonl', '-o', join(FOLDER, `${name}.jsonl`), '--ledger', ledger],
    ...['--threads', String(threads), '--quiet'],
  ])
  const { totals } = JSON.parse(readFileSync(ledger, 'utf8')) as {
    readonly totals: { readonly events: number }
  }
  const { events } = totals
  return { events, events_per_s: events / seconds, peak_mb: peak, cpu_s: cpu }
}
