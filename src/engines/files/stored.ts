import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { type Bytes, bytesOf, peek, SMALL } from './bytes.ts'
import { interrupted, lost, type OpenLimits, type OpenProblem, told, unreadable } from './member.ts'
import { isPipe, readPipe } from './pipe.ts'

/** A file that is open. */
export interface Stored {
  readonly bytes: Bytes
  /** What happened to the file meanwhile; closes it. */
  close(): Promise<readonly OpenProblem[]>
}

/** Opens a file, a named pipe, or standard input (`-`). Throws what the system says. */
export async function openStored(path: string, limits: OpenLimits): Promise<Stored> {
  if (isPipe(path)) return pipe(path, limits)
  const stats = statSync(path)
  if (stats.isFile()) return file(path, limits)
  throw new Error(stats.isDirectory() ? 'it is a folder' : 'it is no file')
}

async function pipe(path: string, limits: OpenLimits): Promise<Stored> {
  const problems: OpenProblem[] = []
  const peeked = await peek(pipeChunks(path, limits, problems))
  return {
    bytes: peeked,
    close: async () => {
      await peeked.close()
      return problems
    },
  }
}

async function* pipeChunks(
  path: string,
  { goOn = () => true }: OpenLimits,
  problems: OpenProblem[],
): AsyncGenerator<Buffer> {
  try {
    yield* readPipe(path, () => goOn(0))
  } catch (error) {
    problems.push(unreadable(error))
  }
  if (!goOn(0)) problems.push(interrupted)
}

function file(path: string, limits: OpenLimits): Stored {
  const fd = openSync(path, 'r')
  try {
    const before = fstatSync(fd)
    const open: OpenedFile = { fd, path, before, problems: [], short: false }
    const bytes = before.size <= SMALL ? small(open) : large(open, limits.chunk)
    return { bytes, close: async () => closeFile(open) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

interface OpenedFile {
  readonly fd: number
  readonly path: string
  readonly before: Stats
  readonly problems: OpenProblem[]
  /** It ended before its size. */
  short: boolean
}

function small(open: OpenedFile): Bytes {
  return bytesOf(readAt(open, 0, open.before.size))
}

function large(open: OpenedFile, chunk: number): Bytes {
  function* chunks(): Generator<Buffer> {
    const { size } = open.before
    for (let at = 0; at < size; ) {
      const piece = readAt(open, at, Math.min(chunk, size - at))
      if (piece.length === 0) return
      at += piece.length
      yield piece
    }
  }
  return { head: readAt(open, 0, HEAD), path: open.path, again: true, chunks }
}

const HEAD = 16

/** So many bytes, or what there is of them. */
function readAt(open: OpenedFile, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(length)
  let count = 0
  try {
    while (count < length) {
      const got = readSync(open.fd, buffer, count, length - count, position + count)
      if (got === 0) {
        open.short = true
        break
      }
      count += got
    }
  } catch (error) {
    open.problems.push(unreadable(error))
  }
  return count === length ? buffer : buffer.subarray(0, count)
}

function closeFile(open: OpenedFile): readonly OpenProblem[] {
  const after = fstatSync(open.fd)
  closeSync(open.fd)
  return [...open.problems, ...change(open, after)]
}

function change({ before, short }: OpenedFile, after: Stats): readonly OpenProblem[] {
  const sizes = `from ${before.size} to ${after.size} bytes while it was read`
  if (short || after.size < before.size) {
    return [lost('input/changed', `it shrank ${sizes}; what was cut off is missing`)]
  }
  if (after.size > before.size) {
    return [told('input/changed', `it grew ${sizes}; what was added is left out`)]
  }
  if (after.mtimeMs === before.mtimeMs) return []
  return [told('input/changed', 'it was written to while it was read; its records may be of both states')]
}
