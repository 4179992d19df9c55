import { crc32 } from 'node:zlib'
import type { Bytes } from './bytes.ts'
import { type Attempt, carefully, cutShort, type Ending, inflate } from './inflate.ts'
import { lost, type Member, type OpenLimits, type OpenProblem, told, tooLarge } from './member.ts'

/** An entry of a zip archive that is a file, wherever it was found. */
export interface ZipEntry {
  /** As the archive has it. */
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  /** What its content comes to, where that stands before it. */
  readonly sum?: Sum
  /** Its bytes as they are stored, or more: deflate data ends by itself. */
  bytes(problems: OpenProblem[]): Bytes
  /** Takes the number of stored bytes that were unpacked; the last that it takes is exact. */
  used?(count: number): void
}

interface Sum {
  readonly size: number
  readonly crc: number
}

const DEFLATE = 8
const STORED = 0

/** What is to be read in an entry, under the name that it is to have. */
export function entryMember(entry: ZipEntry, name: string, limits: OpenLimits): Member {
  const problems: OpenProblem[] = []
  if (leadsOutside(entry.name)) {
    problems.push(told('input/unsafe-name', 'the name leads out of the archive; it was read all the same'))
  }
  return { name, problems, chunks: () => unpacked(entry, limits, problems) }
}

function leadsOutside(name: string): boolean {
  return name.startsWith('/') || /^[a-zA-Z]:/.test(name) || name.split('/').includes('..')
}

async function* unpacked(
  entry: ZipEntry,
  limits: OpenLimits,
  problems: OpenProblem[],
): AsyncGenerator<Buffer> {
  const { method } = entry
  if (entry.encrypted) problems.push(lost('input/encrypted', 'it is encrypted'))
  else if (method === DEFLATE) yield* carefully(entry.bytes(problems), deflated(entry, limits), problems)
  else if (method === STORED) yield* stored(entry, limits, problems)
  else
    problems.push(lost('input/unsupported', `it is packed by zip method ${method}, which is not known here`))
}

function deflated(entry: ZipEntry, limits: OpenLimits): Attempt {
  return async function* attempt(cursor, pace): AsyncGenerator<Buffer, Ending> {
    try {
      const inflated = yield* inflate(cursor, { pace, limits, room: limits.maxUnpacked })
      return inflated.kind === 'stopped' ? inflated.ending : { problems: sumProblems(entry, inflated) }
    } finally {
      entry.used?.(cursor.position)
    }
  }
}

async function* stored(entry: ZipEntry, limits: OpenLimits, problems: OpenProblem[]): AsyncGenerator<Buffer> {
  let size = 0
  let crc = 0
  for await (const chunk of entry.bytes(problems).chunks()) {
    const fits = chunk.subarray(0, limits.maxUnpacked - size)
    size += fits.length
    crc = crc32(fits, crc)
    if (fits.length > 0) yield fits
    if (fits.length < chunk.length) {
      problems.push(tooLarge(limits))
      return
    }
  }
  const short = entry.sum !== undefined && size < entry.sum.size
  problems.push(...(short ? [cutShort(size)] : sumProblems(entry, { size, crc })))
}

function sumProblems({ sum }: ZipEntry, found: Sum): readonly OpenProblem[] {
  if (sum === undefined || (found.size === sum.size && found.crc === sum.crc)) return []
  return [lost('input/corrupt', 'its size or checksum is wrong: some of its content is damaged')]
}
