import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Diagnostic } from '../../core/diagnostic.ts'
import { Database } from '../../engines/duckdb/database.ts'
import { drive } from '../../engines/duckdb/drive.ts'
import type { Ledger } from '../../findings/ledger.ts'
import { isLake } from '../../lake/manifest.ts'
import { type Environment, type LookupTable, Refusal } from '../../plan/lowering.ts'
import { append, finished, type Pipeline } from '../../plan/pipeline.ts'
import type { Relation } from '../../plan/relation.ts'
import { shownColumns } from '../../sql/print-relation.ts'
import { type ChosenFiles, chooseFiles } from '../inputs.ts'
import { ledgerOf } from '../ledger.ts'
import { savePipes } from '../saved-pipes.ts'
import { type LoadedEvents, loadFiles } from './load-files.ts'
import { loadLake } from './load-lake.ts'
import type { QueryOptions } from './options.ts'

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
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const { memory, threads } = options
  const database = await Database.open({ memory, threads, folder })
  const listening = interruptOn(options.stop, database)
  try {
    return await queried(options, database, folder)
  } finally {
    clearInterval(listening)
    database.close()
    process.off('exit', remove)
    remove()
  }
}

async function queried(options: QueryOptions, database: Database, folder: string): Promise<QueryResult> {
  const [first, ...others] = options.inputs
  const lake = first !== undefined && others.length === 0 && isLake(first) ? first : undefined
  const chosen = lake === undefined ? chooseFiles(options.inputs, options) : NO_FILES
  options.watch.begin(chosen.files, 0)
  const files = await savePipes(chosen.files, folder, options.stop)
  const loaded =
    lake === undefined ? await loadFiles(files, options, database) : await loadLake(lake, options, database)
  const unknown = new Set<string>()
  const environment = environmentOf(options, loaded.events, unknown)
  const relation = finished(await drive(options.search.lower(environment), database))
  const rows = await handOver(relation, database, options)
  const ledger = ledgerOf({
    options: { rules: { rules: [], refused: [], problems: [] }, strict: options.strict },
    input: { ...chosen, files },
    swept: {
      files: loaded.files,
      distinct: evaluated(loaded) - loaded.copies,
      conflicting: 0,
      seen: new Set(),
      sources: new Set(),
    },
    running: [],
    hits: new Map(),
    interrupted: Atomics.load(options.stop, 0) !== 0,
  })
  return { ledger, rows, unknown: [...unknown], interrupted: Atomics.load(options.stop, 0) !== 0 }
}

/** Events inside the wanted time, copies included. */
function evaluated({ files }: LoadedEvents): number {
  return files.reduce((sum, { events, outside }) => sum + events - outside, 0)
}

const NO_FILES: ChosenFiles = { files: [], skipped: [], problems: [] }

async function handOver(
  relation: Relation,
  database: Database,
  { sink, parquet }: QueryOptions,
): Promise<number> {
  if (parquet !== undefined) return database.writeParquet(relation, parquet)
  sink.begin(shownColumns(relation).map(({ name }) => name))
  let count = 0
  for await (const batch of database.rows(relation)) {
    count += batch.length
    sink.rows(batch)
  }
  return count
}

function environmentOf(options: QueryOptions, events: Pipeline, unknown: Set<string>): Environment {
  const { now, sink, strict, lookups: given } = options
  const written = new Map<string, LookupTable>()
  return {
    now,
    events,
    lookup: name => written.get(name) ?? given.get(name),
    lookupNames: [...given.keys()],
    note: problem => sink.note(problem),
    write: (name, rows, adds) =>
      written.set(name, writtenLookup(name, rows, adds ? written.get(name) : undefined)),
    unknownField: (name, at) => {
      if (unknown.has(name)) return
      unknown.add(name)
      const problem = unknownField(name, at, strict)
      if (strict) throw new Refusal(problem)
      sink.note(problem)
    },
    strict,
  }
}

function unknownField(name: string, at: Diagnostic['at'], strict: boolean): Diagnostic {
  return {
    code: 'query/unknown-field',
    severity: strict ? 'error' : 'warning',
    message: `no event here has a field "${name}", which is null throughout`,
    ...(at === undefined ? {} : { at }),
  }
}

function writtenLookup(name: string, rows: Pipeline, before: LookupTable | undefined): LookupTable {
  const all = before === undefined ? rows : append({ relation: before.relation, order: [] }, rows)
  const columns = shownColumns(all.relation)
  const relation = finished(all)
  return { name, columns, relation, match: {}, caseSensitive: true, maxMatches: 1000, minMatches: 0 }
}

/** Ends what the engine does soon after the stop is asked for. */
function interruptOn(stop: Int32Array, database: Database): NodeJS.Timeout {
  return setInterval(() => {
    if (Atomics.load(stop, 0) !== 0) database.interrupt()
  }, 50).unref()
}
