import { isAscii } from 'node:buffer'
import { StringDecoder } from 'node:string_decoder'
import { type Json, parsedJson } from '../../core/json.ts'
import { jsonLoad } from './json-load.ts'
import { JsonSplitter } from './json-splitter.ts'

/** Where the records of one member of a file go. */
export interface RecordSink {
  /**
   * Takes the record that begins at a place from its bytes alone, and gives the place behind it; negative where that takes
   * parsing, and `record` comes.
   *
   * @param end where it must end, if that is known
   */
  unparsed?(bytes: Buffer, start: number, end?: number): number
  /**
   * One record: its value, and its text as it stands in the unpacked file.
   *
   * @param bytes the text's bytes, if they are ASCII and at hand; they are not to be kept
   * @param piece the text's bytes, ASCII or not, as they stand among those of the member
   */
  record(value: Json, text: string, bytes?: Uint8Array, piece?: Uint8Array): void
  /** Something that could not be read; it has a number of its own, as a record. */
  left(code: string, message: string): void
  problem(code: string, message: string): void
}

export interface RecordOptions {
  readonly arrayKeys: ReadonlySet<string>
  /** UTF-16 units. */
  readonly maxRecord: number
}

/** What a record may have; real ones stay far below. Whoever looks into one may recurse, and the stacks of threads differ. */
const MOST_VALUES = 2_000_000
const DEEPEST = 2_000
/** A shorter text cannot have as many values or levels. */
export const LONG = 2 * DEEPEST
const BOM = Buffer.from('\ufeff')

/** Cuts the unpacked bytes of one member into records. Nothing is kept of what was cut. */
export class RecordReader {
  private readonly decoder = new StringDecoder('utf8')
  private readonly splitter: JsonSplitter
  private readonly sink: RecordSink

  constructor(sink: RecordSink, options: RecordOptions) {
    this.sink = sink
    this.splitter = new JsonSplitter(options, {
      record: text => giveRecord(text, sink),
      left: (code, message) => sink.left(code, message),
      problem: (code, message) => sink.problem(code, message),
    })
  }

  push(bytes: Buffer): void {
    this.splitter.push(this.decoder.write(bytes))
  }

  end(): void {
    this.splitter.push(this.decoder.end())
    this.splitter.end()
  }

  /** The whole member at once: most files are written in one of two plain forms, and those need no search for brackets. */
  whole(bytes: Buffer): void {
    const body = bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes
    const pieces = new Pieces(body, this.sink)
    const rest = cutRecords(pieces) ?? cutLines(pieces) ?? 0
    if (rest === DONE) return
    if (rest > 0) {
      // What was cut so far were elements of an array, or lines.
      const inList = pieces.latin1.startsWith(HEAD)
      const like = pieces.latin1.slice(inList ? HEAD.length : 0, rest + 256)
      this.splitter.resume(body.toString('utf8', 0, rest), inList ? 'member' : 'none', like)
    }
    this.splitter.push(body.toString('utf8', rest))
    this.splitter.end()
  }
}

/** Gives a record to the sink; says what is wrong if it is none. */
export function giveRecord(text: string, sink: RecordSink): string | undefined {
  const heavy = tooHeavy(text)
  if (heavy !== undefined) return heavy
  const value = parsedJson(text)
  if (value === undefined) return 'this is not valid JSON'
  sink.record(value, text)
  return undefined
}

const HEAD = '{"Records":['
const DONE = -1

/**
 * `{"Records":[{"a":…},{"a":…}]}` cut at `,{"a":`. If every piece between the brackets is a JSON value, the
 * pieces are the array's elements; nothing else can be meant. Gives the place of the first piece that is none, or
 * `undefined` if the text has another form.
 */
