import { type InputFile, listInputs } from '../engines/files/list.ts'
import { dayOfPath } from '../engines/files/path-date.ts'
import { lakePaths } from '../lake/input-files.ts'
import { isLake } from '../lake/manifest.ts'

/** What bounds the reading of files. */
export interface Limits {
  /** UTC ms; `to` is the first moment that is too late. */
  readonly from?: number
  readonly to?: number
  /** Bytes that one packed file, or one member of an archive, may unpack to. */
  readonly maxUnpacked: number
}

/** How much of the machine is used. Sizes in bytes. */
export const resources = {
  /** Event ids in memory; more go to disk. */
  ids: 8 * 1024 * 1024,
  /** Hits in memory; more go to disk. */
  hits: 8 * 1024 * 1024,
  /** Below this much input a thread more costs longer to start than it saves. */
  worthThreads: 3 * 1024 * 1024,
  /** UTF-16 units that one record may have. */
  maxRecord: 64 * 1024 * 1024,
  /** What is read at once of a large file. */
  chunk: 4 * 1024 * 1024,
} as const

export interface ChosenFiles {
  readonly files: readonly InputFile[]
  readonly skipped: readonly { readonly file: string; readonly why: string }[]
  /** Inputs that could not be found or opened. */
  readonly problems: readonly { readonly file: string; readonly code: string; readonly message: string }[]
}

/** Lists the files behind the inputs, without those whose path names a day outside the wanted time. */
export function chooseFiles(inputs: readonly string[], { from, to }: Limits): ChosenFiles {
  const lakes = inputs.map(input => named(input, { from, to }))
  const listed = listInputs(lakes.flatMap(({ names }) => names))
  const { files, skipped } = listed
  const problems = [...listed.problems, ...lakes.flatMap(lake => lake.problems)]
  const early = files.filter(file => isOutside(file, from, to))
  if (early.length === 0) return { files, skipped, problems }
  const out = new Set(early)
  const why = 'the day in its path is outside the wanted time'
  return {
    files: files.filter(file => !out.has(file)),
    skipped: [...skipped, ...early.map(({ name }) => ({ file: name, why }))],
    problems,
  }
}

interface Named {
  readonly names: readonly string[]
  readonly problems: ChosenFiles['problems']
}

/** What an input means: of a lake the files that its manifest names, else itself. */
function named(input: string, time: { from: number | undefined; to: number | undefined }): Named {
  if (!isLake(input)) return { names: [input], problems: [] }
  const { from, to } = time
  try {
    const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
    return { names: lakePaths(input, range), problems: [] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { names: [], problems: [{ file: input, code: 'lake/damaged', message }] }
  }
}

function isOutside(file: InputFile, from: number | undefined, to: number | undefined): boolean {
  const day = from === undefined && to === undefined ? undefined : dayOfPath(file.name)
  if (day === undefined) return false
  return (from !== undefined && day.to < from) || (to !== undefined && day.from >= to)
}
