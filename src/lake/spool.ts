import { appendFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { BETWEEN, NOTHING } from './row.ts'

/** Rows of one source and day that wait in files to become Parquet. Plain data. */
export interface SpooledRows {
  readonly source: string
  /** The UTC day, `unknown` for events without a time. */
  readonly date: string
  /** Lines of a number, the envelope, the table's own columns, and `raw`. */
  readonly rowsFile: string
  /** Lines of a number, the time, the id and the content of events that have an id. */
  readonly keysFile: string
  readonly rows: number
  /** Bytes of the longest line. */
  readonly longest: number
  /** UTC ms of the earliest and the latest. */
  readonly first?: number
  readonly last?: number
  /** Names of the promoted fields of which there are exceptions. */
  readonly exceptions: readonly string[]
  /** Names of the promoted fields of which some cells are `UNWRITTEN`. */
  readonly unwritten: readonly string[]
}

/** A row on its way. */
export interface SpoolRow {
  /** Unlike that of any other row. */
  readonly number: number
  /** The cells of the envelope up to `exceptions` and those of the promoted fields. */
  readonly head: string
  /** The head has no other characters. */
  readonly ascii: boolean
  /** JSON of the table's parts; bytes are ASCII. */
  readonly parts: readonly (string | Uint8Array | undefined)[]
  /** The event as JSON. */
  readonly raw: string | Uint8Array
  readonly id: string | undefined
  readonly time: number | undefined
}

/** Records of an input file that can be told apart: the number of a row is that of its file times this, and of its record. */
export const MOST_RECORDS = 1e9
const FIRST_SIZE = 16 * 1024
/** Bytes that one spool holds before it writes them. */
const FULL = 256 * 1024

/** Collects the rows of one source and day. */
export class Spool {
  readonly exceptions = new Set<string>()
  readonly unwritten = new Set<string>()
  private readonly of: Pick<SpooledRows, 'source' | 'date' | 'rowsFile' | 'keysFile'>
  private buffer = Buffer.alloc(0)
  private used = 0
  private keys = ''
  private rows = 0
  private longest = 0
  private first = Number.POSITIVE_INFINITY
  private last = Number.NEGATIVE_INFINITY

  constructor(of: Pick<SpooledRows, 'source' | 'date' | 'rowsFile' | 'keysFile'>) {
    this.of = of
  }

  /** Bytes of memory. */
  get held(): number {
    return this.buffer.length + this.keys.length
  }

  /** Gives the bytes that the row takes. */
  add({ number, head, ascii, parts, raw, id, time }: SpoolRow): number {
    let most = 3 * head.length + mostBytes(raw) + 64
    for (const part of parts) most += mostBytes(part) + 1
    this.reserve(most)
    const { buffer } = this
    const start = this.used
    let at = start + buffer.write(`${number}${BETWEEN}${head}`, start, ascii ? 'latin1' : 'utf8')
    for (const part of parts) {
      at = put(buffer, at, part ?? NOTHING)
      buffer[at++] = BETWEEN_BYTE
    }
    const end = put(buffer, at, raw)
    const content = crc32(buffer.subarray(at, end))
    this.used = end + buffer.write(`${BETWEEN}${content}\n`, end, 'latin1')
    this.rows++
    if (this.used - start > this.longest) this.longest = this.used - start
    // The cell of the id in the row, so that both read alike.
    if (id !== undefined) {
      const cell = head.slice(0, head.indexOf(BETWEEN))
      this.keys += `${number}${BETWEEN}${time ?? NOTHING}${BETWEEN}${cell}${BETWEEN}${content}\n`
    }
    if (this.keys.length > FULL) this.writeKeys()
    if (time !== undefined && time < this.first) this.first = time
    if (time !== undefined && time > this.last) this.last = time
    return this.used - start
  }

  /** Writes what is held, and lets go of the memory. */
  flush(): void {
    if (this.used > 0) appendFileSync(this.of.rowsFile, this.buffer.subarray(0, this.used))
    if (this.rows > 0) this.writeKeys()
    this.buffer = Buffer.alloc(0)
    this.used = 0
  }

  report(): SpooledRows {
    const { of, rows, longest, first, last } = this
    const times = first <= last ? { first, last } : {}
    const [exceptions, unwritten] = [[...this.exceptions].sort(), [...this.unwritten].sort()]
    return { ...of, rows, longest, ...times, exceptions, unwritten }
  }

  private reserve(bytes: number): void {
    const wanted = this.used + bytes
    if (wanted <= this.buffer.length) return
    if (this.used >= FULL / 2) this.write()
    const size = Math.max(this.used + bytes, Math.min(FULL, Math.max(FIRST_SIZE, 4 * this.buffer.length)))
    if (size <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(size)
    this.buffer.copy(larger, 0, 0, this.used)
    this.buffer = larger
  }

  private writeKeys(): void {
    appendFileSync(this.of.keysFile, this.keys)
    this.keys = ''
  }

  private write(): void {
    appendFileSync(this.of.rowsFile, this.buffer.subarray(0, this.used))
    this.used = 0
  }
}

const BETWEEN_BYTE = BETWEEN.charCodeAt(0)

function mostBytes(text: string | Uint8Array | undefined): number {
  if (text === undefined) return 1
  return typeof text === 'string' ? 3 * text.length : text.length
}

/** Gives the place behind it. */
function put(buffer: Buffer, at: number, text: string | Uint8Array): number {
  if (typeof text === 'string') return at + buffer.write(text, at)
  buffer.set(text, at)
  return at + text.length
}
