import { Decompress } from 'fzstd'
import type { Bytes } from './bytes.ts'
import { Cursor } from './cursor.ts'
import { cutShort } from './inflate.ts'
import { lost, type OpenLimits, type OpenProblem, told, tooLarge } from './member.ts'
import { Xxh64 } from './xxh64.ts'

const MAGIC = 0xfd2fb528
const SKIPPABLE = 0x184d2a50
const MAX_WINDOW = 128 * 1024 * 1024
const MAX_BLOCK = 128 * 1024
/** The library moves the whole window for each block, so very many small blocks would stall. */
const FREE_MOVES = 16 * 1024 ** 3
const MOVES_PER_BYTE = 2048

/**
 * Unpacks zstd data (RFC 8878), all its frames as one stream. The frames and blocks are walked here, so that sizes
 * are known before the library makes room for them. Its checksums are verified.
 */
export async function* unzstd(
  bytes: Bytes,
  limits: OpenLimits,
  problems: OpenProblem[],
): AsyncGenerator<Buffer> {
  const cursor = new Cursor(bytes)
  try {
    const problem = yield* frames(cursor, limits)
    if (problem !== undefined) problems.push(problem)
  } finally {
    await cursor.close()
  }
}

interface Work {
  size: number
  moved: number
}

async function* frames(cursor: Cursor, limits: OpenLimits): AsyncGenerator<Buffer, OpenProblem | undefined> {
  const work: Work = { size: 0, moved: 0 }
  for (let first = true; ; first = false) {
    const start = cursor.position
    const magic = await cursor.exactly(4)
    if (magic.length === 0) return undefined
    const number = magic.length < 4 ? 0 : magic.readUInt32LE(0)
    if (number === MAGIC) {
      const problem = yield* frame(cursor, { limits, work, magic })
      if (problem !== undefined) return problem
    } else if ((number & 0xfffffff0) >>> 0 === SKIPPABLE) {
      const problem = await skip(cursor)
      if (problem !== undefined) return problem
    } else if (first) return damaged(start)
    else return told('input/trailing', `the bytes from ${start} on are no zstd data and were left out`)
  }
}

async function skip(cursor: Cursor): Promise<OpenProblem | undefined> {
  const size = await cursor.exactly(4)
  if (size.length < 4) return cutShort(cursor.position)
  for (let left = size.readUInt32LE(0); left > 0; ) {
    const skipped = await cursor.take(left)
    if (skipped.length === 0) return cutShort(cursor.position)
    left -= skipped.length
  }
  return undefined
}

interface FrameOptions {
  readonly limits: OpenLimits
  readonly work: Work
  readonly magic: Buffer
}

async function* frame(
  cursor: Cursor,
  { limits, work, magic }: FrameOptions,
): AsyncGenerator<Buffer, OpenProblem | undefined> {
  const start = cursor.position - magic.length
  const header = await readHeader(cursor)
  if (header === undefined) return cutShort(cursor.position)
  if (header.window > MAX_WINDOW) {
    return lost('input/too-large', `it asks for ${header.window} bytes of memory; ${MAX_WINDOW} are allowed`)
  }
  const content = header.checksum ? new Xxh64() : undefined
  let made: Buffer[] = []
  const library = new Decompress(data => made.push(Buffer.from(data.buffer, data.byteOffset, data.length)))
  let input = Buffer.concat([magic, header.bytes])
  for (let last = false; !last; input = Buffer.alloc(0)) {
    const at = cursor.position
    const block = await readBlock(cursor)
    if (block === 'short') return cutShort(cursor.position)
    if (block === 'bad') return damaged(at)
    last = block.last
    const sum = last && content ? await cursor.exactly(4) : Buffer.alloc(0)
    if (last && content && sum.length < 4) return cutShort(cursor.position)
    made = []
    try {
      library.push(Buffer.concat([input, block.bytes, sum]), last)
    } catch {
      return damaged(at)
    }
    work.moved += header.window
    if (work.moved > FREE_MOVES + MOVES_PER_BYTE * work.size) {
      return lost('input/too-large', 'it has so many small blocks that unpacking it would take too long')
    }
    for (const piece of made) {
      content?.push(piece)
      const fits = piece.subarray(0, limits.maxUnpacked - work.size)
      work.size += fits.length
      if (fits.length > 0) yield fits
      if (fits.length < piece.length) return tooLarge(limits)
    }
    if (last && content && sum.readUInt32LE(0) !== content.low()) return badSum(start)
  }
  return undefined
}

function badSum(start: number): OpenProblem {
  return lost(
    'input/corrupt',
    `the checksum of the part that begins at byte ${start} is wrong: some of its content is damaged`,
  )
}

interface FrameHeader {
  readonly bytes: Buffer
  readonly window: number
  readonly checksum: boolean
}

async function readHeader(cursor: Cursor): Promise<FrameHeader | undefined> {
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
async function readBlock(
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

function damaged(at: number): OpenProblem {
  return lost('input/corrupt', `the zstd data is damaged at byte ${at}`)
}
