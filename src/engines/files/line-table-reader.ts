import { StringDecoder } from 'node:string_decoder'
import type { LineRows } from '../../sources/line-tables.ts'
import type { MemberReader } from './reading.ts'
import type { RecordSink } from './records.ts'

/** Lines that are records without names, as flow logs and access logs have them. A line that is none is given as text. */
export class LineTableReader implements MemberReader {
  private readonly decoder = new StringDecoder('utf8')
  private readonly sink: RecordSink
  private readonly rows: LineRows
  private readonly maxLine: number
  private rest = ''
  /** What is left of the line is not wanted. */
  private tooLong = false

  constructor(sink: RecordSink, rows: LineRows, maxLine: number) {
    this.sink = sink
    this.rows = rows
    this.maxLine = maxLine
  }

  push(bytes: Buffer): void {
    const lines = (this.rest + this.decoder.write(bytes)).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.line(line)
    if (this.rest.length <= this.maxLine) return
    if (!this.tooLong) this.leaveOut()
    this.tooLong = true
    this.rest = ''
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
    if (this.tooLong) this.tooLong = false
    else if (line.length > this.maxLine) this.leaveOut()
    else {
      const own = line.trim().replace(/^\ufeff/, '')
      if (own === '') return
      const record = this.rows(own)
      if (record !== 'header') this.sink.record(record ?? own, own)
    }
  }

  private leaveOut(): void {
    this.sink.left('json/record-too-large', `a line has over ${this.maxLine} characters`)
  }
}
