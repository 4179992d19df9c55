import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../engines/duckdb/database.ts'
import type { InputFile } from '../engines/files/list.ts'
import { mergedMaps } from '../sources/known.ts'
import { writeBatch } from './batch.ts'
import { namingDamage, pathOf } from './damage.ts'
import { inTimeOrder } from './input-order.ts'
import { type LakeInput, type Manifest, readManifest, writeManifest } from './manifest.ts'
import { sha256Of } from './sha256.ts'
import type { Spooled, SpooledFile, SpoolJob } from './spooler.ts'
import { INCOMING, removeStrays } from './strays.ts'
import { localSpooler, type SpoolThread, workerSpooler } from './thread.ts'

export interface IngestOptions extends Omit<SpoolJob, 'folder'> {
  readonly lake: string
  readonly threads: number
  /** Bytes of rows that are written at once; bounds what the disk holds twice. */
  readonly batch: number
  readonly stop: Int32Array
  fileDone(file: SpooledFile): void
}

/** What became of an input that was read. */
export interface IngestedFile extends SpooledFile {
  /** Of the list of inputs. */
  readonly number: number
  /** Events that were in the lake already, or earlier in the inputs. */
  readonly duplicates: number
}

export interface Ingested {
  /** In the order of the inputs; those that were not reached are missing. */
  readonly files: readonly IngestedFile[]
  /** Inputs whose content is in the lake, by their number. */
  readonly known: readonly { readonly number: number; readonly input: LakeInput }[]
  /** Events that came in, and those of them that were new. */
  readonly events: number
  readonly added: number
  readonly interrupted: boolean
}

/**
 * Reads files on several threads and adds their events to the lake, each once; content that is there adds nothing.
 * What a batch adds is there when the batch is done, or not at all. To be run as the only writer, see `locked`.
 */
export async function ingest(
  files: readonly InputFile[],
  options: IngestOptions,
  database: Database,
): Promise<Ingested> {
  const ingester = new Ingester(files, options, database)
  try {
    await ingester.run()
    return ingester.result()
  } finally {
    await ingester.close()
  }
}

class Ingester {
  private readonly files: readonly InputFile[]
  private readonly options: IngestOptions
  private readonly database: Database
  private readonly threads: readonly SpoolThread[]
  /** Numbers of the files that are still to be read, the next first. */
  private readonly queue: number[]
  private readonly known: { number: number; input: LakeInput }[] = []
  private readonly done = new Map<number, SpooledFile>()
  private readonly copies = new Map<number, number>()
  private readonly seen: Map<string, LakeInput>
  private pending: LakeInput[] = []
  private added = 0
  private manifest: Manifest
  private hashing: Promise<unknown> = Promise.resolve()

  constructor(files: readonly InputFile[], options: IngestOptions, database: Database) {
    this.files = files
    this.options = options
    this.database = database
    this.manifest = readManifest(options.lake)
    this.seen = new Map(this.manifest.inputs.map(input => [input.sha256, input]))
    removeStrays(options.lake, this.manifest)
    this.queue = [...inTimeOrder(files)]
    this.threads = this.start()
  }

  /** While one batch is written the next is read. */
  async run(): Promise<void> {
    let writing: Promise<void> = Promise.resolve()
    while (this.queue.length > 0 && !this.stopped) {
      const spooled = await this.read()
      const inputs = this.pending
      this.pending = []
      await writing
      writing = this.write(spooled, inputs)
      // Whoever waits for it comes later.
      writing.catch(() => {})
    }
    await writing
  }

