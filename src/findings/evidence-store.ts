import type { Evidence } from './finding.ts'
import { HASH, packHex, UUID, unpackHex } from './hex.ts'
import { isUtcText, utcText } from './utc.ts'
import { compare } from './value-counts.ts'

/** Stands for the time of an event that has none: before every date, and more than a day from the first. */
export const NO_TIME = -9_000_000_000_000_000

/** Rows of one block: columns grow by blocks, so growing copies nothing. */
const ROWS = 4096
const HASH_BYTES = HASH.pairs.length
const UUID_BYTES = UUID.pairs.length

/** What of a row is not kept as bytes, because it has not the usual form. */
interface Unusual {
  readonly id?: string
  readonly time?: string
  readonly hash?: string
}

interface Block {
  readonly times: Float64Array
  readonly records: Float64Array
  readonly files: Uint32Array
  readonly hashes: Uint8Array
  readonly ids: Uint8Array
}

/**
 * Evidence as rows of bytes: about 70 bytes a row where objects take 400. A row is known by its number; a
 * row that was freed is used again.
 */
export class EvidenceStore {
  private readonly blocks: Block[] = []
  private readonly unusual = new Map<number, Unusual>()
  private readonly files: string[] = []
  private readonly fileNumbers = new Map<string, number>()
  private readonly free: number[] = []
  private rows = 0
  private latestFile = 0

  put(evidence: Evidence, time: number): number {
    const row = this.free.pop() ?? this.rows++
    const block = this.blocks[Math.floor(row / ROWS)] ?? this.grow()
    const at = row % ROWS
    block.times[at] = time
    block.records[at] = evidence.record
    block.files[at] = this.fileNumber(evidence.file)
    const usualId = packHex(UUID, evidence.event_id, block.ids, at * UUID_BYTES)
    const usualHash = packHex(HASH, evidence.sha256, block.hashes, at * HASH_BYTES)
    const usualTime = time === NO_TIME ? evidence.event_time === '' : isUtcText(evidence.event_time, time)
    if (usualId && usualHash && usualTime) this.unusual.delete(row)
    else
      this.unusual.set(row, {
        ...(usualId ? {} : { id: evidence.event_id }),
        ...(usualTime ? {} : { time: evidence.event_time }),
        ...(usualHash ? {} : { hash: evidence.sha256 }),
      })
    return row
  }

  get(row: number): Evidence {
    const block = this.block(row)
    const at = row % ROWS
    const unusual = this.unusual.get(row)
    const time = block.times[at] ?? NO_TIME
    return {
      event_id: unusual?.id ?? unpackHex(UUID, block.ids, at * UUID_BYTES),
      event_time: unusual?.time ?? (time === NO_TIME ? '' : utcText(time)),
      file: this.files[block.files[at] ?? 0] ?? '',
      record: block.records[at] ?? 0,
      sha256: unusual?.hash ?? unpackHex(HASH, block.hashes, at * HASH_BYTES),
    }
  }

  release(row: number): void {
    this.unusual.delete(row)
    this.free.push(row)
  }

  /** Order of rows: time, file, record. */
  compareRows(a: number, b: number): number {
    const left = this.block(a)
    const right = this.block(b)
    const times = (left.times[a % ROWS] ?? 0) - (right.times[b % ROWS] ?? 0)
    if (times !== 0) return times
    const leftFile = left.files[a % ROWS] ?? 0
    const rightFile = right.files[b % ROWS] ?? 0
    const files =
      leftFile === rightFile ? 0 : compare(this.files[leftFile] ?? '', this.files[rightFile] ?? '')
    return files !== 0 ? files : (left.records[a % ROWS] ?? 0) - (right.records[b % ROWS] ?? 0)
  }

  /** Would the evidence come after the row? */
  isAfter(evidence: Evidence, time: number, row: number): boolean {
    const block = this.block(row)
    const at = row % ROWS
    const rowTime = block.times[at] ?? 0
    if (time !== rowTime) return time > rowTime
    const file = this.files[block.files[at] ?? 0] ?? ''
    return evidence.file === file ? evidence.record > (block.records[at] ?? 0) : evidence.file > file
  }

  private block(row: number): Block {
    const block = this.blocks[Math.floor(row / ROWS)]
    if (block === undefined) throw new Error(`bug: no evidence in row ${row}`)
    return block
  }

  private grow(): Block {
    const block = {
      times: new Float64Array(ROWS),
      records: new Float64Array(ROWS),
      files: new Uint32Array(ROWS),
      hashes: new Uint8Array(ROWS * HASH_BYTES),
      ids: new Uint8Array(ROWS * UUID_BYTES),
    }
    this.blocks.push(block)
    return block
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
