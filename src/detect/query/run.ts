import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Database } from '../../engines/duckdb/database.ts'
import { drive } from '../../engines/duckdb/drive.ts'
import {
  type ForeignRows,
  foreignSelect,
  seal,
  show,
  writeForeignSelect,
} from '../../engines/duckdb/foreign-select.ts'
import { withDatabase } from '../../engines/duckdb/with-database.ts'
import type { Ledger, RuleEntry } from '../../findings/ledger.ts'
import { isLake } from '../../lake/manifest.ts'
import { Refusal } from '../../plan/lowering.ts'
import { columnNamed, finished, type Pipeline, select, visible } from '../../plan/pipeline.ts'
import type { Cell } from '../../plan/relation.ts'
import { text } from '../../plan/scalars.ts'
import { shownColumns } from '../../sql/print-relation.ts'
import { type ChosenFiles, chooseFiles } from '../inputs.ts'
import { ledgerOf } from '../ledger.ts'
import { savePipes } from '../saved-pipes.ts'
import { environmentOf, unknownField } from './environment.ts'
import { interruptOn } from './interrupt.ts'
import { aroundDamage, type Damage, withoutDamage } from './lake-damage.ts'
import type { LoadedEvents } from './load-files.ts'
import type { QueryOptions, RowSink } from './options.ts'
import { timeBounds } from './row-job.ts'
import { asShown } from './shown.ts'

export interface QueryResult {
  readonly ledger: Ledger
  readonly rows: number
  /** Fields that the search reads and no event has. */
  readonly unknown: readonly string[]
  readonly interrupted: boolean
}

/**
 * Runs a search over files and hands its rows to the sink. Throws `Refusal` if the search cannot be run,
 * `EngineError` if the engine fails.
 */
export async function runQuery(options: QueryOptions): Promise<QueryResult> {
  const [first, ...others] = options.inputs
  if (first === undefined || others.length > 0 || !isLake(first)) return attempt(options)
  return aroundDamage(first, options, (same, damage) => attempt(same, { lake: first, damage }))
}

/** A lake, and files of it that are known to be damaged. */
interface GivenLake {
  readonly lake: string
  readonly damage: Damage
}

function attempt(options: QueryOptions, given?: GivenLake): Promise<QueryResult> {
  const { memory, threads } = options
  return withDatabase({ memory, threads }, database => {
    const listening = interruptOn(options.stop, database)
    return queried(options, database, given).finally(() => clearInterval(listening))
  })
}

async function queried(
  options: QueryOptions,
  database: Database,
  given: GivenLake | undefined,
): Promise<QueryResult> {
  const { input, events, swept } = await load(options, database, given)
  const unknown = new Set<string>()
  const { from } = timeBounds(options)
  const around = {
    ...options,
    ...(from === undefined ? {} : { earliest: from / 1000 }),
    note: (problem: Diagnostic) => options.sink.note(problem),
  }
  const environment = environmentOf(around, events, unknown)
  const rows =
    options.search.sql === undefined
      ? await handOver(await drive(options.search.lower(environment), database), database, options)
      : await handOverForeign(options.search.sql, events, database, options)
  const interrupted = Atomics.load(options.stop, 0) !== 0
  const ledger = ledgerOf({
    options: { rules: { rules: [], refused: [], problems: [] }, strict: options.strict },
    input,
    swept,
    running: [],
    hits: new Map(),
    analytics: [entryOf(rows, unknown)],
    interrupted,
  })
  return { ledger, rows, unknown: [...unknown], interrupted }
}

/** What the query is to its ledger: the one rule that ran. */
function entryOf(rows: number, unknown: ReadonlySet<string>): RuleEntry {
  return {
    id: 'query',
    title: 'query',
    file: '',
    end: 'ran',
    hits: rows,
    missing: [...unknown],
    problems: [],
  }
}

/** The inputs as a table of events. */
async function load(
  options: QueryOptions,
  database: Database,
  given: GivenLake | undefined,
): Promise<LoadedEvents & { readonly input: ChosenFiles }> {
  const lake = given && withoutDamage(given.lake, options, given.damage)
  const chosen =
    lake === undefined ? chooseFiles(options.inputs, options) : { ...NO_FILES, problems: lake.problems }
  options.watch.begin(chosen.files, 0)
  const files = await savePipes(chosen.files, database.folder, options.stop)
  const input = { ...chosen, files }
  // The one needs all that reads logs, the other all that knows the tables of a lake.
  if (given === undefined || lake === undefined) {
    const { loadFiles } = await import('./load-files.ts')
    return { input, ...(await loadFiles(files, options, database)) }
  }
  const { loadLake } = await import('./load-lake.ts')
  return { input, ...(await loadLake({ lake: given.lake, manifest: lake.manifest }, options, database)) }
}

const NO_FILES: ChosenFiles = { files: [], skipped: [], problems: [] }

async function handOver(pipeline: Pipeline, database: Database, options: QueryOptions): Promise<number> {
  const { sink, parquet, fields } = options
  const relation = finished(
    fields === undefined
      ? asShown(pipeline, options.text ?? '', options.style)
      : chosenFields(pipeline, fields, options),
  )
  if (parquet !== undefined) return database.writeParquet(database.print(relation), parquet)
  const columns = shownColumns(relation).map(({ name }) => name)
  const rows = database.rows(relation)
  return pour({ columns, rows: options.style === 'splunk' ? scalars(rows) : rows }, sink)
}

/** In Splunk a list of one member is that member. */
async function* scalars(rows: ForeignRows['rows']): ForeignRows['rows'] {
  for await (const batch of rows) yield batch.map(row => row.map(single))
}

function single(cell: Cell): Cell {
  return typeof cell === 'object' && cell !== null && cell.length === 1 ? (cell[0] ?? null) : cell
}

/** These columns; one that is not there is null, with a note. */
function chosenFields(
  pipeline: Pipeline,
  fields: readonly string[],
  { sink, strict }: QueryOptions,
): Pipeline {
  const columns = fields.map(name => {
    const value = columnNamed(pipeline, name)
    if (value !== undefined) return { name, value }
    const here = visible(pipeline).map(column => column.name)
    const problem = unknownField(name, { strict, here })
    if (strict) throw new Refusal(problem)
    sink.note(problem)
    return { name, value: text(null) }
  })
  return select(pipeline, columns)
}

/** Rows of a SELECT of the user, who can reach nothing but the events. */
async function handOverForeign(
  statement: string,
  events: Pipeline,
  database: Database,
  { sink, parquet }: QueryOptions,
): Promise<number> {
  const names = visible(events).map(({ name }) => name)
  await show(database, 'events', names)
  await seal(database, parquet === undefined ? [] : [parquet])
  return parquet === undefined
    ? pour(await foreignSelect(database, statement), sink)
    : writeForeignSelect(database, statement, parquet)
}

async function pour({ columns, rows }: ForeignRows, sink: RowSink): Promise<number> {
  const batches = rows[Symbol.asyncIterator]()
  // What fails before there is a row has begun nothing.
  let next = await batches.next()
  sink.begin(columns)
  let count = 0
  for (; next.done !== true; next = await batches.next()) {
    count += next.value.length
    sink.rows(next.value)
  }
  return count
}
