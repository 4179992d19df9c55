import { type Bytes, bytesOf, hold, peek, SMALL } from './bytes.ts'
import { gunzip, gunzipAtOnce } from './gzip.ts'
import { kindOf } from './kind.ts'
import { lost, type Member, type OpenLimits, type OpenProblem, unreadable } from './member.ts'
import { openStored, type Stored } from './stored.ts'
import { unzstd } from './zstd.ts'

export type { Member, OpenLimits } from './member.ts'

/**
 * What is to be read in a file, whatever it is packed in: gzip, zip or zstd, and one of them in another. Read each
 * member before asking for the next; one may be left out. Never throws for what is in a file or happens to it: a last
 * member without bytes carries the problems of the file as a whole, if there are any.
 */
export async function* openFile(path: string, limits: OpenLimits): AsyncGenerator<Member> {
  const problems: OpenProblem[] = []
  let stored: Stored
  try {
    stored = await openStored(path, limits)
  } catch (error) {
    yield nothing('', [unreadable(error)])
    return
  }
  try {
    const { head } = stored.bytes
    if (head.length < MAGIC && kindOf(head) === 'plain' && PACKED_NAME.test(path)) {
      const size = head.length === 0 ? 'no bytes at all' : 'hardly any bytes'
      problems.push(lost('input/empty', `it has ${size}, though its name says that it is compressed`))
    } else {
      yield* unpack({ bytes: stored.bytes, name: '', problems: [] }, { limits, problems, layers: 0 })
    }
  } finally {
    problems.push(...(await stored.close()))
  }
  if (problems.length > 0) yield nothing('', problems)
}

/** Bytes by which the kind of a file is known. */
const MAGIC = 4
const PACKED_NAME = /\.(?:gz|gzip|tgz|zip|zst|zstd)$/i
/** A compressed file in an archive is opened, and no more. */
const MAX_LAYERS = 2

interface Packed {
  readonly bytes: Bytes
  readonly name: string
  /** Of the bytes, so far and later. */
  readonly problems: OpenProblem[]
}

interface Around {
  readonly limits: OpenLimits
  /** Of the file as a whole. */
  readonly problems: OpenProblem[]
  /** How often it was unpacked already. */
  readonly layers: number
}

async function* unpack(packed: Packed, around: Around): AsyncGenerator<Member> {
  const { bytes, name, problems } = packed
  const kind = kindOf(bytes.head)
  if (kind === 'plain') yield { name, problems, chunks: () => bytes.chunks() }
  else if (around.layers === MAX_LAYERS) {
    problems.push(
      lost('input/nested', `it is packed ${MAX_LAYERS + 1} times, in ${kind} at last, and was not opened`),
    )
    yield nothing(name, problems)
  } else if (kind === 'zip') yield* unzip(packed, around)
  else yield* unpackStream(packed, kind, around)
}

function nothing(name: string, problems: OpenProblem[]): Member {
  return { name, problems, chunks: () => [] }
}

async function* unpackStream(packed: Packed, kind: 'gzip' | 'zstd', around: Around): AsyncGenerator<Member> {
  const { name, problems } = packed
  const { limits } = around
  const inner = { ...around, layers: around.layers + 1 }
  // Pipes and entries of archives are rarely large, and what is held can be unpacked at once.
  const bytes = packed.bytes.again ? packed.bytes : await hold(packed.bytes, SMALL)
  const atOnce = kind === 'gzip' && bytes.whole ? gunzipAtOnce(bytes.whole, limits) : undefined
  if (atOnce) yield* unpack({ bytes: bytesOf(atOnce), name, problems }, inner)
  else {
    const unpacked = kind === 'gzip' ? gunzip(bytes, limits, problems) : unzstd(bytes, limits, problems)
    yield* unpackPeeked({ name, problems, chunks: () => unpacked }, inner)
  }
}

async function* unpackPeeked(stream: Member, around: Around): AsyncGenerator<Member> {
  const bytes = await peek(stream.chunks())
  try {
    yield* unpack({ ...stream, bytes }, around)
  } finally {
    await bytes.close()
  }
}

async function* unzip(packed: Packed, around: Around): AsyncGenerator<Member> {
  const { limits, problems } = around
  const { path } = packed.bytes
  // A zip is read from its end.
  const archive = path === undefined ? await hold(packed.bytes, limits.maxUnpacked) : packed.bytes
  problems.push(...packed.problems)
  if (archive.whole === undefined && path === undefined) {
    problems.push(lost('input/too-large', zipTooLarge(limits)))
    return
  }
  // Few logs are zipped, and each thread would load what reads them.
  const { zipEntries } = await import('./zip.ts')
  for await (const entry of zipEntries(archive, limits, problems)) {
    const name = packed.name === '' ? entry.name : `${packed.name}!${entry.name}`
    yield* unpackPeeked({ ...entry, name }, { ...around, layers: around.layers + 1 })
  }
}

function zipTooLarge(limits: OpenLimits): string {
  return `a zip archive that comes through a pipe or in an archive may have ${limits.maxUnpacked} bytes (--max-unpacked)`
}
