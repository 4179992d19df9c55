import { compare } from '../core/order.ts'
import type { Evidence } from './finding.ts'
import { HASH, packHex, UUID, unpackHex } from './hex.ts'
import { isUtcText, utcText } from './utc.ts'

/** Stands for the time of an event that has none: before every date, and more than a day from the first. */
export const NO_TIME = -9_000_000_000_000_000

/** Rows of one block: the store grows by blocks, so growing copies nothing. */
const ROWS = 4096

/** What stands at which byte of a row. */
const TIME = 0
const RECORD = 8
const FILE = 16
const ID = 20
const HASHED = ID + UUID.pairs.length
const ROW = HASHED + HASH.pairs.length

/** What of a row is not kept as bytes, because it has not the usual form. */
interface Unusual {
  readonly id?: string
  readonly time?: string
  readonly hash?: string
}

interface Block {
  readonly bytes: Uint8Array
  readonly view: DataView
}

/** What evidence is put in order by. */
export interface EvidencePlace {
  readonly time: number
  readonly file: string
  readonly record: number
}

/** Order of evidence: time, file, record. */
export function comparePlaces(a: EvidencePlace, b: EvidencePlace): number {
  return a.time - b.time || compare(a.file, b.file) || a.record - b.record
}

/** Would the evidence come after the place? */
export function isAfter({ file, record }: Evidence, time: number, place: EvidencePlace): boolean {
  if (time !== place.time) return time > place.time
  return file === place.file ? record > place.record : file > place.file
}

/**
 * Evidence as rows of 68 bytes where objects take 400. A row is known by its number; a row that was freed is used
 * again.
 */
export class EvidenceStore {
  private readonly blocks: Block[] = []
  private readonly unusual = new Map<number, Unusual>()
  private readonly files: string[] = []
  private readonly fileNumbers = new Map<string, number>()
  private readonly free: number[] = []
  private rows = 0
  private latestFile = 0

  /** Bytes of the rows that are in use. */
  get size(): number {
    return (this.rows - this.free.length) * ROW
  }

  put(evidence: Evidence, time: number): number {
    const row = this.take()
    const { bytes, view } = this.block(row)
    const at = (row % ROWS) * ROW
    view.setFloat64(at + TIME, time)
    view.setFloat64(at + RECORD, evidence.record)
    view.setUint32(at + FILE, this.fileNumber(evidence.file))
    const usualId = packHex(UUID, evidence.event_id, bytes, at + ID)
    const usualHash = packHex(HASH, evidence.sha256, bytes, at + HASHED)
    const usualTime = time === NO_TIME ? evidence.event_time === '' : isUtcText(evidence.event_time, time)
    if (!usualId || !usualHash || !usualTime)
      this.unusual.set(row, {
        ...(usualId ? {} : { id: evidence.event_id }),
        ...(usualTime ? {} : { time: evidence.event_time }),
        ...(usualHash ? {} : { hash: evidence.sha256 }),
      })
    return row
  }

  get(row: number): Evidence {
    const { bytes } = this.block(row)
    const at = (row % ROWS) * ROW
    const unusual = this.unusual.get(row)
    const { time, file, record } = this.place(row)
    return {
      event_id: unusual?.id ?? unpackHex(UUID, bytes, at + ID),
      event_time: unusual?.time ?? (time === NO_TIME ? '' : utcText(time)),
      file,
      record,
      sha256: unusual?.hash ?? unpackHex(HASH, bytes, at + HASHED),
    }
  }

  place(row: number): EvidencePlace {
    const { view } = this.block(row)
    const at = (row % ROWS) * ROW
    return {
      time: view.getFloat64(at + TIME),
      file: this.files[view.getUint32(at + FILE)] ?? '',
      record: view.getFloat64(at + RECORD),
    }
  }

  sorted(rows: readonly number[]): readonly number[] {
    return rows.length < 2 ? rows : [...rows].sort((a, b) => this.compareRows(a, b))
  }

  release(rows: readonly number[]): void {
    for (const row of rows) {
      this.unusual.delete(row)
      this.free.push(row)
    }
  }

  /** The rows as bytes, which `unpack` of this store makes rows of again: first their number, then each, then what is unusual. */
  pack(rows: readonly number[]): Buffer {
    const unusual = rows.flatMap((row, index) => {
      const of = this.unusual.get(row)
      return of === undefined ? [] : [[index, of] as const]
    })
    const rest = unusual.length === 0 ? '' : JSON.stringify(unusual)
    const packed = Buffer.allocUnsafe(4 + rows.length * ROW + Buffer.byteLength(rest))
    packed.writeUInt32LE(rows.length)
    rows.forEach((row, index) => {
      const from = (row % ROWS) * ROW
      packed.set(this.block(row).bytes.subarray(from, from + ROW), 4 + index * ROW)
    })
    packed.write(rest, 4 + rows.length * ROW)
    return packed
  }

  unpack(packed: Buffer): readonly number[] {
    const count = packed.readUInt32LE()
    const rows = Array.from({ length: count }, (_, index) => {
      const row = this.take()
      const from = 4 + index * ROW
      this.block(row).bytes.set(packed.subarray(from, from + ROW), (row % ROWS) * ROW)
      return row
    })
    const rest = packed.toString('utf8', 4 + count * ROW)
    const unusual = rest === '' ? [] : (JSON.parse(rest) as readonly (readonly [number, Unusual])[])
    for (const [index, of] of unusual) {
      const row = rows[index]
      if (row !== undefined) this.unusual.set(row, of)
    }
    return rows
  }

  private compareRows(a: number, b: number): number {
    const left = this.block(a).view
    const right = this.block(b).view
    const one = (a % ROWS) * ROW
    const other = (b % ROWS) * ROW
    const times = left.getFloat64(one + TIME) - right.getFloat64(other + TIME)
    if (times !== 0) return times
    const file = left.getUint32(one + FILE)
    const otherFile = right.getUint32(other + FILE)
    const files = file === otherFile ? 0 : compare(this.files[file] ?? '', this.files[otherFile] ?? '')
    return files !== 0 ? files : left.getFloat64(one + RECORD) - right.getFloat64(other + RECORD)
  }

  private block(row: number): Block {
    const block = this.blocks[Math.floor(row / ROWS)]
    if (block === undefined) throw new Error(`bug: no evidence in row ${row}`)
    return block
  }

  /** A row to be written, with nothing unusual. */
  private take(): number {
    const row = this.free.pop() ?? this.rows++
    if (Math.floor(row / ROWS) === this.blocks.length) {
      const bytes = new Uint8Array(ROWS * ROW)
      this.blocks.push({ bytes, view: new DataView(bytes.buffer) })
    }
    return row
  }

  private fileNumber(file: string): number {
    // Records of one file come together.
    if (this.files[this.latestFile] === file) return this.latestFile
    let number = this.fileNumbers.get(file)
    if (number === undefined) {
      number = this.files.push(file) - 1
      this.fileNumbers.set(file, number)
    }
    this.latestFile = number
    return number
  }
}
