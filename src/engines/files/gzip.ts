import { type Gunzip, gunzipSync } from 'node:zlib'
import type { Bytes } from './bytes.ts'
import type { Cursor } from './cursor.ts'
import { type Attempt, carefully, cutShort, type Ending, inflate } from './inflate.ts'
import { lost, type OpenLimits, type OpenProblem, told } from './member.ts'

/** What unpacks to more is not held at once. */
const SMALL_UNPACKED = 64 * 1024 * 1024

/** Unpacks a small sound file at once; undefined if it is not that. */
export function gunzipAtOnce(packed: Buffer, limits: OpenLimits): Buffer | undefined {
  if (packed.length < MEMBER_MIN) return undefined
  // The last four bytes say how large it is, if they can be trusted: one buffer of that size needs no copying.
  const size = packed.readUInt32LE(packed.length - 4)
  const most = Math.min(limits.maxUnpacked, SMALL_UNPACKED)
  if (size > most) return undefined
  try {
    const { buffer, engine } = gunzipSync(packed, {
      chunkSize: Math.max(size + 1, 16_384),
      maxOutputLength: most,
      info: true,
    }) as unknown as { buffer: Buffer; engine: Gunzip }
    return engine.bytesWritten === packed.length ? buffer : undefined
  } catch {
    return undefined
  }
}

/** Unpacks gzip data as it comes, all its members as one stream, and tells what is wrong with it. */
export function gunzip(bytes: Bytes, limits: OpenLimits, problems: OpenProblem[]): AsyncGenerator<Buffer> {
  return carefully(bytes, members(limits), problems)
}

const MEMBER_MIN = 18
const HEADER = 10
const TRAILER = 8
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 }

function members(limits: OpenLimits): Attempt {
  return async function* attempt(cursor, pace): AsyncGenerator<Buffer, Ending> {
    let room = limits.maxUnpacked
    for (let first = true; ; first = false) {
      const start = cursor.position
      const magic = await cursor.exactly(2)
      if (magic.length === 0) return { problems: [] }
      if (magic[0] !== 0x1f || magic[1] !== 0x8b) return { problems: [await trailing(cursor, magic)] }
      const wrong = await skipHeader(cursor, start)
      if (wrong !== undefined) return { problems: [wrong] }
      const inflated = yield* inflate(cursor, { pace, limits, room })
      if (inflated.kind === 'stopped') return inflated.ending
      room -= inflated.size
      const trailer = await cursor.exactly(TRAILER)
      if (trailer.length < TRAILER) return { problems: [cutShort(cursor.position)] }
      if (trailer.readUInt32LE(0) !== inflated.crc) {
        return { problems: [badSum(start, first)] }
      }
    }
  }
}

/** Reads on to the compressed data; gives what is wrong (RFC 1952). */
async function skipHeader(cursor: Cursor, start: number): Promise<OpenProblem | undefined> {
  const header = await cursor.exactly(HEADER - 2)
  if (header.length < HEADER - 2) return cutShort(cursor.position)
  const [method, flags = 0] = header
  if (method !== 8 || flags > 31) {
    return lost('input/corrupt', `the gzip header at byte ${start} is damaged or of an unknown kind`)
  }
  if (flags & FLAG.extra) {
    const length = await cursor.exactly(2)
    if (length.length === 2) await cursor.exactly(length.readUInt16LE(0))
  }
  if (flags & FLAG.name) await skipText(cursor)
  if (flags & FLAG.comment) await skipText(cursor)
  if (flags & FLAG.headerCrc) await cursor.exactly(2)
  return undefined
}

async function skipText(cursor: Cursor): Promise<void> {
  for (;;) {
    const text = await cursor.take(1024)
    const end = text.indexOf(0)
    if (end >= 0) cursor.giveBack(text.length - end - 1)
    if (end >= 0 || text.length === 0) return
  }
}

async function trailing(cursor: Cursor, first: Buffer): Promise<OpenProblem> {
  let count = 0
  let zeros = true
  for (let more = first; more.length > 0; more = await cursor.take(65_536)) {
    count += more.length
    zeros &&= more.every(byte => byte === 0)
  }
  const what = zeros ? 'zero bytes' : 'bytes that are no gzip data'
  return told('input/trailing', `${count} ${what} after the compressed data were left out`)
}

function badSum(start: number, only: boolean): OpenProblem {
  const where = only ? '' : ` of the part that begins at byte ${start}`
  return lost('input/corrupt', `the checksum${where} is wrong: some of its content is damaged`)
}
