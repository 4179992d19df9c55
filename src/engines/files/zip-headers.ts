import { getFileNameLowLevel, parseExtraFields } from 'yauzl'
import type { Bytes } from './bytes.ts'
import { openRandom, type RandomBytes } from './random-bytes.ts'
import type { ZipEntry } from './zip-entry.ts'

const HEADER = Buffer.from('PK\x03\x04', 'latin1')
const HEADER_SIZE = 30
const FLAG = { encrypted: 1, sizesFollow: 8 }
/** Sizes of 64 bits stand in this extra field, where the usual ones are all ones. */
const ZIP64 = 1
const UNKNOWN = 0xffffffff

/**
 * The entries of a zip archive without a directory, in the order in which they are stored; the last one may be cut. Each
 * is to be read before the next is asked for.
 */
export function* entriesInOrder(archive: Bytes, most: number): Generator<ZipEntry> {
  const stored = openRandom(archive)
  try {
    let header = headerFrom(stored, 0)
    for (let count = 0; header !== undefined && count < most; count++) {
      const { from, size } = header
      let used = 0
      const takeUsed = (bytes: number): void => {
        used = bytes
      }
      yield { ...entryAt(stored, header), used: takeUsed }
      header = headerFrom(stored, from + (size ?? used))
    }
  } finally {
    stored.close()
  }
}

interface LocalHeader {
  readonly flags: number
  readonly method: number
  readonly crc: number
  /** Of the content; undefined, as that of the stored bytes, where it stands behind them. */
  readonly unpacked: number | undefined
  readonly size: number | undefined
  readonly name: string
  /** Where the stored bytes begin. */
  readonly from: number
}

function entryAt(
  stored: RandomBytes,
  { flags, method, crc, unpacked, size, name, from }: LocalHeader,
): ZipEntry {
  const to = size === undefined ? stored.size : from + size
  return {
    name,
    method,
    encrypted: (flags & FLAG.encrypted) !== 0,
    ...(unpacked === undefined ? {} : { sum: { size: unpacked, crc } }),
    bytes: () => ({ head: Buffer.alloc(0), again: true, chunks: () => stored.between(from, to) }),
  }
}

/** The next header that stands at a place or behind it. */
function headerFrom(stored: RandomBytes, start: number): LocalHeader | undefined {
  for (let at = stored.find(HEADER, start); at !== undefined; at = stored.find(HEADER, at + 1)) {
    const header = headerAt(stored, at)
    if (header !== undefined) return header
  }
  return undefined
}

function headerAt(stored: RandomBytes, at: number): LocalHeader | undefined {
  const fixed = stored.read(at, HEADER_SIZE)
  if (fixed.length < HEADER_SIZE) return undefined
  const [nameSize, extraSize] = [fixed.readUInt16LE(26), fixed.readUInt16LE(28)]
  const from = at + HEADER_SIZE + nameSize + extraSize
  const rest = stored.read(at + HEADER_SIZE, nameSize + extraSize)
  if (nameSize === 0 || rest.length < nameSize + extraSize) return undefined
  const flags = fixed.readUInt16LE(6)
  const extra = extraFields(rest.subarray(nameSize))
  return {
    flags,
    method: fixed.readUInt16LE(8),
    crc: fixed.readUInt32LE(14),
    ...sizes(fixed, extra),
    name: getFileNameLowLevel(flags, rest.subarray(0, nameSize), [...extra], false),
    from,
  }
}

type ExtraFields = ReturnType<typeof parseExtraFields>

function extraFields(bytes: Buffer): ExtraFields {
  try {
    return parseExtraFields(bytes)
  } catch {
    return []
  }
}

function sizes(fixed: Buffer, extra: ExtraFields): Pick<LocalHeader, 'size' | 'unpacked'> {
  const [size, unpacked] = [fixed.readUInt32LE(18), fixed.readUInt32LE(22)]
  if ((fixed.readUInt16LE(6) & FLAG.sizesFollow) !== 0 && size === 0)
    return { size: undefined, unpacked: undefined }
  if (size !== UNKNOWN && unpacked !== UNKNOWN) return { size, unpacked }
  const wide = extra.find(({ id }) => id === ZIP64)?.data
  if (wide === undefined || wide.length < 16) return { size: undefined, unpacked: undefined }
  return { unpacked: Number(wide.readBigUInt64LE(0)), size: Number(wide.readBigUInt64LE(8)) }
}