  result(): Ingested {
    const numbers = [...this.done.keys()].sort((a, b) => a - b)
    const files = numbers.flatMap((number): readonly IngestedFile[] => {
      const file = this.done.get(number)
      return file === undefined ? [] : [{ ...file, number, duplicates: this.copies.get(number) ?? 0 }]
    })
    const events = files.reduce((sum, file) => sum + file.events - file.outside, 0)
    const { known, added, stopped } = this
    return { files, known, events, added, interrupted: stopped }
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map(thread => thread.close()))
    removeStrays(this.options.lake, this.manifest)
  }

  private get stopped(): boolean {
    return Atomics.load(this.options.stop, 0) !== 0
  }

  private start(): readonly SpoolThread[] {
    const { lake, threads, batch: _, fileDone: _told, stop, ...job } = this.options
    const folder = join(lake, INCOMING)
    mkdirSync(folder, { recursive: true })
    const own = { ...job, folder }
    if (threads <= 1) return [localSpooler(own, stop)]
    return Array.from({ length: threads }, (_, thread) => workerSpooler(own, String(thread), stop))
  }

  /** Reads as many files as make a batch. */
  private async read(): Promise<readonly Spooled[]> {
    let size = 0
    const help = async (thread: SpoolThread): Promise<void> => {
      while (size < this.options.batch && !this.stopped) {
        const next = await this.next()
        if (next === undefined) return
        const file = await thread.read(next.file, next.number)
        size += file.size
        this.finished(file, next)
      }
    }
    await Promise.all(this.threads.map(help))
    return Promise.all(this.threads.map(thread => thread.finish()))
  }

  /** The next file that is not known; files are looked at one after the other, so that the first of two stays. */
  private next(): Promise<Next | undefined> {
    const next = this.hashing.then(async (): Promise<Next | undefined> => {
      for (;;) {
        const number = this.stopped ? undefined : this.queue.shift()
        const file = number === undefined ? undefined : this.files[number]
        if (number === undefined || file === undefined) return undefined
        const sha256 = await sha256Of(file.path)
        const input = sha256 === undefined ? undefined : this.seen.get(sha256)
        if (input !== undefined) {
          this.known.push({ number, input })
          continue
        }
        if (sha256 !== undefined) this.seen.set(sha256, { sha256, file: file.name, rows: 0 })
        return { file, number, sha256 }
      }
    })
    this.hashing = next
    return next
  }

  /**
   * Notes what was read. A file of which something is missing may have more to give another time; its events are known
   * by their ids then, so only if they have none does it count as read.
   */
  private finished(file: SpooledFile, { number, sha256 }: Next): void {
    this.done.set(number, file)
    const lost = file.problems.filter(problem => problem.lost).map(({ message }) => message)
    const whole = lost.length === 0 && file.outside === 0 && !this.stopped
    if (sha256 !== undefined && (whole || (file.withoutId > 0 && !this.stopped))) {
      const rows = file.events - file.outside
      this.pending.push({ sha256, file: file.file, rows, ...(lost.length === 0 ? {} : { lost }) })
    }
    this.options.fileDone(file)
  }

  /** Makes what was spooled a part of the lake. */
  private async write(spooled: readonly Spooled[], inputs: readonly LakeInput[]): Promise<void> {
    const { database, manifest, options } = this
    const rows = spooled.flatMap(part => part.rows)
    const label = randomUUID()
    const maps = mergedMaps(options.maps ?? [], manifest.maps ?? [])
    const target = { database, lake: options.lake, known: manifest.files, label }
    const batch = await writeBatch(rows, target).catch(async (error: unknown) => {
      const days = new Set(rows.map(({ source, date }) => `${source} ${date}`))
      const read = manifest.files.filter(({ source, date }) => days.has(`${source} ${date}`))
      throw await namingDamage(
        error,
        read.map(file => pathOf(options.lake, file)),
        database,
      )
    })
    const next = {
      ...manifest,
      files: [...manifest.files, ...batch.files],
      inputs: [...manifest.inputs, ...inputs],
      fields: merged([manifest.fields, ...spooled.map(({ fields }) => fields)]),
      dottedKeys: merged([manifest.dottedKeys, ...spooled.map(({ dottedKeys }) => dottedKeys)]),
      ...(manifest.dottedNames === undefined
        ? {}
        : { dottedNames: merged([manifest.dottedNames, ...spooled.map(part => part.dottedNames)]) }),
      ...(manifest.oddNames === undefined
        ? {}
        : { oddNames: merged([manifest.oddNames, ...spooled.map(part => part.oddNames)]) }),
      ...(maps.length === 0 ? {} : { maps }),
    }
    writeManifest(options.lake, next)
    this.manifest = next
    this.added += batch.files.reduce((sum, file) => sum + file.rows, 0)
    for (const [number, count] of batch.copies)
      this.copies.set(number, (this.copies.get(number) ?? 0) + count)
  }
}

interface Next {
  readonly file: InputFile
  readonly number: number
  readonly sha256: string | undefined
}

function merged(all: readonly Manifest['fields'][]): Manifest['fields'] {
  const together: Record<string, readonly string[]> = {}
  for (const source of new Set(all.flatMap(fields => Object.keys(fields))))
    together[source] = [...new Set(all.flatMap(fields => fields[source] ?? []))].sort()
  return together
}
