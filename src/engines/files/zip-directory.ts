import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import type { Bytes } from './bytes.ts'
import { lost, type OpenProblem } from './member.ts'
import type { ZipEntry } from './zip-entry.ts'

const OPTIONS = {
  autoClose: false,
  lazyEntries: true,
  decodeStrings: false,
  validateEntrySizes: false,
} as const

/** The entries that the directory at the end of an archive lists. Throws if that cannot be read. */
export async function* listedEntries(
  archive: Bytes,
  most: number,
  problems: OpenProblem[],
): AsyncGenerator<ZipEntry> {
  const zip = archive.whole
    ? await fromBufferPromise(archive.whole, OPTIONS)
    : await openPromise(archive.path ?? '', OPTIONS)
  // An error that nobody waits for, such as at closing, must not end the program.
  zip.on('error', () => {})
  let count = 0
  let packed = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (++count > most) {
        problems.push(lost('input/too-many-entries', `of its ${zip.entryCount} entries ${most} were read`))
        return
      }
      packed += entry.compressedSize
      if (packed > zip.fileSize) {
        const what = `its entries overlap from number ${count} on; the rest was not read`
        problems.push(lost('input/corrupt', what))
        return
      }
      yield listedEntry(zip, entry)
    }
  } finally {
    zip.close()
  }
}

/** What was wrong with an archive or an entry. */
export function archiveProblem(error: unknown): OpenProblem {
  const message = error instanceof Error ? error.message : String(error)
  if (message.includes('encryption')) return lost('input/encrypted', 'the zip archive is encrypted')
  return lost('input/corrupt', `the zip archive is damaged: ${message}`)
}

function listedEntry(zip: ZipFile, entry: Entry): ZipEntry {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
  return {
    name: getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false),
    method: entry.compressionMethod,
    encrypted: entry.isEncrypted(),
    sum: { size: entry.uncompressedSize, crc: entry.crc32 },
    bytes: problems => ({
      head: Buffer.alloc(0),
      again: true,
      chunks: () => storedBytes(zip, entry, problems),
    }),
  }
}

async function* storedBytes(zip: ZipFile, entry: Entry, problems: OpenProblem[]): AsyncGenerator<Buffer> {
  try {
    yield* await zip.openReadStreamPromise(entry, { decodeFileData: false })
  } catch (error) {
    problems.push(archiveProblem(error))
  }
}
