import { crc32 } from 'node:zlib'
import { ByteFile } from './byte-file.ts'
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
  /** Names of what collectors say of its events. */
  readonly around: readonly string[]
  /** Names of the promoted fields of which some cells are `UNWRITTEN`. */
  readonly unwritten: readonly string[]
}

/** An event with the cells of its table's own columns, as bytes. */
export interface RowBody {
  /** So many bytes at most. */
  readonly most: number
  /** Writes the cells, each with what stands behind it; gives the place behind. */
  writeCells(target: Buffer, at: number): number
  /** Writes the event as JSON; gives the place behind. */
  writeRaw(target: Buffer, at: number): number
}

/** A row on its way. */
export interface SpoolRow {
  /** Unlike that of any other row. */
  readonly number: number
  /** The cells of the envelope up to `around`. */
  readonly head: string
  /** The head has no other characters. */
  readonly ascii: boolean
  readonly body: RowBody
  readonly id: string | undefined
  readonly time: number | undefined
}

/** Records of an input file that can be told apart: the number of a row is that of its file times this, and of its record. */
export const MOST_RECORDS = 1e9

/** Collects the rows of one source and day. */
export class Spool {
  readonly exceptions = new Set<string>()
  readonly around = new Set<string>()
  readonly unwritten = new Set<string>()
  private readonly of: Pick<SpooledRows, 'source' | 'date' | 'rowsFile' | 'keysFile'>
  private readonly lines: ByteFile
  private readonly keys: ByteFile
  private rows = 0
  private longest = 0
  private first = Number.POSITIVE_INFINITY
  private last = Number.NEGATIVE_INFINITY

  constructor(of: Pick<SpooledRows, 'source' | 'date' | 'rowsFile' | 'keysFile'>) {
    this.of = of
    this.lines = new ByteFile(of.rowsFile)
    this.keys = new ByteFile(of.keysFile)
  }

  /** Bytes of memory. */
  get held(): number {
    return this.lines.buffer.length + this.keys.buffer.length
  }

  /** Gives the bytes that the row takes. */
  add({ number, head, ascii, body, id, time }: SpoolRow): number {
    const { lines } = this
    lines.reserve(3 * head.length + body.most + 64)
    const { buffer, used: start } = lines
    const cells = start + buffer.write(`${number}${BETWEEN}${head}`, start, ascii ? 'latin1' : 'utf8')
    const raw = body.writeCells(buffer, cells)
    const end = body.writeRaw(buffer, raw)
    const content = crc32(buffer.subarray(raw, end))
    lines.used = end + buffer.write(`${BETWEEN}${content}\n`, end, 'latin1')
    this.rows++
    const size = lines.used - start
    if (size > this.longest) this.longest = size
    // The cell of the id in the row, so that both read alike.
    if (id !== undefined) this.addKey(number, time, head.slice(0, head.indexOf(BETWEEN)), content)
    if (time !== undefined && time < this.first) this.first = time
    if (time !== undefined && time > this.last) this.last = time
    return size
  }

  /** Writes what is held, and lets go of the memory. */
  flush(): void {
    this.lines.flush()
    this.keys.flush()
  }

  report(): SpooledRows {
    const { of, rows, longest, first, last } = this
    const times = first <= last ? { first, last } : {}
    const [exceptions, unwritten] = [[...this.exceptions].sort(), [...this.unwritten].sort()]
    const around = [...this.around].sort()
    return { ...of, rows, longest, ...times, exceptions, around, unwritten }
  }

  private addKey(number: number, time: number | undefined, id: string, content: number): void {
    const { keys } = this
    keys.reserve(3 * id.length + 64)
    const key = `${number}${BETWEEN}${time ?? NOTHING}${BETWEEN}${id}${BETWEEN}${content}\n`
    keys.used += keys.buffer.write(key, keys.used)
  }
}
