import { constants } from 'node:buffer'
import { StringDecoder } from 'node:string_decoder'
import { csvRecords, looksLikeCsv } from '../../sources/csv.ts'
import { arrayKeys } from '../../sources/sources.ts'
import type { MemberReader } from './reading.ts'
import { RecordReader, type RecordSink } from './records.ts'
import { Utf16Reader, utf16Order } from './utf16-reader.ts'

export interface MemberLimits {
  readonly maxRecord: number
  readonly maxUnpacked: number
}

/** So much of the beginning is wanted to choose a reader, if there is so much. */
export const HEAD_BYTES = 65_536

/** The reader that fits how the member begins: JSON in any arrangement, CSV with a header, lines with JSON in them, or none. */
export function memberReader(first: Buffer, sink: RecordSink, limits: MemberLimits): MemberReader {
  const order = utf16Order(first)
  if (order !== undefined) return new Utf16Reader(order, text => memberReader(text, sink, limits))
  const text = headOf(first)
  // Holes in a file that was not written to its end are NUL bytes.
  if (text.includes('\0') && !JSON_START.test(text)) return new NoReader(sink)
  if (looksLikeCsv(text.slice(0, text.search(/\r?\n|$/)))) return new CsvReader(sink, limits.maxUnpacked)
  if (PREFIXED_LINE.test(text) && !JSON_LINE.test(text)) return new LineReader(sink, limits.maxRecord)
  return new RecordReader(sink, { arrayKeys, maxRecord: limits.maxRecord })
}

/** Does it begin as objects, lists of them and texts of them do, and hardly anything else? */
export function beginsAsJson(first: Buffer): boolean {
  return JSON_START.test(headOf(first))
}

const JSON_START = /^\s*(?:\{\s*["}]|\[\s*[{"\]]|"\{)/
const JSON_LINE = /^[ \t]*(?:[{"]|\[[ \t]*(?:[[{"\]]|$))/m
const PREFIXED_LINE = /^[^\s{"].*\{"/m

function headOf(bytes: Buffer): string {
  return bytes.toString('utf8', 0, HEAD_BYTES).replace(/^\ufeff/, '')
}

/** Bytes that are no text. */
class NoReader implements MemberReader {
  constructor(sink: RecordSink) {
    sink.problem('input/not-text', 'this is not text: it has NUL bytes')
  }
  push(): void {}
  end(): void {}
  whole(): void {}
}

/** CSV is read whole, up to the cap. */
class CsvReader implements MemberReader {
  private readonly sink: RecordSink
  private readonly limit: number
  private pieces: Buffer[] = []
  private size = 0

  constructor(sink: RecordSink, limit: number) {
    this.sink = sink
    this.limit = Math.min(limit, constants.MAX_STRING_LENGTH)
  }

  push(bytes: Buffer): void {
    this.size += bytes.length
    if (this.size <= this.limit) this.pieces.push(Buffer.from(bytes))
  }

  end(): void {
    if (this.size > this.limit)
      this.sink.problem(
        'input/too-large',
        `a CSV file may have ${this.limit} bytes; raise it with --max-unpacked`,
      )
    this.whole(Buffer.concat(this.pieces))
  }

  whole(bytes: Buffer): void {
    csvRecords(
      bytes.toString('utf8').replace(/^\ufeff/, ''),
      (row, _line, text) => this.sink.record(row, text),
      message => this.sink.problem('input/bad-csv', message),
    )
  }
}

/** Lines such as syslog's, with JSON after a prefix. */
class LineReader implements MemberReader {
  private readonly decoder = new StringDecoder('utf8')
  private readonly sink: RecordSink
  private readonly maxLine: number
  private rest = ''
  /** What is left of the line is not wanted. */
  private tooLong = false

  constructor(sink: RecordSink, maxLine: number) {
    this.sink = sink
    this.maxLine = maxLine
  }

  push(bytes: Buffer): void {
    const lines = (this.rest + this.decoder.write(bytes)).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.line(line)
    if (this.rest.length > this.maxLine) {
      if (!this.tooLong) this.leaveOut()
      this.tooLong = true
      this.rest = ''
    }
  }

  end(): void {
    this.line(this.rest + this.decoder.end())
    this.rest = ''
  }

  whole(bytes: Buffer): void {
    this.push(bytes)
    this.end()
  }

  private line(line: string): void {
    const text = line.trimEnd()
    if (this.tooLong) this.tooLong = false
    else if (text.length > this.maxLine) this.leaveOut()
    else if (text !== '') this.sink.record(text, text)
  }

  private leaveOut(): void {
    this.sink.left('json/record-too-large', `a line has over ${this.maxLine} characters`)
  }
}
