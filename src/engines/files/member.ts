import type { Chunks } from './bytes.ts'

export interface OpenLimits {
  /** Bytes that one compressed file, or one member of an archive, may have when unpacked. */
  readonly maxUnpacked: number
  /** Bytes read at once of large files. */
  readonly chunk: number
  /**
   * Called with the size of each chunk, unpacked, and with 0 while nothing comes, and with the number of events that were
   * found in the file so far, where it is known; false stops the reading of this file.
   */
  readonly goOn?: (bytes: number, events?: number) => boolean
}

/** Something that a person should know of a file; `lost` if some of its content could not be had. */
export interface OpenProblem {
  readonly code: string
  readonly message: string
  readonly lost: boolean
}

/** What is to be read in a file: the file itself, or one entry of an archive. */
export interface Member {
  /** '' for the file itself, else the entry's name as the archive has it; within an archive in an archive, both with `!`. */
  readonly name: string
  /** The unpacked bytes in order, once; they end early on a problem, which then is in `problems`. */
  chunks(): Chunks
  /** Filled while chunks are read. */
  readonly problems: OpenProblem[]
}

export function lost(code: string, message: string): OpenProblem {
  return { code, message, lost: true }
}

export function told(code: string, message: string): OpenProblem {
  return { code, message, lost: false }
}

export function tooLarge(limits: OpenLimits): OpenProblem {
  return lost(
    'input/too-large',
    `it has over ${limits.maxUnpacked} bytes when unpacked; what follows was not read (--max-unpacked allows more)`,
  )
}

export const interrupted: OpenProblem = lost(
  'input/interrupted',
  'the hunt was interrupted while it was read; the rest was not read',
)

/** The system could not do something with a file. */
export function unreadable(error: unknown): OpenProblem {
  return lost('input/unreadable', `it cannot be read: ${reason(error)}`)
}

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOTDIR: 'a part of its path is not a folder',
  EIO: 'the disk reports an error',
  ENOSPC: 'no space is left',
}

/** What the system says, in words. */
export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error))
}
