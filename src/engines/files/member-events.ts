import type { Json, JsonObject } from '../../core/json.ts'
import { compactJson } from '../../core/text.ts'
import { generic, genericEvent } from '../../sources/generic/generic.ts'
import type { Source, Unwrapped } from '../../sources/source.ts'
import { unwrap } from '../../sources/unwrap.ts'
import type { ParquetSink, StoredRow } from './parquet-reader.ts'
import { giveRecord, type RecordSink } from './records.ts'
import type { FileProblem, Tally } from './tally.ts'

/** One event as it was found. */
export interface FoundEvent {
  readonly source: Source
  readonly record: JsonObject
  /** Its raw text: as it stands in the unpacked file, or printed anew where it was part of a larger record. */
  readonly text: string
  /** `text` is not the JSON of `record`, which was made of it. */
  readonly made: boolean
  /** The object in whose `_raw` the event stood: what a collector says of it. */
  readonly around: JsonObject | undefined
  /** The bytes of `text`, if they are ASCII and at hand; good until the next event. */
  readonly bytes: Uint8Array | undefined
  /** The file as people know it, with the member of an archive. */
  readonly file: string
  /** Number of the event's record in that file or member, from 0. */
  readonly number: number
  /** The same, counted through all members of the file. */
  readonly ordinal: number
  /** Number of the member in the file, from 0. */
  readonly member: number
  /** Where `text` stands in the unpacked member, in bytes; -1 if it does not stand there in one piece. */
  readonly at: number
  readonly length: number
}

/** A record that nobody has parsed. */
export interface UnparsedRecord extends Pick<FoundEvent, 'file' | 'number' | 'ordinal'> {
  /** It begins at a place in these, and ends at another if that is known. */
  readonly bytes: Buffer
  readonly start: number
  readonly end: number | undefined
}

/** Gives the place behind the record; negative where it takes parsing to tell what it is. */
export type TakeUnparsed = (record: UnparsedRecord) => number

interface Finding {
  readonly file: string
  /** What stands before a message about the member. */
  readonly label: string
  readonly ordinal: number
  readonly member: number
  readonly tally: Tally
  readonly generic: boolean
  readonly known: readonly Source[]
  readonly take: (event: FoundEvent) => void
  readonly takeUnparsed?: TakeUnparsed | undefined
}

/** Numbers the records of one member and finds the events in them. */
export class MemberEvents implements RecordSink, ParquetSink {
  /** Records so far. */
  number = 0
  /** All bytes of the member, if they were read at once. */
  whole: Uint8Array | undefined
  readonly tally: Tally
  private readonly place: Finding
  /** Some of the bytes are missing, so that the last record may be cut. */
  private cut = false
  private text = ''
  private bytes: Uint8Array | undefined
  private piece: Uint8Array | undefined
  private value: Json = null

  readonly unparsed?: (bytes: Buffer, start: number, end?: number) => number

  constructor(place: Finding) {
    this.place = place
    this.tally = place.tally
    const { takeUnparsed, file, ordinal } = place
    if (takeUnparsed === undefined) return
    this.unparsed = (bytes, start, end) => {
      const { number } = this
      const behind = takeUnparsed({ bytes, start, end, file, number, ordinal: ordinal + number })
      if (behind < 0) return behind
      this.number++
      this.tally.events++
      return behind
    }
  }

  get file(): string {
    return this.place.file
  }

  record(value: Json, text: string, bytes?: Uint8Array, piece?: Uint8Array): void {
    this.value = value
    this.text = text
    this.bytes = bytes
    this.piece = piece
    const before = this.number
    if (this.place.generic) this.anything(value)
    else unwrap(value, this.found, this.place.known)
    if (this.number === before) this.apart('empty')
  }

  /** As one event if nothing in it is known, else each thing that is in it. */
  private anything(value: Json): void {
    const items: Unwrapped[] = []
    unwrap(value, item => items.push(item), this.place.known)
    const known = items.some(item => item.kind !== 'unknown')
    if (!known && !Array.isArray(value)) this.unknown(value)
    else
      for (const item of items)
        if (item.kind === 'unknown') this.unknown(item.value)
        else this.found(item)
  }

  private unknown(value: Json): void {
    this.event({ kind: 'event', source: generic, record: genericEvent(value), from: value })
  }

  row(text: string): void {
    this.tally.unpacked += text.length
    giveRecord(text, this)
  }

  stored({ source, record, text, made, around, file, number }: StoredRow): void {
    const ordinal = this.number++
    this.tally.unpacked += text.length
    this.give({
      source,
      record,
      text,
      made,
      bytes: undefined,
      around,
      file,
      number,
      ordinal,
      member: 0,
      at: -1,
      length: 0,
    })
  }

  left(code: string, message: string): void {
    this.lost(this.number++, code, message)
  }

  problem(code: string, message: string): void {
    if (code !== 'json/unclosed' || !this.cut) this.told({ code, message, lost: true })
  }

  /** Something that happened to the member as a whole. */
  told(problem: FileProblem): void {
    this.cut ||= problem.lost
    this.tally.problem({ ...problem, message: `${this.place.label}${problem.message}` })
  }

  private lost(record: number, code: string, message: string): void {
    this.tally.left({ code, message: `${this.place.label}${message}`, record, lost: true })
  }

  private apart(what: string): void {
    this.number++
    this.tally.apart(what)
  }

  private readonly found = (item: Unwrapped): void => {
    if (item.kind === 'apart') this.apart(item.what)
    else if (item.kind === 'unknown') this.apart('unrecognised')
    else if (item.kind === 'failed') this.left('input/bad-record', item.reason)
    else this.event(item)
  }

  private event({ source, record, from = record, text: own, around }: EventItem): void {
    const { file, ordinal, member } = this.place
    const number = this.number++
    const whole = from === this.value
    const text = own ?? (whole ? this.text : compactJson(from))
    const made = from !== record
    const bytes = whole && !made ? this.bytes : undefined
    const at = whole && !made ? placeIn(this.whole, this.piece) : -1
    this.give({
      source,
      record,
      text,
      made,
      bytes,
      around,
      file,
      number,
      ordinal: ordinal + number,
      member,
      at,
      length: this.piece?.length ?? 0,
    })
  }

  private give(event: FoundEvent): void {
    try {
      this.place.take(event)
      this.tally.events++
    } catch (error) {
      // Those who look into it may recurse.
      if (!(error instanceof RangeError)) throw error
      this.lost(event.number, 'input/bad-record', 'it is nested too deeply')
    }
  }
}

type EventItem = Unwrapped & { readonly kind: 'event' }

/** Where a piece stands among the bytes that it was cut from; -1 if it was not cut from them. */
function placeIn(whole: Uint8Array | undefined, piece: Uint8Array | undefined): number {
  if (whole === undefined || piece === undefined || whole.buffer !== piece.buffer) return -1
  const at = piece.byteOffset - whole.byteOffset
  // Small buffers share one memory.
  return at >= 0 && at + piece.length <= whole.length ? at : -1
}
