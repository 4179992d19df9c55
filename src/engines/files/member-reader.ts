import { StringDecoder } from 'node:string_decoder'
import { csvRecords, looksLikeCsv } from '../../sources/csv.ts'
import { arrayKeys } from '../../sources/sources.ts'
import { RecordReader, type RecordSink } from './records.ts'

/** Takes the unpacked bytes of one member, in pieces or at once. */
export interface MemberReader {
  push(bytes: Buffer): void
  end(): void
  whole(bytes: Buffer): void
}

export interface MemberLimits {
  readonly maxRecord: number
  readonly maxUnpacked: number
}

const HEAD_BYTES = 65_536

/** The reader that fits how the member begins: JSON in any arrangement, CSV with a header, lines with JSON in them, or none. */
export function memberReader(first: Buffer, sink: RecordSink, limits: MemberLimits): MemberReader {
  const head = first.subarray(0, HEAD_BYTES)
  if (head.includes(0)) return new NoReader(sink)
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  const line = text.slice(0, text.search(/\r?\n|$/))
  if (!/^\s*[[{"]/.test(text)) {
    if (looksLikeCsv(line)) return new CsvReader(sink, limits.maxUnpacked)
    if (line.includes('{"')) return new LineReader(sink, limits.maxRecord)
  }
  if (looksLikeCsv(line)) return new CsvReader(sink, limits.maxUnpacked)
  return new RecordReader(sink, { arrayKeys, maxRecord: limits.maxRecord })
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
    this.limit = limit
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

  constructor(sink: RecordSink, maxLine: number) {
    this.sink = sink
    this.maxLine = maxLine
  }

  push(bytes: Buffer): void {
    const lines = (this.rest + this.decoder.write(bytes)).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.line(line)
    if (this.rest.length > this.maxLine) {
      this.sink.problem('json/record-too-large', `a line is longer than ${this.maxLine} characters`)
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
    if (text !== '') this.sink.record(text, text)
  }
}
