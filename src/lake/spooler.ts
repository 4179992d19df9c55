import { isAscii } from 'node:buffer'
import { join } from 'node:path'
import type { JsonObject } from '../core/json.ts'
import { parseTime, utcDay } from '../core/time.ts'
import { collected } from '../engines/files/collected.ts'
import type { InputFile } from '../engines/files/list.ts'
import type { FoundEvent, UnparsedRecord } from '../engines/files/member-events.ts'
import { ownText } from '../engines/files/own-text.ts'
import { type ReadOptions, readEvents } from '../engines/files/read-events.ts'
import { LONG } from '../engines/files/records.ts'
import type { FileTally } from '../engines/files/tally.ts'
import { knownSources } from '../sources/known.ts'
import type { SourceMap } from '../sources/map/source-map.ts'
import type { Source } from '../sources/source.ts'
import { sourceByName } from '../sources/unwrap.ts'
import { FieldNames } from './field-names.ts'
import { NamedRecord } from './named-record.ts'
import { OwnCells } from './own-cells.ts'
import { PlainEvent } from './plain-event.ts'
import { PrintedEvent, printed } from './printed-event.ts'
import { plainText, rowHead } from './row.ts'
import { MOST_RECORDS, type RowBody, Spool, type SpooledRows } from './spool.ts'
import type { LakeTable } from './tables/table.ts'
import { tableOf } from './tables/tables.ts'

/** What every thread of an ingest is told. Plain data. */
export interface SpoolJob extends Pick<ReadOptions, 'maxUnpacked' | 'maxRecord' | 'chunk'> {
  /** UTC ms; events outside are counted and left. An event without a time is inside. */
  readonly from?: number
  readonly to?: number
  /** Logs that mappings describe. */
  readonly maps?: readonly SourceMap[]
  /** A folder of the ingest's own. */
  readonly folder: string
}

/** What became of a file. */
export interface SpooledFile extends FileTally {
  readonly outside: number
  readonly withoutId: number
  readonly withoutTime: number
  /** Bytes of its rows. */
  readonly size: number
}

/** What was spooled since the last time. */
export interface Spooled {
  readonly rows: readonly SpooledRows[]
  /** Dotted names of the fields that occur, by source. */
  readonly fields: { readonly [source: string]: readonly string[] }
  /** Keys of events that have a dot, by source. */
  readonly dottedKeys: { readonly [source: string]: readonly string[] }
  /** Dotted names of the fields whose own key has a dot, by source. */
  readonly dottedNames: { readonly [source: string]: readonly string[] }
  /** Dotted names of the fields that are sometimes null or a number that is not whole, by source. */
  readonly oddNames: { readonly [source: string]: readonly string[] }
}

/** Bytes that all spools of a thread hold before they write them. */
const MOST_HELD = 64 * 1024 * 1024
const DAY = 86_400_000
const NO_TIME = Number.NaN
/** Events after which it is looked how much is held. */
const BETWEEN_LOOKS = 4096

/** Reads files and spools their events by source and day; one for each thread. */
export class EventSpooler {
  private readonly job: SpoolJob
  private readonly thread: string
  private sources = new Map<string, SourceSpools>()
  private batch = 0
  private number = 0
  private events = 0
  private left = { outside: 0, withoutId: 0, withoutTime: 0, size: 0 }
  /** Events of one second often follow each other. */
  private written: string | undefined
  private time: number | undefined
  /** Events of one file follow each other. */
  private file = ''
  private cellOfFile = ''
  private asciiFile = true

  constructor(job: SpoolJob, thread: string) {
    this.job = job
    this.thread = thread
  }

  async read(input: InputFile, number: number, goOn: (bytes: number) => boolean): Promise<SpooledFile> {
    this.number = number
    this.left = { outside: 0, withoutId: 0, withoutTime: 0, size: 0 }
    const { maxUnpacked, maxRecord, chunk, maps } = this.job
    const how = { maxUnpacked, maxRecord, chunk, goOn, sources: knownSources(maps) }
    const tally = await readEvents(input, how, this.take, this.takeUnparsed)
    return { ...tally, ...this.left }
  }

  /** Everything spooled, in files that the caller removes. */
  finish(): Spooled {
    const rows: SpooledRows[] = []
    const fields: Record<string, readonly string[]> = {}
    const dottedKeys: Record<string, readonly string[]> = {}
    const dottedNames: Record<string, readonly string[]> = {}
    const oddNames: Record<string, readonly string[]> = {}
    for (const [source, { days, names }] of this.sources) {
      fields[source] = names.names()
      dottedKeys[source] = names.dottedKeys()
      dottedNames[source] = names.dottedNames()
      oddNames[source] = names.oddNames()
      for (const spool of days.values()) {
        spool.flush()
        rows.push(spool.report())
      }
    }
    this.sources = new Map()
    this.batch++
    return { rows, fields, dottedKeys, dottedNames, oddNames }
  }

