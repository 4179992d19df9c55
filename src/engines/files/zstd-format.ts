import type { Cursor } from './cursor.ts'

const MAX_BLOCK = 128 * 1024

/** What stands at the beginning of a frame. */
interface FrameHeader {
  readonly bytes: Buffer
  /** Bytes of memory that it asks for. */
  readonly window: number
  readonly checksum: boolean
}

/** Of a frame whose magic number was read; undefined if it is cut short. */
export async function readHeader(cursor: Cursor): Promise<FrameHeader | undefined> {
  const first = await cursor.exactly(1)
  const [flags] = first
  if (flags === undefined) return undefined
  const single = (flags & 0x20) !== 0
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0
  const rest = await cursor.exactly((single ? 0 : 1) + dictionaryBytes + sizeBytes)
  if (rest.length < (single ? 0 : 1) + dictionaryBytes + sizeBytes) return undefined
  const window = single ? contentSize(rest.subarray(dictionaryBytes)) : windowSize(rest[0] ?? 0)
  return { bytes: Buffer.concat([first, rest]), window, checksum: (flags & 4) !== 0 }
}

function contentSize(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE(0))
  return field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0)
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

/** A block with its header, whole. */
export async function readBlock(
  cursor: Cursor,
): Promise<'short' | 'bad' | { readonly bytes: Buffer; readonly last: boolean }> {
  const header = await cursor.exactly(3)
  if (header.length < 3) return 'short'
  const fields = header.readUIntLE(0, 3)
  const type = (fields >> 1) & 3
  const size = fields >> 3
  if (type === 3 || size > MAX_BLOCK) return 'bad'
  const stored = type === 1 ? 1 : size
  const body = stored === 0 ? Buffer.alloc(0) : await cursor.exactly(stored)
  if (body.length < stored) return 'short'
  return { bytes: Buffer.concat([header, body]), last: (fields & 1) === 1 }
}
