import { crc32 } from 'node:zlib'
import { xmlOfBinary } from './binary-xml.ts'

/** Bytes of a chunk; of its header, which is the place of the first record; of a record's header. */
export const CHUNK_BYTES = 65_536
const FIRST_RECORD = 512
const RECORD_HEADER = 24
const MAGIC = Buffer.from('ElfChnk\0', 'latin1')
const RECORD_MAGIC = 0x2a2a

/** Where the records of a chunk go. */
export interface ChunkSink {
  /** A record as the XML that it stands for. */
  record(xml: string): void
  /** A record that cannot be read. */
  left(message: string): void
  /** Something is wrong with the chunk. */
  problem(message: string): void
}

/**
 * Reads the records of one chunk of an event log's file ([MS-EVEN6], and Joachim Metz' description of the format). Each
 * chunk stands for itself.
 */
export function readChunk(chunk: Buffer, sink: ChunkSink): void {
  if (chunk.every(byte => byte === 0)) return
  if (!chunk.subarray(0, MAGIC.length).equals(MAGIC)) {
    sink.problem('does not begin as one')
    return
  }
  const sound = isSound(chunk)
  if (!sound) sink.problem('has a wrong checksum; what is read of it may be wrong')
  // A log that was copied while it was written to may have more records than its header knows.
  const last = sound ? chunk.readUInt32LE(48) : CHUNK_BYTES
  for (let at = FIRST_RECORD; at + RECORD_HEADER < last; ) {
    const size = chunk.readUInt32LE(at + 4)
    const good = chunk.readUInt32LE(at) === RECORD_MAGIC && size > RECORD_HEADER && at + size <= CHUNK_BYTES
    if (!good) {
      if (sound) sink.problem(`has no record at byte ${at}, where one should be`)
      return
    }
    readRecord(chunk, at, size, sink)
    at += size
  }
}

function readRecord(chunk: Buffer, at: number, size: number, sink: ChunkSink): void {
  try {
    const xml = xmlOfBinary(chunk, at + RECORD_HEADER, at + size - 4)
    sink.record(xml)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    sink.left(`record ${chunk.readBigUInt64LE(at + 8)} of the event log cannot be read`)
  }
}

/** Both checksums: of the header, and of the records. */
function isSound(chunk: Buffer): boolean {
  const end = chunk.readUInt32LE(48)
  if (end < FIRST_RECORD || end > CHUNK_BYTES) return false
  const header = crc32(chunk.subarray(128, FIRST_RECORD), crc32(chunk.subarray(0, 120)))
  return (
    header === chunk.readUInt32LE(124) && crc32(chunk.subarray(FIRST_RECORD, end)) === chunk.readUInt32LE(52)
  )
}
