import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** 32-bit words an event: four of its id, one of its content, the file, the record. */
export const WORDS = 7
export const PARTITIONS = 64
const CHUNK = 1024 * WORDS

/** The ids of all events that one thread saw, by partition: full chunks in memory or in a file, see `partitionOf`. */
export interface IdChunks {
  readonly partition: number
  readonly chunks: readonly Uint32Array[]
  /** Chunks that went to disk when memory was short. */
  readonly file?: string
}

/**
 * Notes the id of each event. Past its memory budget (bytes) it spills to files in `folder`, so that copies are
 * found at any distance.
 */
export class EventIds {
  private readonly open: { words: Uint32Array; used: number }[]
  private readonly full: Uint32Array[][]
  private held = 0
  private readonly budget: number
  private readonly fileOf: (partition: number) => string

  constructor(options: { readonly budget: number; readonly folder: string; readonly name: string }) {
    this.budget = options.budget
    this.fileOf = partition => join(options.folder, `ids-${options.name}-${partition}`)
    this.open = Array.from({ length: PARTITIONS }, () => ({ words: new Uint32Array(CHUNK), used: 0 }))
    this.full = Array.from({ length: PARTITIONS }, () => [])
  }

  /** @param content a fingerprint of the event's text: copies with the same one are taken for equal. */
  add(id: string, content: number, file: number, record: number): void {
    writeId(id, scratch)
    const partition = (scratch[0] ?? 0) % PARTITIONS
    const chunk = this.roomIn(partition)
    const { words, used } = chunk
    words[used] = scratch[0] ?? 0
    words[used + 1] = scratch[1] ?? 0
    words[used + 2] = scratch[2] ?? 0
    words[used + 3] = scratch[3] ?? 0
    words[used + 4] = content
    words[used + 5] = file
    words[used + 6] = record
    chunk.used = used + WORDS
  }

  /** Everything noted, and nothing kept. */
  take(): readonly IdChunks[] {
    return this.open.map(({ words, used }, partition) => {
      const file = this.fileOf(partition)
      return {
        partition,
        chunks: [...(this.full[partition] ?? []), words.slice(0, used)],
        ...(existsSync(file) ? { file } : {}),
      }
    })
  }

  private roomIn(partition: number): { words: Uint32Array; used: number } {
    const chunk = this.open[partition]
    if (chunk === undefined) throw new Error(`bug: no partition ${partition}`)
    if (chunk.used + WORDS <= chunk.words.length) return chunk
    this.full[partition]?.push(chunk.words)
    chunk.words = new Uint32Array(CHUNK)
    chunk.used = 0
    this.held += CHUNK * 4
    if (this.held > this.budget) this.spill()
    return chunk
  }

  private spill(): void {
    this.full.forEach((chunks, partition) => {
      if (chunks.length > 0) appendFileSync(this.fileOf(partition), Buffer.concat(chunks.map(bytesOf)))
      this.full[partition] = []
    })
    this.held = 0
  }
}

/** The words of one partition, from memory and disk, in one array. */
export function wordsOf(parts: readonly IdChunks[]): Uint32Array {
  const pieces = parts.flatMap(part => [
    ...part.chunks,
    ...(part.file === undefined ? [] : [wordsIn(part.file)]),
  ])
  const all = new Uint32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

function bytesOf(words: Uint32Array): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength)
}

function wordsIn(file: string): Uint32Array {
  const bytes = readFileSync(file)
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

const scratch = new Uint32Array(4)

/** A lower-case UUID is its own 128 bits; any other id is hashed to as many. */
function writeId(id: string, out: Uint32Array): void {
  if (id.length === 36 && writeUuid(id, out)) return
  const digest = createHash('sha256').update(id).digest()
  for (let word = 0; word < 4; word++) out[word] = digest.readUInt32LE(word * 4)
}

function writeUuid(id: string, out: Uint32Array): boolean {
  let word = 0
  let digits = 0
  for (let at = 0; at < 36; at++) {
    const unit = id.charCodeAt(at)
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (unit !== 45) return false
      continue
    }
    const value = unit < 103 ? (HEX[unit] ?? 255) : 255
    if (value === 255) return false
    word = (word << 4) | value
    if (++digits % 8 === 0) {
      out[digits / 8 - 1] = word
      word = 0
    }
  }
  return true
}

/** Value of a lower-case hexadecimal digit by its code, 255 for anything else. */
const HEX = Uint8Array.from({ length: 103 }, (_, unit) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(unit))
  return value < 0 ? 255 : value
})
