import type { Diagnostic } from '../../core/diagnostic.ts'
import { counted } from '../../core/quantity.ts'
import { Database } from '../../engines/duckdb/database.ts'
import { EngineError } from '../../engines/duckdb/engine-error.ts'
import type { SweptFile } from '../../engines/files/sweep.ts'
import type { Finding } from '../../findings/finding.ts'
import { Refusal } from '../../plan/lowering.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import type { SearchRule } from '../../rules/search-rule.ts'
import type { HiddenEvent } from '../hidden-events.ts'
import type { ScanOptions } from '../options.ts'
import { eventTable } from '../query/event-table.ts'
import { interruptOn } from '../query/interrupt.ts'
import { languages } from '../query/languages.ts'
import type { Scanned } from '../scan-inputs.ts'
import { ApprovalEffects } from './approval-effects.ts'
import { hiddenEvent } from './hidden-row.ts'
import type { SearchHunt } from './plan.ts'
import type { PreparedSearch } from './prepare.ts'
import { entityOfRow, type OnHit, rowFindings } from './row-findings.ts'
import { tableOf } from './row-jobs.ts'
import { type FoundRow, MORE_ROWS, planWindow, rowsOfPlan } from './run-search.ts'
import { type Window, windowsLeftOut, windowsOver } from './windows.ts'

/** Where searches run. */
export interface OpenWork {
  readonly hunt: SearchHunt
  readonly scanned: Scanned
  readonly options: ScanOptions
  readonly known: (id: string) => OnHit
  /** Told of each row that approvals keep away from the search of that id. */
  readonly hidden: (id: string, event: HiddenEvent) => void
}

/** What came of one search. */
export interface SearchEnd {
  readonly findings: readonly Finding[]
  readonly hits: number
  /** Rows that approvals keep away. */
  readonly suppressed: number
  readonly unknown: readonly string[]
  readonly notes: readonly Diagnostic[]
  /** What approvals did besides hiding rows. */
  readonly remarks: readonly string[]
  readonly failed: boolean
}

/**
 * Runs each search once for each of its windows, over the rows that the scan made, loaded once for all searches of a
 * language. They are those that the scan let events through for: only they need an engine.
 */
export async function runOpen(
  open: readonly PreparedSearch[],
  work: OpenWork,
): Promise<ReadonlyMap<PreparedSearch, SearchEnd>> {
  const { hunt, scanned, options } = work
  const { memory } = hunt
  const { threads } = options
  const ends = new Map<PreparedSearch, SearchEnd>()
  const database = await Database.open({ memory, threads, folder: scanned.folder })
  const listening = interruptOn(options.stop, database)
  try {
    for (const style of ['splunk', 'sumo'] as const) {
      const some = open.filter(({ rule }) => languages[rule.language].style === style)
      if (some.length === 0) continue
      const { rows, repeats } = scanned.swept
      const own = rows.filter(({ table }) => table === tableOf(style))
      const events = await eventTable(own, repeats, database)
      for (const search of some) ends.set(search, await runOne(search, events, { ...work, database }))
    }
    return ends
  } finally {
    clearInterval(listening)
    database.close()
  }
}

interface Running extends OpenWork {
  readonly database: Database
}

async function runOne(search: PreparedSearch, events: Pipeline, work: Running): Promise<SearchEnd> {
  const { rule } = search
  const unknown = new Set<string>()
  const notes = new Map<string, Diagnostic>()
  const note = (problem: Diagnostic): void => {
    const at = problem.at === undefined ? {} : { at: rule.placed(problem.at) }
    notes.set(`${problem.code} ${problem.message}`, { ...problem, ...at })
  }
  const effects = new ApprovalEffects({
    lookups: work.hunt.lookups,
    windows: rule.schedule !== undefined,
    entity: row => entityOfRow(rule, row),
    plan: async (window, lookups, heard) => {
      const told = heard ? { unknown, note } : { unknown: new Set<string>(), note: refuseMore }
      const run = { search, events, window, around: { ...work.hunt, lookups }, ...told }
      const plan = await planWindow(run, work.database)
      return () => rowsOfPlan(plan, run, work.database)
    },
  })
  let rows: readonly FoundRow[] = []
  let failed = false
  try {
    rows = await rowsOf(rule, effects, work, note)
  } catch (error) {
    if (error instanceof Refusal) note(error.problem)
    else if (error instanceof EngineError) {
      if (!error.interrupted) note(engineProblem(error))
    } else throw error
    failed = !isStopped(work.options)
  }
  for (const name of rule.entity) if (!isAttributable(rows, name)) note(noEntity(name))
  const caveats = [...unknown].map(name => `no event has a field "${name}"`)
  const found = rowFindings(rule, rows, caveats, work.known(rule.meta.id))
  const hidden = effects.list()
  for (const one of hidden) work.hidden(rule.meta.id, hiddenEvent(rule, one, effects.tables))
  return {
    ...found,
    suppressed: hidden.length,
    unknown: [...unknown],
    notes: [...notes.values()],
    remarks: effects.remarks(),
    failed,
  }
}

