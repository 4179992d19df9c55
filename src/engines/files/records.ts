import { isAscii } from 'node:buffer'
import { StringDecoder } from 'node:string_decoder'
import type { Json } from '../../core/json.ts'
import { jsonLoad } from './json-load.ts'
import { JsonSplitter } from './json-splitter.ts'

/** Where the records of one member of a file go. */
export interface RecordSink {
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

/** What a record may have; real ones stay far below. */
const MOST_VALUES = 2_000_000
const DEEPEST = 100_000
/** A shorter text cannot have as many values or levels. */
const LONG = 2 * DEEPEST
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
  const value = parsed(text)
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
  const text = pieces.latin1
  if (!text.startsWith(`${HEAD}{"`)) return undefined
  let start = HEAD.length
  const colon = text.slice(start, start + 64).indexOf('":')
  if (colon < 0) return undefined
  const separator = `,${text.slice(start, start + colon + 2)}`
  for (let end = text.indexOf(separator, start); end >= 0; end = text.indexOf(separator, start)) {
    if (!pieces.take(start, end)) return start
    start = end + 1
  }
  const end = text.trimEnd().length
  return text.startsWith(']}', end - 2) && pieces.take(start, end - 2) ? DONE : start
}

/** One JSON object a line. Gives the place of the first line that is none. */
function cutLines(pieces: Pieces): number | undefined {
  const text = pieces.latin1
  let start = 0
  for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
    const last = text[end - 1] === '\r' ? end - 1 : end
    if (!isObject(text, start, last) || !pieces.take(start, last)) break
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
  readonly latin1: string
  private readonly bytes: Buffer
  private readonly sink: RecordSink
  private readonly ascii: boolean

  constructor(bytes: Buffer, sink: RecordSink) {
    this.bytes = bytes
    this.sink = sink
    this.latin1 = bytes.toString('latin1')
    this.ascii = isAscii(bytes)
  }

  /** Gives a piece to the sink, if it is a JSON value. */
  take(start: number, end: number): boolean {
    const bytes = this.bytes.subarray(start, end)
    const ascii = this.ascii || isAscii(bytes)
    const text = ascii ? this.latin1.slice(start, end) : bytes.toString('utf8')
    const value = tooHeavy(text) === undefined ? parsed(text) : undefined
    if (value === undefined) return false
    this.sink.record(value, text, ascii ? bytes : undefined, bytes)
    return true
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Why a record would take too much memory or stack, if it would. */
function tooHeavy(text: string): string | undefined {
  if (text.length < LONG) return undefined
  const { values, depth } = jsonLoad(text)
  if (depth > DEEPEST) return `it is nested ${depth} levels deep, over ${DEEPEST}`
  return values > MOST_VALUES ? `it has ${values} values, over ${MOST_VALUES}` : undefined
}
