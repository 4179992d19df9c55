import { StringDecoder } from 'node:string_decoder'
import type { MemberReader } from './reading.ts'
import type { RecordSink } from './records.ts'

/** What is to become of the lines of a text. */
export interface LineTaker {
  /** Cuts a text; the last piece may go on in the text that follows. */
  split(text: string): string[]
  line(line: string): void
  end(): void
}

/** Cuts bytes into lines. A line that is too long is left out, and the sink is told. */
export class LineCutter implements MemberReader {
  private readonly decoder = new StringDecoder('utf8')
  private readonly sink: RecordSink
  private readonly maxLine: number
  private readonly taker: LineTaker
  private rest = ''
  private begun = false
  /** What is left of the line is not wanted. */
  private tooLong = false

  constructor(sink: RecordSink, maxLine: number, taker: LineTaker) {
    this.sink = sink
    this.maxLine = maxLine
    this.taker = taker
  }

  push(bytes: Buffer): void {
    const text = this.rest + this.decoder.write(bytes)
    const lines = this.taker.split(this.begun ? text : text.replace(/^\ufeff/, ''))
    this.begun = true
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
    this.taker.end()
  }

  whole(bytes: Buffer): void {
    this.push(bytes)
    this.end()
  }

  private line(line: string): void {
    if (this.tooLong) this.tooLong = false
    else if (line.length > this.maxLine) this.leaveOut()
    else this.taker.line(line)
  }

  private leaveOut(): void {
    this.sink.left('json/record-too-large', `a line has over ${this.maxLine} characters`)
  }
}