/** Some row says whom it is about, or there is none. */
function isAttributable(rows: readonly FoundRow[], column: string): boolean {
  return rows.length === 0 || rows.some(({ values }) => (values.get(column) ?? null) !== null)
}

function noEntity(column: string): Diagnostic {
  return {
    code: 'search/no-entity',
    severity: 'warning',
    message: `no row has a value of "${column}", to which the rule attributes its rows`,
  }
}

/** Rows that are not all there cannot be compared. */
function refuseMore(problem: Diagnostic): void {
  if (problem.code === MORE_ROWS) throw new Refusal(problem)
}

function engineProblem({ message, tooLarge }: EngineError): Diagnostic {
  const first = message.split('\n')[0] ?? ''
  const what = tooLarge
    ? 'the search needs more memory or disk than it may have'
    : 'the engine could not run the search'
  return { code: 'search/failed', severity: 'error', message: `${what}: ${first}` }
}

/** Rows of all windows. A window without events is left out if the search gives no rows without them. */
async function rowsOf(
  { schedule }: SearchRule,
  effects: ApprovalEffects,
  { database, scanned, options }: Running,
  note: (problem: Diagnostic) => void,
): Promise<readonly FoundRow[]> {
  const span = spanOf(scanned.swept.files)
  if (span === undefined || schedule === undefined) return effects.rows(span ?? { from: 0, to: 0 })
  const { from: first, to: last } = { from: span.from, to: span.to - 1 }
  const leftOut = windowsLeftOut(schedule, first, last)
  if (leftOut > 0) note(cutNote(leftOut))
  const filled = await eventTimes(database, schedule.every)
  const beforeAll = { from: first - 2 * schedule.window, to: first - schedule.window }
  const quiet = (await effects.plain(beforeAll)).length === 0
  const rows: FoundRow[] = []
  for (const window of windowsOver(schedule, first, last)) {
    if (isStopped(options)) break
    if (!quiet || holdsSome(filled, window, schedule.every)) rows.push(...(await effects.rows(window)))
  }
  return rows
}

function cutNote(leftOut: number): Diagnostic {
  return {
    code: 'search/windows',
    severity: 'warning',
    message: `the first ${counted(leftOut, 'window')} of its schedule did not run: there are too many; bound the time with --from`,
  }
}

/** Numbers of the steps of `every` ms in which there are loaded events. */
async function eventTimes(database: Database, every: number): Promise<ReadonlySet<number>> {
  const steps = await database.timeSteps('events', every / 1000)
  return new Set(steps)
}

function holdsSome(filled: ReadonlySet<number>, { from, to }: Window, every: number): boolean {
  for (let step = Math.floor(from / every); step * every < to; step++) if (filled.has(step)) return true
  return false
}

/** From the first event to just after the last, UTC ms. */
function spanOf(files: readonly SweptFile[]): Window | undefined {
  const firsts = files.flatMap(({ first }) => first?.time ?? [])
  const lasts = files.flatMap(({ last }) => last?.time ?? [])
  if (firsts.length === 0 || lasts.length === 0) return undefined
  const least = firsts.reduce((a, b) => Math.min(a, b))
  return { from: least, to: lasts.reduce((a, b) => Math.max(a, b)) + 1 }
}

function isStopped({ stop }: ScanOptions): boolean {
  return Atomics.load(stop, 0) !== 0
}
