import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname, join as joinPath } from 'node:path'
import type { Database } from '../engines/duckdb/database.ts'
import { join, quote, sql } from '../sql/sql.ts'
import { type LakeFile, type Manifest, readManifest, writeManifest } from './manifest.ts'
import { removeStrays } from './strays.ts'

/** What was done: files before and after. */
export interface Compacted {
  readonly before: number
  readonly after: number
}

/** Makes one file of the files of a source and day, where there are several. The events stay what they are. */
export async function compact(lake: string, database: Database): Promise<Compacted> {
  let manifest = readManifest(lake)
  const before = manifest.files.length
  removeStrays(lake, manifest)
  for (const group of groupsOf(manifest)) {
    if (group.length < 2) continue
    const merged = await merge(lake, group, database)
    const gone = new Set(group)
    manifest = { ...manifest, files: [...manifest.files.filter(file => !gone.has(file)), merged] }
    writeManifest(lake, manifest)
  }
  removeStrays(lake, manifest)
  return { before, after: manifest.files.length }
}

function groupsOf({ files }: Manifest): readonly (readonly LakeFile[])[] {
  const groups = new Map<string, LakeFile[]>()
  for (const file of files) {
    const key = `${file.source} ${file.date}`
    groups.set(key, [...(groups.get(key) ?? []), file])
  }
  return [...groups.values()]
}

async function merge(lake: string, group: readonly LakeFile[], database: Database): Promise<LakeFile> {
  const [first] = group
  if (first === undefined) throw new Error('bug: an empty group')
  const path = `${dirname(first.path)}/${randomUUID()}.parquet`
  const target = joinPath(lake, ...path.split('/'))
  mkdirSync(dirname(target), { recursive: true })
  const sources = group.map(file => quote(joinPath(lake, ...file.path.split('/'))))
  const written =
    await database.query(sql`COPY (SELECT * FROM read_parquet([${join(sources, ', ')}], union_by_name = true)
    ORDER BY event_ms, event_id) TO ${quote(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, RETURN_STATS)`)
  const times = group.flatMap(({ first, last }) =>
    first === undefined || last === undefined ? [] : [first, last],
  )
  return {
    ...first,
    path,
    rows: group.reduce((sum, file) => sum + file.rows, 0),
    bytes: Number(written[0]?.[2] ?? 0),
    ...(times.length === 0 ? {} : { first: Math.min(...times), last: Math.max(...times) }),
    values: mergedValues(group),
  }
}

function mergedValues(group: readonly LakeFile[]): LakeFile['values'] {
  const columns = [...new Set(group.flatMap(({ values }) => Object.keys(values)))]
  const listed = columns.filter(column => group.every(({ values }) => values[column] !== undefined))
  return Object.fromEntries(
    listed.map(column => [column, [...new Set(group.flatMap(({ values }) => values[column] ?? []))].sort()]),
  )
}

/** Takes out the days before a time; gives the number of events that went. Days without a time stay. */
export function expire(lake: string, before: number): number {
  const manifest = readManifest(lake)
  const old = (file: LakeFile): boolean => file.last !== undefined && file.last < before
  const gone = manifest.files.filter(old)
  if (gone.length === 0) return 0
  const kept = { ...manifest, files: manifest.files.filter(file => !old(file)) }
  writeManifest(lake, kept)
  removeStrays(lake, kept)
  return gone.reduce((sum, file) => sum + file.rows, 0)
}