  private readonly take = (found: FoundEvent): void => {
    const { source, record, bytes } = found
    const time = this.timeOf(source.eventTime(record))
    if (this.isOutside(time)) {
      this.left.outside++
      return
    }
    const own = this.sourceOf(source.id)
    const { names, cells, plain } = own
    names.add(record)
    cells.read(record)
    const isPlain =
      bytes !== undefined &&
      plain.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 0) === bytes.length
    const body = isPlain ? plain : new PrintedEvent(record, cells)
    this.add(found, { own, source, record, time, body, exceptions: cells.exceptions })
  }

  /** An event like others before it is never parsed: what its source says of it is asked of the few members that matter. */
  private readonly takeUnparsed = (found: UnparsedRecord): number => {
    const known = knownSources(this.job.maps)
    const own = this.sources.get(known[0]?.id ?? '')
    if (own === undefined) return -1
    const { names, plain, named } = own
    const end = plain.read(found.bytes, found.start)
    if (end < 0 || end !== (found.end ?? end) || end - found.start >= LONG) return -1
    if (!plain.isRegular || !named.learn(names.root.below)) return -1
    const { record } = named
    const source = sourceByName(record, known)
    if (source === undefined) return -1
    const time = this.timeOf(source.eventTime(record))
    if (this.isOutside(time)) this.left.outside++
    else this.add(found, { own, source, record, time, body: plain, exceptions: undefined })
    return end
  }

  private add(found: SpooledPlace, event: SpooledEvent): void {
    const { file, number, ordinal } = found
    const { own, source, record, time, body, exceptions } = event
    const id = source.eventId(record)
    const plain = body === own.plain
    const [said, message] = [collected(found.around), ownText(found)]
    const spool = this.spoolOf(own, source.id, time)
    const head = rowHead({
      id,
      time,
      event: source.brief?.(record) ?? source.normalise(record),
      plain,
      file: this.fileCell(file),
      number,
      exceptions: exceptions === undefined ? undefined : printed(Object.fromEntries(exceptions)),
      around: said.length === 0 ? undefined : printed(Object.fromEntries(said)),
      message: message === undefined ? undefined : printed(message),
    })
    for (const [name] of said) spool.around.add(name)
    if (exceptions !== undefined) for (const name of exceptions.keys()) spool.exceptions.add(name)
    if (body instanceof PrintedEvent)
      for (const place of body.unwritten) spool.unwritten.add(own.table.promoted[place]?.name ?? '')
    const ascii = plain && this.asciiFile
    const size = spool.add({ number: this.number * MOST_RECORDS + ordinal, head, ascii, body, id, time })
    if (++this.events % BETWEEN_LOOKS === 0) this.bound()
    this.left.size += size
    if (id === undefined) this.left.withoutId++
    if (time === undefined) this.left.withoutTime++
  }

  private fileCell(file: string): string {
    if (file !== this.file) {
      this.file = file
      this.cellOfFile = plainText(file)
      this.asciiFile = isAscii(Buffer.from(file))
    }
    return this.cellOfFile
  }

  private timeOf(written: string | undefined): number | undefined {
    if (written !== this.written) {
      this.written = written
      this.time = written === undefined ? undefined : parseTime(written)
    }
    return this.time
  }

  private isOutside(time: number | undefined): boolean {
    const { from, to } = this.job
    return time !== undefined && ((from !== undefined && time < from) || (to !== undefined && time >= to))
  }

  private sourceOf(source: string): SourceSpools {
    const known = this.sources.get(source)
    if (known !== undefined) return known
    const table = tableOf(source)
    const cells = new OwnCells(table)
    const names = new FieldNames(table)
    const plain = new PlainEvent(names)
    const named = new NamedRecord(plain)
    const made = { table, cells, names, plain, named, days: new Map<number, Spool>() }
    this.sources.set(source, made)
    return made
  }

  private spoolOf({ days }: SourceSpools, source: string, time: number | undefined): Spool {
    const day = time === undefined ? NO_TIME : Math.floor(time / DAY)
    const known = days.get(day)
    if (known !== undefined) return known
    const date = time === undefined ? 'unknown' : utcDay(time)
    const path = join(this.job.folder, `${source}-${date}-${this.batch}-${this.thread}`)
    const made = new Spool({ source, date, rowsFile: `${path}.rows`, keysFile: `${path}.keys` })
    days.set(day, made)
    return made
  }

  /** Logs of many days at once must not take more memory than others. */
  private bound(): void {
    const all = [...this.sources.values()].flatMap(({ days }) => [...days.values()])
    if (all.reduce((sum, { held }) => sum + held, 0) > MOST_HELD) for (const spool of all) spool.flush()
  }
}

type SpooledPlace = Pick<UnparsedRecord, 'file' | 'number' | 'ordinal'> &
  Partial<Pick<FoundEvent, 'text' | 'made' | 'around'>>

/** What is spooled of an event. */
interface SpooledEvent {
  readonly own: SourceSpools
  readonly source: Source
  readonly record: JsonObject
  readonly time: number | undefined
  readonly body: RowBody
  readonly exceptions: OwnCells['exceptions']
}

interface SourceSpools {
  readonly table: LakeTable
  readonly cells: OwnCells
  readonly names: FieldNames
  readonly plain: PlainEvent
  readonly named: NamedRecord
  readonly days: Map<number, Spool>
}
