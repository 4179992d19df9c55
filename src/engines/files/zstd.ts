import { Decompress } from 'fzstd'
import type { XXHash, XXHashAPI } from 'xxhash-wasm'
import type { Bytes } from './bytes.ts'
import { Cursor } from './cursor.ts'
import { cutShort } from './inflate.ts'
import { lost, type OpenLimits, type OpenProblem, told, tooLarge } from './member.ts'
import { readBlock, readHeader } from './zstd-format.ts'

const MAGIC = 0xfd2fb528
const SKIPPABLE = 0x184d2a50
const MAX_WINDOW = 128 * 1024 * 1024
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
  const content = header.checksum ? await newChecksum() : undefined
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
      content?.update(piece)
      const fits = piece.subarray(0, limits.maxUnpacked - work.size)
      work.size += fits.length
      if (fits.length > 0) yield fits
      if (fits.length < piece.length) return tooLarge(limits)
    }
    if (last && content && sum.readUInt32LE(0) !== Number(content.digest() & 0xffffffffn))
      return badSum(start)
  }
  return undefined
}

let checksums: Promise<XXHashAPI> | undefined

/** The library is loaded for the first frame that has a checksum, and makes room for itself once. */
async function newChecksum(): Promise<XXHash<bigint>> {
  checksums ??= import('xxhash-wasm').then(({ default: load }) => load())
  return (await checksums).create64()
}

function badSum(start: number): OpenProblem {
  return lost(
    'input/corrupt',
    `the checksum of the part that begins at byte ${start} is wrong: some of its content is damaged`,
  )
}

function damaged(at: number): OpenProblem {
  return lost('input/corrupt', `the zstd data is damaged at byte ${at}`)
}