function cutRecords(pieces: Pieces): number | undefined {
  const { head } = pieces
  if (!head.startsWith(`${HEAD}{"`)) return undefined
  let start = HEAD.length
  const colon = head.indexOf('":', start)
  if (colon < 0) return undefined
  const separator = `,${head.slice(start, colon + 2)}`
  for (;;) {
    const taken = pieces.takeUnparsed(start)
    if (taken > 0 && !pieces.isAt(taken, separator)) return pieces.isEnd(taken) ? DONE : taken
    const end = taken > 0 ? taken : pieces.find(separator, start)
    if (end < 0) break
    if (taken < 0 && !pieces.take(start, end)) return start
    start = end + 1
  }
  const end = pieces.end - 2
  return pieces.isEnd(end) && pieces.take(start, end) ? DONE : start
}

/** One JSON object a line. Gives the place of the first line that is none. */
function cutLines(pieces: Pieces): number | undefined {
  const text = pieces.latin1
  let start = 0
  for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
    const last = text[end - 1] === '\r' ? end - 1 : end
    if (!isObject(text, start, last) || !pieces.takeLine(start, last)) break
    start = end + 1
  }
  return start === 0 ? undefined : start
}

/** Could this line be an object that is not an envelope of many records? Those go to the splitter. */
function isObject(text: string, start: number, end: number): boolean {
  return text[start] === '{' && text[end - 1] === '}' && !text.startsWith(HEAD, start)
}

/**
 * Pieces of unpacked bytes. The text has a character for each byte, so that places are the same in both; a piece
 * that is all ASCII is cut from it, another is decoded by itself.
 */
class Pieces {
  /** The beginning. */
  readonly head: string
  private readonly bytes: Buffer
  private readonly sink: RecordSink
  private text: string | undefined
  private ascii = false

  constructor(bytes: Buffer, sink: RecordSink) {
    this.bytes = bytes
    this.sink = sink
    this.head = bytes.toString('latin1', 0, HEAD.length + 64)
  }

  /** All of it; who takes records unparsed seldom needs it. */
  get latin1(): string {
    if (this.text === undefined) {
      this.text = this.bytes.toString('latin1')
      this.ascii = isAscii(this.bytes)
    }
    return this.text
  }

  /** The place behind the last character that is no white space. */
  get end(): number {
    let end = this.bytes.length
    while (SPACES.has(this.bytes[end - 1])) end--
    return end
  }

  isAt(place: number, wanted: string): boolean {
    return this.bytes.toString('latin1', place, place + wanted.length) === wanted
  }

  /** Is nothing left but the brackets around all records? */
  isEnd(place: number): boolean {
    return this.isAt(place, ']}') && place + 2 === this.end
  }

  find(wanted: string, from: number): number {
    return this.sink.unparsed === undefined
      ? this.latin1.indexOf(wanted, from)
      : this.bytes.indexOf(wanted, from, 'latin1')
  }

  takeUnparsed(start: number): number {
    return this.sink.unparsed?.(this.bytes, start) ?? -1
  }

  takeLine(start: number, end: number): boolean {
    return this.sink.unparsed?.(this.bytes, start, end) === end || this.take(start, end)
  }

  /** Gives a piece to the sink, if it is a JSON value. */
  take(start: number, end: number): boolean {
    const bytes = this.bytes.subarray(start, end)
    const ascii = this.ascii || isAscii(bytes)
    const text = ascii ? (this.text?.slice(start, end) ?? bytes.toString('latin1')) : bytes.toString('utf8')
    const value = tooHeavy(text) === undefined ? parsedJson(text) : undefined
    if (value === undefined) return false
    this.sink.record(value, text, ascii ? bytes : undefined, bytes)
    return true
  }
}

const SPACES = new Set<number | undefined>([0x20, 0x09, 0x0a, 0x0d])

/** Why a record would take too much memory or stack, if it would. */
function tooHeavy(text: string): string | undefined {
  if (text.length < LONG) return undefined
  const { values, depth } = jsonLoad(text)
  if (depth > DEEPEST) return `it is nested ${depth} levels deep, over ${DEEPEST}`
  return values > MOST_VALUES ? `it has ${values} values, over ${MOST_VALUES}` : undefined
}
