import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname, join as joinPath } from 'node:path'
import type { Database } from '../engines/duckdb/database.ts'
import { storedFile } from '../engines/duckdb/stored-file.ts'
import { join, name, quote, type Sql, sql } from '../sql/sql.ts'
import { ROW_GROUP } from './batch.ts'
import { hiddenDamage, mayBeDamage, pathOf } from './damage.ts'
import { type LakeFile, type Manifest, readManifest, writeManifest } from './manifest.ts'
import { onDisk } from './on-disk.ts'
import { sha256Of } from './sha256.ts'
import { removeStrays } from './strays.ts'
import { tableOf } from './tables/tables.ts'
import { difference } from './verify.ts'

/** What was done: files before and after. */
export interface Compacted {
  readonly before: number
  readonly after: number
  /** Files that cannot be read; their days stay as they are. */
  readonly damaged: ReadonlyMap<string, string>
}

/**
 * Makes one file of the files of a source and day, where there are several, sorted by action and time. The events stay
 * what they are. Ends early, between days, if the first element of `stop` is set.
 */
export async function compact(lake: string, database: Database, stop: Int32Array): Promise<Compacted> {
  let manifest = readManifest(lake)
  const before = manifest.files.length
  removeStrays(lake, manifest)
  const damaged = new Map<string, string>()
  try {
    for (const group of groupsOf(manifest)) {
      if (Atomics.load(stop, 0) !== 0) break
      if (group.length === 1 && group[0]?.sorted === true) continue
      const merged = await mergedUnlessDamaged(lake, group, database)
      for (const [path, reason] of merged.damaged) damaged.set(path, reason)
      if (merged.file === undefined) continue
      const gone = new Set(group)
      const next = { ...manifest, files: [...manifest.files.filter(file => !gone.has(file)), merged.file] }
      writeManifest(lake, next)
      manifest = next
    }
  } finally {
    removeStrays(lake, manifest)
  }
  return { before, after: manifest.files.length, damaged }
}

function groupsOf({ files }: Manifest): readonly (readonly LakeFile[])[] {
  const groups = new Map<string, LakeFile[]>()
  for (const file of files) {
    const key = `${file.source} ${file.date}`
    groups.set(key, [...(groups.get(key) ?? []), file])
  }
  return [...groups.values()]
}

/** The new file; or which of the old ones cannot be read, and why. */
async function mergedUnlessDamaged(
  lake: string,
  group: readonly LakeFile[],
  database: Database,
): Promise<{ readonly file?: LakeFile; readonly damaged: Compacted['damaged'] }> {
  const changed = await differences(lake, group)
  if (changed.size > 0) return { damaged: changed }
  try {
    return { file: await merge(lake, group, database), damaged: new Map() }
  } catch (error) {
    if (!mayBeDamage(error)) throw error
    const paths = group.map(file => pathOf(lake, file))
    const damaged = await hiddenDamage(paths, database)
    if (damaged.size === 0) throw error
    return { damaged }
  }
}

/** What is merged gets a new digest: nothing that was changed since it was written must be in it. */
async function differences(lake: string, group: readonly LakeFile[]): Promise<Compacted['damaged']> {
  const found = new Map<string, string>()
  for (const file of group) {
    const reason = await difference(lake, file)
    if (reason !== undefined) found.set(pathOf(lake, file), reason)
  }
  return found
}

async function merge(lake: string, group: readonly LakeFile[], database: Database): Promise<LakeFile> {
  const [one] = group
  if (one === undefined) throw new Error('bug: an empty group')
  // Nothing is known of the new file yet.
  const { sha256: _, ...first } = one
  const path = `${dirname(first.path)}/${randomUUID()}.parquet`
  const target = joinPath(lake, ...path.split('/'))
  mkdirSync(dirname(target), { recursive: true })
  const sources = group.map(file => storedFile(joinPath(lake, ...file.path.split('/'))))
  const written =
    await database.query(sql`COPY (SELECT * FROM read_parquet([${join(sources, ', ')}], union_by_name = true, hive_partitioning = false)
    ORDER BY ${sortedBy(first.source)}) TO ${quote(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP}, RETURN_STATS)`)
  onDisk(target)
  const sha256 = await sha256Of(target)
  const times = group.flatMap(({ first, last }) =>
    first === undefined || last === undefined ? [] : [first, last],
  )
  return {
    ...first,
    path,
    rows: group.reduce((sum, file) => sum + file.rows, 0),
    bytes: Number(written[0]?.[2] ?? 0),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(times.length === 0 ? {} : { first: Math.min(...times), last: Math.max(...times) }),
    values: mergedValues(group),
    exceptions: [...new Set(group.flatMap(({ exceptions }) => exceptions))].sort(),
    around: [...new Set(group.flatMap(({ around }) => around))].sort(),
    sorted: true,
  }
}

/** What searches ask for first stands together; within it, the time. */
function sortedBy(source: string): Sql {
  const own = ['event_source', 'event_name'].filter(column =>
    tableOf(source).promoted.some(promoted => promoted.column === column),
  )
  return join([...(own.length === 0 ? ['action'] : own), 'event_ms', 'event_id'].map(name), ', ')
}

function mergedValues(group: readonly LakeFile[]): LakeFile['values'] {
  const columns = [...new Set(group.flatMap(({ values }) => Object.keys(values)))]
  const listed = columns.filter(column => group.every(({ values }) => values[column] !== undefined))
  return Object.fromEntries(
    listed.map(column => [column, [...new Set(group.flatMap(({ values }) => values[column] ?? []))].sort()]),
  )
}
