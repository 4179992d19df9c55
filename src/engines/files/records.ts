import { StringDecoder } from 'node:string_decoder'
import type { Json } from '../../core/json.ts'
import { JsonSplitter } from './json-splitter.ts'

/** Where the records of one member of a file go. */
export interface RecordSink {
  /**
   * One record: its value, and its text as it stands in the unpacked file.
   *
   * @param bytes the text's bytes, if they are ASCII and at hand; they are not to be kept
   */
  record(value: Json, text: string, bytes?: Uint8Array): void
  /** A record that could not be parsed; it has a number of its own. */
  broken(text: string, reason: string): void
  problem(code: string, message: string): void
}

export interface RecordOptions {
  readonly arrayKeys: ReadonlySet<string>
  /** UTF-16 units. */
  readonly maxRecord: number
}

const DEPTH = 100_000
const BOM = '\ufeff'

/** Cuts the unpacked bytes of one member into records. Nothing is kept of what was cut. */
export class RecordReader {
  private readonly decoder = new StringDecoder('utf8')
  private readonly splitter: JsonSplitter
  private readonly sink: RecordSink
  /** The bytes of the text that is being cut, if place by place they are its characters. */
  private bytes: Buffer | undefined

  constructor(sink: RecordSink, options: RecordOptions) {
    this.sink = sink
    this.splitter = new JsonSplitter(
      { ...options, maxDepth: DEPTH },
      {
        record: text => this.parse(text),
        problem: (code, message) => sink.problem(code, message),
      },
    )
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
    const text = bytes.toString('utf8')
    const from = text.startsWith(BOM) ? 1 : 0
    this.bytes = text.length === bytes.length ? bytes : undefined
    const rest = this.cutRecords(text, from) ?? this.cutLines(text, from) ?? text
    this.splitter.push(rest)
    this.splitter.end()
  }

  private parse(text: string): void {
    const value = parsed(text)
    if (value === undefined) this.sink.broken(text, 'this is not valid JSON')
    else this.sink.record(value, text)
  }

  /**
   * `{"Records":[{"a":…},{"a":…}]}` cut at `,{"a":`. If every piece between the brackets is a JSON value, the
   * pieces are the array's elements; nothing else can be meant. At the first piece that is none, the splitter takes
   * over from there. Gives what is left for it, or `undefined` if the text has another form.
   */
  private cutRecords(text: string, from: number): string | undefined {
    if (!text.startsWith(HEAD, from)) return undefined
    const first = text.slice(from + HEAD.length, from + HEAD.length + 64)
    const colon = first.indexOf('":')
    if (!first.startsWith('{"') || colon < 0) return undefined
    const separator = `,${first.slice(0, colon + 2)}`
    let start = from + HEAD.length
    for (let end = text.indexOf(separator, start); end >= 0; end = text.indexOf(separator, start)) {
      if (!this.take(text, start, end)) return HEAD + text.slice(start)
      start = end + 1
    }
    const end = text.trimEnd().length
    if (text.startsWith(']}', end - 2) && this.take(text, start, end - 2)) return ''
    return HEAD + text.slice(start)
  }

  /** One JSON object a line. */
  private cutLines(text: string, from: number): string | undefined {
    let start = from
    for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
      const last = text[end - 1] === '\r' ? end - 1 : end
      if (!isObject(text, start, last) || !this.take(text, start, last)) break
      start = end + 1
    }
    return start === from ? undefined : text.slice(start)
  }

  private take(text: string, start: number, end: number): boolean {
    const piece = text.slice(start, end)
    const value = parsed(piece)
    if (value === undefined) return false
    this.sink.record(value, piece, this.bytes?.subarray(start, end))
    return true
  }
}

const HEAD = '{"Records":['

/** Could this line be an object that is not an envelope of many records? Those go to the splitter. */
function isObject(text: string, start: number, end: number): boolean {
  return text[start] === '{' && text[end - 1] === '}' && !text.startsWith(HEAD, start)
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
