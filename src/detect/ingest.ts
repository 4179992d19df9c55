import { withDatabase } from '../engines/duckdb/with-database.ts'
import type { Ledger } from '../findings/ledger.ts'
import { type Ingested, ingest } from '../lake/ingest.ts'
import { type ChosenFiles, chooseFiles, resources } from './inputs.ts'
import { ledgerOf } from './ledger.ts'
import type { ScanOptions } from './options.ts'
import { savePipes } from './saved-pipes.ts'
import { mapsOf } from './source-maps.ts'

export interface IngestOptions extends ScanOptions {
  readonly lake: string
  /** MB that the engine may hold in memory. */
  readonly memory: number
  /** Bytes of rows that are written at once. */
  readonly batch: number
}

export interface IngestResult extends Ingested {
  readonly ledger: Ledger
  /** All inputs, also those that were in the lake. */
  readonly inputs: number
}

/** Adds the events of the inputs to the lake, whose only writer it must be. Throws `EngineError` if the engine fails. */
export async function ingestInputs(options: IngestOptions): Promise<IngestResult> {
  const { inputs: _, watch, memory, ...rest } = options
  const chosen = chooseFiles(options.inputs, options)
  watch.begin(chosen.files, 0)
  return withDatabase({ memory, threads: options.threads }, async database => {
    const files = await savePipes(chosen.files, database.folder, options.stop)
    const size = files.reduce((sum, { bytes }) => sum + bytes, 0)
    const threads = size < resources.worthThreads ? 1 : Math.min(options.threads, files.length)
    const { maxRecord, chunk } = resources
    const bounds = { maps: mapsOf(options), maxRecord, chunk, threads, fileDone: watch.fileDone }
    const ingested = await ingest(files, { ...rest, ...bounds }, database)
    return { ...ingested, inputs: files.length, ledger: ingestLedger({ ...chosen, files }, ingested) }
  })
}

function ingestLedger(chosen: ChosenFiles, { files, known, added, interrupted }: Ingested): Ledger {
  const there = new Set(known.map(({ number }) => number))
  const skipped = known.map(({ number, input: { file, lost = [] } }) => ({
    file: chosen.files[number]?.name ?? '',
    why: [`its content is in the lake already, from ${file}`, ...lost].join('; '),
  }))
  const read = [...chosen.files.keys()].filter(number => !there.has(number))
  const places = new Map(read.map((number, place) => [number, place]))
  const withoutId = files.reduce((sum, file) => sum + file.withoutId, 0)
  return ledgerOf({
    options: { rules: { rules: [], refused: [], problems: [] }, strict: false },
    input: {
      ...chosen,
      files: read.flatMap(number => chosen.files[number] ?? []),
      skipped: [...chosen.skipped, ...skipped],
    },
    swept: {
      files: files.map(file => ({ ...file, number: places.get(file.number) ?? -1 })),
      distinct: added - withoutId,
      conflicting: 0,
      seen: new Set(),
      sources: new Set(),
    },
    running: [],
    hits: new Map(),
    interrupted,
  })
}
