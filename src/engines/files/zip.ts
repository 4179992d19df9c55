import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import type { Bytes } from './bytes.ts'
import { type Attempt, carefully, type Ending, inflate } from './inflate.ts'
import { lost, type Member, type OpenLimits, type OpenProblem, told, tooLarge } from './member.ts'

/** More entries than that are not read. */
const MAX_ENTRIES = 100_000

const OPTIONS = {
  autoClose: false,
  lazyEntries: true,
  decodeStrings: false,
  validateEntrySizes: false,
} as const
const DEFLATE = 8
const STORED = 0

/** The entries of a zip that are files. What is wrong with the archive itself goes to `problems`. */
export async function* zipEntries(
  archive: { readonly whole?: Buffer; readonly path?: string },
  limits: OpenLimits,
  problems: OpenProblem[],
): AsyncGenerator<Member> {
  let zip: ZipFile | undefined
  try {
    zip = archive.whole
      ? await fromBufferPromise(archive.whole, OPTIONS)
      : await openPromise(archive.path ?? '', OPTIONS)
    // An error that nobody waits for, such as at closing, must not end the program.
    zip.on('error', () => {})
    const names = new Map<string, number>()
    for await (const entry of entriesOf(zip, problems)) {
      yield { ...entryMember(zip, entry, limits), name: numbered(nameOf(entry), names) }
    }
  } catch (error) {
    problems.push(archiveProblem(error))
  } finally {
    zip?.close()
  }
}

async function* entriesOf(zip: ZipFile, problems: OpenProblem[]): AsyncGenerator<Entry> {
  let count = 0
  let packed = 0
  for await (const entry of zip.eachEntry()) {
    if (++count > MAX_ENTRIES) {
      problems.push(
        lost('input/too-many-entries', `of its ${zip.entryCount} entries ${MAX_ENTRIES} were read`),
      )
      return
    }
    packed += entry.compressedSize
    if (packed > zip.fileSize) {
      problems.push(
        lost('input/corrupt', `its entries overlap from number ${count} on; the rest was not read`),
      )
      return
    }
    if (!nameOf(entry).endsWith('/')) yield entry
  }
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
}

/** A name that came before gets a number, so that each names one entry. */
function numbered(name: string, names: Map<string, number>): string {
  const before = names.get(name) ?? 0
  names.set(name, before + 1)
  return before === 0 ? name : `${name} (${before + 1})`
}

function entryMember(zip: ZipFile, entry: Entry, limits: OpenLimits): Member {
  const name = nameOf(entry)
  const problems: OpenProblem[] = []
  if (leadsOutside(name)) {
    problems.push(told('input/unsafe-name', 'the name leads out of the archive; it was read all the same'))
  }
  return { name, problems, chunks: () => unpacked(zip, entry, { limits, problems }) }
}

function leadsOutside(name: string): boolean {
  return name.startsWith('/') || /^[a-zA-Z]:/.test(name) || name.split('/').includes('..')
}

interface UnpackOptions {
  readonly limits: OpenLimits
  readonly problems: OpenProblem[]
}

async function* unpacked(
  zip: ZipFile,
  entry: Entry,
  { limits, problems }: UnpackOptions,
): AsyncGenerator<Buffer> {
  const { compressionMethod: method } = entry
  const bytes = entryBytes(zip, entry, problems)
  if (entry.isEncrypted()) problems.push(lost('input/encrypted', 'it is encrypted'))
  else if (method === DEFLATE) yield* carefully(bytes, inflateEntry(entry, limits), problems)
  else if (method === STORED) yield* stored(bytes, entry, { limits, problems })
  else
    problems.push(lost('input/unsupported', `it is packed by zip method ${method}, which is not known here`))
}

/** The bytes of an entry as they are stored. */
function entryBytes(zip: ZipFile, entry: Entry, problems: OpenProblem[]): Bytes {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* await zip.openReadStreamPromise(entry, { decodeFileData: false })
    } catch (error) {
      problems.push(archiveProblem(error))
    }
  }
  return { head: Buffer.alloc(0), again: true, chunks }
}

function inflateEntry(entry: Entry, limits: OpenLimits): Attempt {
  return async function* attempt(cursor, pace): AsyncGenerator<Buffer, Ending> {
    const inflated = yield* inflate(cursor, { pace, limits, room: limits.maxUnpacked })
    if (inflated.kind === 'stopped') return inflated.ending
    return { problems: sumProblems(entry, inflated) }
  }
}

async function* stored(
  bytes: Bytes,
  entry: Entry,
  { limits, problems }: UnpackOptions,
): AsyncGenerator<Buffer> {
  let size = 0
  let crc = 0
  for await (const chunk of bytes.chunks()) {
    const fits = chunk.subarray(0, limits.maxUnpacked - size)
    size += fits.length
    crc = crc32(fits, crc)
    if (fits.length > 0) yield fits
    if (fits.length < chunk.length) {
      problems.push(tooLarge(limits))
      return
    }
  }
  problems.push(...sumProblems(entry, { size, crc }))
}

function sumProblems(
  entry: Entry,
  found: { readonly size: number; readonly crc: number },
): readonly OpenProblem[] {
  if (found.size === entry.uncompressedSize && found.crc === entry.crc32) return []
  return [lost('input/corrupt', 'its size or checksum is wrong: some of its content is damaged')]
}

function archiveProblem(error: unknown): OpenProblem {
  const message = error instanceof Error ? error.message : String(error)
  if (message.startsWith('End of central directory')) {
    return lost('input/truncated', 'the zip archive ends early: it has no directory, so none of it was read')
  }
  if (message.includes('encryption')) return lost('input/encrypted', 'the zip archive is encrypted')
  return lost('input/corrupt', `the zip archive is damaged: ${message}`)
}
