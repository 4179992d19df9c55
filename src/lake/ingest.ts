import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { parseTime } from '../core/time.ts'
import type { Database } from '../engines/duckdb/database.ts'
import type { InputFile } from '../engines/files/list.ts'
import { type FoundEvent, readEvents } from '../engines/files/read-events.ts'
import type { FileTally } from '../engines/files/tally.ts'
import { LakeBatch } from './batch.ts'
import { FieldNames } from './field-names.ts'
import { type LakeFile, type LakeInput, type Manifest, readManifest, writeManifest } from './manifest.ts'
import { lakeRow } from './row.ts'
import { removeStrays } from './strays.ts'
import { tableOf } from './tables/tables.ts'

export interface IngestOptions {
  readonly lake: string
  readonly maxUnpacked: number
  readonly maxRecord: number
  readonly chunk: number
  /** Characters of rows that are written at once; bounds memory and disk. */
  readonly batch: number
  /** A folder of its own for what is on its way. */
  readonly folder: string
  readonly stop: Int32Array
  fileDone(file: FileTally | undefined): void
}

/** What became of an input. */
export interface IngestedFile {
  readonly tally?: FileTally
  /** The same content is in the lake. */
  readonly known: boolean
}

export interface Ingested {
  readonly files: readonly IngestedFile[]
  /** Events that came in, and those of them that were new. */
  readonly events: number
  readonly added: number
  readonly interrupted: boolean
}

/**
 * Reads files and adds their events to the lake, each once; content that is there adds nothing. What a batch adds is
 * there when the batch is done, or not at all.
 */
export async function ingest(
  files: readonly InputFile[],
  options: IngestOptions,
  database: Database,
): Promise<Ingested> {
  const ingester = new Ingester(options, database)
  const done: IngestedFile[] = []
  for (const file of files) {
    if (Atomics.load(options.stop, 0) !== 0) break
    done.push(await ingester.file(file))
  }
  await ingester.commit()
  const interrupted = Atomics.load(options.stop, 0) !== 0
  return { files: done, events: ingester.events, added: ingester.added, interrupted }
}

class Ingester {
  events = 0
  added = 0
  private readonly options: IngestOptions
  private readonly database: Database
  private readonly batches = new Map<string, LakeBatch>()
  private readonly names = new Map<string, FieldNames>()
  private readonly pending: LakeInput[] = []
  private readonly seen: Set<string>
  private manifest: Manifest

  constructor(options: IngestOptions, database: Database) {
    this.options = options
    this.database = database
    this.manifest = readManifest(options.lake)
    this.seen = new Set(this.manifest.inputs.map(({ sha256 }) => sha256))
    removeStrays(options.lake, this.manifest)
  }

  async file(file: InputFile): Promise<IngestedFile> {
    const { maxUnpacked, maxRecord, chunk, stop } = this.options
    const sha256 = await hashOf(file.path)
    if (this.seen.has(sha256)) {
      this.options.fileDone(undefined)
      return { known: true }
    }
    const before = this.events
    const goOn = (): boolean => Atomics.load(stop, 0) === 0
    const tally = await readEvents(file, { maxUnpacked, maxRecord, chunk, goOn }, this.take)
    // What was read of it is ingested; the rest is not, so it does not count as done.
    if (goOn()) {
      this.seen.add(sha256)
      this.pending.push({ sha256, file: file.name, rows: this.events - before })
    }
    this.options.fileDone(tally)
    if (this.size() > this.options.batch) await this.commit()
    return { tally, known: false }
  }

  /** Makes what was read a part of the lake. */
  async commit(): Promise<void> {
    if (this.batches.size === 0 && this.pending.length === 0) return
    const label = randomUUID()
    const files: LakeFile[] = []
    for (const [source, batch] of this.batches) {
      const known = this.manifest.files.filter(file => file.source === source)
      files.push(...(await batch.write(this.database, this.options.lake, known, label)))
    }
    this.batches.clear()
    const fields = { ...this.manifest.fields }
    for (const [source, names] of this.names) {
      fields[source] = [...new Set([...(fields[source] ?? []), ...names.names()])].sort()
    }
    this.manifest = {
      ...this.manifest,
      files: [...this.manifest.files, ...files],
      inputs: [...this.manifest.inputs, ...this.pending],
      fields,
    }
    this.pending.length = 0
    this.added += files.reduce((sum, file) => sum + file.rows, 0)
    writeManifest(this.options.lake, this.manifest)
  }

  private size(): number {
    return [...this.batches.values()].reduce((sum, batch) => sum + batch.size, 0)
  }

  private readonly take = ({ source, record, file, number }: FoundEvent): void => {
    const written = source.eventTime(record)
    const time = written === undefined ? undefined : parseTime(written)
    const table = tableOf(source.id)
    let batch = this.batches.get(source.id)
    if (batch === undefined) {
      batch = new LakeBatch(table, join(this.options.folder, 'batch'))
      this.batches.set(source.id, batch)
    }
    batch.add(lakeRow({ source, record, time }, { file, number }, table))
    let names = this.names.get(source.id)
    if (names === undefined) {
      names = new FieldNames()
      this.names.set(source.id, names)
    }
    names.add(record)
    this.events++
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
