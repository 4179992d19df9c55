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
  /** Of all its bytes; absent in lakes of before. */
  readonly sha256?: string
  /** UTC ms of the earliest and the latest event; absent if none has a time. */
  readonly first?: number
  readonly last?: number
  /** Every value of columns that have few, by column. */
  readonly values: { readonly [column: string]: readonly string[] }
  /** Dotted names of the promoted fields whose value is no text in some of its events. */
  readonly exceptions: readonly string[]
  /** Names of what collectors say of its events. */
  readonly around: readonly string[]
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
  readonly version: 2
  readonly files: readonly LakeFile[]
  readonly inputs: readonly LakeInput[]
  /** Dotted names of the fields that occur, by source. */
  readonly fields: { readonly [source: string]: readonly string[] }
  /** Keys of events that have a dot of their own, by source. */
  readonly dottedKeys: { readonly [source: string]: readonly string[] }
  /** Dotted names of the fields whose own key has a dot, by source; absent in lakes of before. */
  readonly dottedNames?: { readonly [source: string]: readonly string[] }
  /** Dotted names of the fields that are sometimes null or a number that is not whole, by source; absent in lakes of before. */
  readonly oddNames?: { readonly [source: string]: readonly string[] }
  /** Mappings of the logs that are none of ours. */
  readonly maps?: readonly SourceMap[]
}

type Unsure<T> = { readonly [key in keyof T]?: unknown }

/** Is it what a manifest is? Whoever writes to the folder may have written anything. */
export function isManifest(value: Unsure<Manifest>): value is Manifest {
  const { files, inputs, fields, dottedKeys, dottedNames, oddNames, maps } = value
  return (
    areObjects(files, isFile) &&
    areObjects(inputs, isInput) &&
    isLists(fields) &&
    isLists(dottedKeys) &&
    (dottedNames === undefined || isLists(dottedNames)) &&
    (oddNames === undefined || isLists(oddNames)) &&
    (maps === undefined || Array.isArray(maps))
  )
}

/** Nothing outside of the lake's own folder. */
const PATH = /^data\/source=[^/\\]+\/date=[^/\\]+\/[^/\\]+\.parquet$/

function isFile(value: Unsure<LakeFile>): boolean {
  const { path, source, date, rows, bytes, sha256, first, last, values, exceptions, around } = value
  return (
    isText(path) &&
    PATH.test(path) &&
    isText(source) &&
    isText(date) &&
    isCount(rows) &&
    isCount(bytes) &&
    (sha256 === undefined || isText(sha256)) &&
    (first === undefined || Number.isFinite(first)) &&
    (last === undefined || Number.isFinite(last)) &&
    isLists(values) &&
    areTexts(exceptions) &&
    areTexts(around)
  )
}

function isInput({ sha256, file, rows, lost }: Unsure<LakeInput>): boolean {
  return isText(sha256) && isText(file) && isCount(rows) && (lost === undefined || areTexts(lost))
}

function isLists(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(areTexts)
}

function areObjects<T>(value: unknown, isOne: (member: Unsure<T>) => boolean): boolean {
  return Array.isArray(value) && value.every(member => isObject(member) && isOne(member as Unsure<T>))
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0
}
