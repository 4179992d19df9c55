import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import type { LakeFile } from '../../src/lake/manifest.ts'

// Times searches over a lake, and rules over its last whole hour, in one process: the engine's start is in each time, the
// program's is not. Usage: lake-queries.js LAKE RULES THREADS. Prints the ms of each as JSON.
const [lake = 'lake', rulesFolder = '', threadCount = '1'] = process.argv.slice(2)
const threads = Number(threadCount)
/** Of which the middle counts, after one that warms. */
const RUNS = 3
const HOUR = 3_600_000
const ANOMALY = 'content/searches/anomalous-object-reads.yml'
/** MB. */
const MEMORY = 1024

const { runQuery } = (await dist('detect/query/run.js')) as typeof import('../../src/detect/query/run.ts')
const { splSearch } = (await dist('lang/spl/search.js')) as typeof import('../../src/lang/spl/search.ts')
const { hunt } = (await dist('detect/hunt.js')) as typeof import('../../src/detect/hunt.ts')
const { loadRules } = (await dist('rules/load.js')) as typeof import('../../src/rules/load.ts')
const { readManifest } = (await dist('lake/manifest.js')) as typeof import('../../src/lake/manifest.ts')

const { search: anomaly } = parse(readFileSync(ANOMALY, 'utf8')) as { readonly search: string }
const limits = {
  inputs: [lake],
  threads,
  stop: new Int32Array(new SharedArrayBuffer(4)),
  maxUnpacked: 256 * 1024 * 1024,
  watch: { begin: () => {}, progress: () => {}, fileDone: () => {} },
}

const times = {
  equality_ms: await timed(() => search('eventName=GetObject | stats count')),
  parameter_ms: await timed(() => search('requestParameters.key="logs/2*" | stats count')),
  anomaly_ms: await timed(() => search(anomaly)),
  rules_ms: await timed(rulesOverAnHour(readManifest(lake).files)),
}
console.log(JSON.stringify(times))

function dist(file: string): Promise<unknown> {
  return import(pathToFileURL(resolve('dist', file)).href)
}

/** Of several runs the middle one, in ms. */
async function timed(run: () => Promise<void>): Promise<number> {
  const all: number[] = []
  for (let count = 0; count <= RUNS; count++) {
    const begun = performance.now()
    await run()
    if (count > 0) all.push(performance.now() - begun)
  }
  return Math.round(all.sort((a, b) => a - b)[RUNS >> 1] ?? 0)
}

async function search(text: string): Promise<void> {
  const read = splSearch(text, { macros: new Map() })
  if (!read.ok) throw new Error(`the search cannot be read: ${text}`)
  const sink = {
    begin: () => {},
    rows: () => {},
    note: ({ severity, message }: { readonly severity: string; readonly message: string }) => {
      if (severity === 'error') throw new Error(message)
    },
  }
  const settings = { strict: false, memory: MEMORY, lookups: new Map(), now: Date.now() / 1000 }
  const { interrupted } = await runQuery({
    ...limits,
    ...settings,
    search: read.value,
    text,
    style: 'splunk',
    sink,
  })
  if (interrupted) throw new Error('interrupted')
}

/** The rules are loaded before. */
function rulesOverAnHour(files: readonly LakeFile[]): () => Promise<void> {
  const to = Math.floor(Math.max(...files.map(({ last = 0 }) => last)) / HOUR) * HOUR
  const rules = loadRules([rulesFolder])
  const selection = { include: [], exclude: [] }
  return async () => {
    const range = { from: to - HOUR, to }
    const how = { selection, keepDuplicates: false, strict: false, profile: false }
    const { findings, ledger } = await hunt({ ...limits, ...range, ...how, rules })
    findings.close()
    if (ledger.totals.events === 0) throw new Error('no events in the last hour')
  }
}
