import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceMap } from '../sources/map/source-map.ts'

/** One Parquet file of the lake. */
export interface LakeFile {
  /** Relative to the lake's folder, with `/`. */
  readonly path: string
  readonly source: string
  /** The UTC day of its events, `unknown` for those without a time. */
  readonly date: string
  readonly rows: number
  readonly bytes: number
  /** UTC ms of the earliest and the latest event; absent if none has a time. */
  readonly first?: number
  readonly last?: number
  /** Every value of columns that have few, by column. */
  readonly values: { readonly [column: string]: readonly string[] }
  /** Dotted names of the promoted fields whose value is no text in some of its events. */
  readonly exceptions: readonly string[]
  /** By action and time, as compaction leaves it. */
  readonly sorted?: boolean
}

/** An input that is in the lake: by its content, whatever it was called. */
export interface LakeInput {
  readonly sha256: string
  readonly file: string
  readonly rows: number
  /** What of it could not be read. */
  readonly lost?: readonly string[]
}

/** What the lake holds. A file that is not named here is not there, whatever lies in the folder. */
export interface Manifest {
  readonly version: 1
  readonly files: readonly LakeFile[]
  readonly inputs: readonly LakeInput[]
  /** Dotted names of the fields that occur, by source. */
  readonly fields: { readonly [source: string]: readonly string[] }
  /** Keys of events that have a dot of their own, by source. */
  readonly dottedKeys: { readonly [source: string]: readonly string[] }
  /** Dotted names of the fields whose own key has a dot, by source; absent in lakes of before. */
  readonly dottedNames?: { readonly [source: string]: readonly string[] }
  /** Mappings of the logs that are none of ours. */
  readonly maps?: readonly SourceMap[]
}

const EMPTY: Manifest = { version: 1, files: [], inputs: [], fields: {}, dottedKeys: {}, dottedNames: {} }
const NAME = 'manifest.json'

/** Is there a lake in that folder? Folders of other things may have a manifest too. */
export function isLake(folder: string): boolean {
  const file = join(folder, NAME)
  if (!existsSync(file)) return false
  if (readFileSync(file, 'latin1').startsWith(HEAD)) return true
  const data = join(folder, 'data')
  return existsSync(data) && readdirSync(data).some(name => name.startsWith('source='))
}

const HEAD = '{"version":1,"files":['

/** Throws, with a reason for people, if there is one that cannot be read. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, NAME)
  if (!existsSync(file)) return EMPTY
  const value = parsed(file)
  if (value?.version !== 1) throw new Error(`${file} was made by another version of nephoscope`)
  const { files, inputs, fields, dottedKeys = {}, dottedNames, maps } = value
  if (!Array.isArray(files) || !Array.isArray(inputs) || typeof fields !== 'object' || fields === null)
    throw damaged(file)
  return {
    version: 1,
    files,
    inputs,
    fields,
    dottedKeys,
    ...(dottedNames === undefined ? {} : { dottedNames }),
    ...(maps === undefined ? {} : { maps }),
  }
}

function parsed(file: string): Partial<Manifest> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    throw damaged(file, cause)
  }
  throw damaged(file)
}

function damaged(file: string, cause?: unknown): Error {
  return new Error(`${file} is damaged; restore it, or ingest into a new folder`, { cause })
}

/** Makes it what the lake holds, at once: a crash leaves the old manifest or the new one. */
export function writeManifest(folder: string, manifest: Manifest): void {
  mkdirSync(folder, { recursive: true })
  const draft = join(folder, `${NAME}.${process.pid}.part`)
  writeFileSync(draft, `${JSON.stringify(manifest)}\n`, { flush: true })
  renameSync(draft, join(folder, NAME))
}
