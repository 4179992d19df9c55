import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import type { Database } from '../engines/duckdb/database.ts'
import { EngineError } from '../engines/duckdb/engine-error.ts'
import { storedFile } from '../engines/duckdb/stored-file.ts'
import { sql } from '../sql/sql.ts'
import type { LakeFile } from './manifest.ts'

const MAGIC = 'PAR1'

/** Where a file of a lake is. */
export function pathOf(lake: string, { path }: LakeFile): string {
  return joinPath(lake, ...path.split('/'))
}

/** Why a file cannot be what was written, by a glance at its size and its end; undefined if it may be. */
export function visibleDamage(path: string, { bytes }: LakeFile): string | undefined {
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      if (size !== bytes) return `it has ${size} bytes and not ${bytes}`
      const end = Buffer.alloc(MAGIC.length)
      readSync(file, end, 0, end.length, size - end.length)
      return end.toString('latin1') === MAGIC ? undefined : 'it does not end as Parquet does'
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return error.message
  }
}

/** Reads files to their end; gives those that cannot be read, and why. */
export async function hiddenDamage(
  paths: readonly string[],
  database: Database,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const path of paths) {
    const reason = await failure(path, database)
    if (reason !== undefined) found.set(path, reason)
  }
  return found
}

/** The error, or one that names the file if the engine failed because of one of these. */
export async function namingDamage(
  error: unknown,
  paths: readonly string[],
  database: Database,
): Promise<unknown> {
  if (!mayBeDamage(error)) return error
  const [first] = await hiddenDamage(paths, database)
  if (first === undefined) return error
  return new EngineError(error.statement, new Error(`${first[0]} is damaged: ${first[1]}`))
}

/** May the engine have failed because of a file that it read? */
export function mayBeDamage(error: unknown): error is EngineError {
  return error instanceof EngineError && !error.interrupted && !error.tooLarge
}

async function failure(path: string, database: Database): Promise<string | undefined> {
  try {
    await database.query(
      sql`SELECT bit_xor(hash(stored)) FROM read_parquet(${storedFile(path)}, hive_partitioning = false) AS stored`,
    )
    return undefined
  } catch (error) {
    if (!mayBeDamage(error)) throw error
    return error.message.split('\n')[0] ?? ''
  }
}
