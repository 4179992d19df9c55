import { setImmediate } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { parseTime } from '../../core/time.ts'
import type { Database } from '../../engines/duckdb/database.ts'
import { TableLoader } from '../../engines/duckdb/table-loader.ts'
import type { InputFile } from '../../engines/files/list.ts'
import { type FoundEvent, readEvents } from '../../engines/files/read-events.ts'
import type { ScannedFile } from '../../engines/files/scan-file.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { column } from '../../plan/scalars.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import { name, sql } from '../../sql/sql.ts'
import { resources } from '../inputs.ts'
import { eventRow } from './event-row.ts'
import type { QueryOptions } from './options.ts'

export interface LoadedEvents {
  readonly events: Pipeline
  readonly files: readonly (ScannedFile & { readonly number: number; readonly duplicates: number })[]
  /** Rows that were loaded, each event once. */
  readonly rows: number
}

/** Reads files and loads those events that can matter to the search, each once, into the table `events`. */
export async function loadFiles(
  files: readonly InputFile[],
  options: QueryOptions,
  database: Database,
): Promise<LoadedEvents> {
  const loader = new EventLoader(options, database)
  const read: LoadedEvents['files'][number][] = []
  for (const [number, file] of files.entries()) {
    if (Atomics.load(options.stop, 0) !== 0) break
    read.push({ ...(await loader.file(file)), number, duplicates: 0 })
    options.watch.fileDone(
      file.bytes === undefined ? { bytes: 0, events: 0 } : { bytes: file.bytes, events: 0 },
    )
    await setImmediate()
  }
  const { events, duplicates } = await loader.finish()
  return { events, files: read, rows: loader.rows - duplicates }
}

class EventLoader {
  private readonly options: QueryOptions
  private readonly database: Database
  private readonly loader: TableLoader
  private readonly test: EventTest | undefined
  private outside = 0
  private withoutTime = 0

  constructor(options: QueryOptions, database: Database) {
    this.options = options
    this.database = database
    this.loader = new TableLoader(database, 'events')
    const { prefilter } = options.search
    this.test = prefilter === undefined ? undefined : compile(prefilter)
  }

  get rows(): number {
    return this.loader.rows
  }

  async file(file: InputFile): Promise<ScannedFile> {
    const { maxUnpacked, stop, watch } = this.options
    const { maxRecord, chunk } = resources
    this.outside = 0
    this.withoutTime = 0
    const goOn = (bytes: number): boolean => {
      watch.progress(bytes)
      return Atomics.load(stop, 0) === 0
    }
    const tally = await readEvents(file, { maxUnpacked, maxRecord, chunk, goOn, generic: true }, this.take)
    return { ...tally, outside: this.outside, withoutId: 0, withoutTime: this.withoutTime }
  }

  private readonly take = (found: FoundEvent): void => {
    const { source, record } = found
    const written = source.eventTime(record)
    const time = written === undefined ? undefined : parseTime(written)
    if (this.isOutside(time)) this.outside++
    else if (this.test === undefined || this.test(record)) {
      const row = eventRow(found, this.options.style, this.options.search.wish)
      const id = source.eventId(record)
      if (id !== undefined) row.set('$id', `${id} ${crc32(found.bytes ?? found.text)}`)
      this.loader.add(row)
    }
    if (time === undefined) this.withoutTime++
  }

  /** Bounds in the search's own text go before those of the command line. */
  private isOutside(time: number | undefined): boolean {
    if (time === undefined) return false
    const { from, to, search } = this.options
    const first = search.earliest === undefined ? from : search.earliest * 1000
    const end = search.latest === undefined ? to : search.latest * 1000
    return (first !== undefined && time < first) || (end !== undefined && time >= end)
  }

  async finish(): Promise<{ readonly events: Pipeline; readonly duplicates: number }> {
    const columns = await this.loader.finish()
    const has = (wanted: string): boolean => columns.some(({ name }) => name === wanted)
    const duplicates = has('$id') ? await this.dropCopies() : 0
    const newest = has('_time') ? [{ value: column('_time', 'number'), descending: true }] : []
    return {
      events: {
        relation: { op: 'table', table: 'events', columns },
        order: [...newest, { value: column('$row', 'number'), descending: false }],
      },
      duplicates,
    }
  }

  /** Keeps the first of the copies of an event. */
  private async dropCopies(): Promise<number> {
    const id = this.database.columnOf('events', '$id')
    const kept = sql`SELECT min(n) FROM events WHERE ${id} IS NOT NULL GROUP BY ${id}`
    const dropped = await this.database.execute(
      sql`DELETE FROM ${name('events')} WHERE ${id} IS NOT NULL AND n NOT IN (${kept})`,
    )
    return dropped
  }
}
