import { closeSync, openSync, readSync, statSync } from 'node:fs'
import type { JsonObject } from '../../core/json.ts'
import type { Source } from '../../sources/source.ts'
import { sources } from '../../sources/sources.ts'
import { integer, join, type Sql, sql } from '../../sql/sql.ts'
import type { Database } from '../duckdb/database.ts'
import { storedFile } from '../duckdb/stored-file.ts'
import { lost, type OpenProblem } from './member.ts'

/** Who takes the rows of a Parquet file. */
export interface ParquetSink {
  /** A row of a lake: the event as JSON, and where it stood. */
  stored(event: StoredRow): void
  /** A row of any other table, as JSON. */
  row(text: string): void
  told(problem: OpenProblem): void
}

export interface StoredRow {
  readonly source: Source
  readonly record: JsonObject
  /** As it stood in the file from which it came. */
  readonly text: string
  /** `text` is not the JSON of `record`, which was made of it. */
  readonly made: boolean
  /** What a collector says of it. */
  readonly around: JsonObject | undefined
  readonly file: string
  readonly number: number
}

/** What bounds the reading. */
export interface ParquetBounds {
  /** UTC ms: rows of a lake outside of it may be left out unread. */
  readonly from?: number
  readonly to?: number
  /** Called with the characters of each piece; false stops. */
  readonly goOn?: (characters: number) => boolean
  /** The logs that are known; those of the house if not given. */
  readonly sources?: readonly Source[]
}

const MAGIC = 'PAR1'
/** MB. */
const MEMORY = 512

/** Is it a Parquet file, by how it begins? */
export function isParquet(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false
    const file = openSync(path, 'r')
    try {
      const head = Buffer.alloc(MAGIC.length)
      return readSync(file, head, 0, head.length, 0) === head.length && head.toString('latin1') === MAGIC
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

/** Reads a Parquet file row by row, in its order. Gives false if the reading is to stop. What is wrong with the file is told. */
export async function readParquet(path: string, bounds: ParquetBounds, sink: ParquetSink): Promise<boolean> {
  try {
    const { withDatabase } = await import('../duckdb/with-database.ts')
    return await withDatabase({ memory: MEMORY, threads: 1, plain: true }, database =>
      readRows(database, path, bounds, sink),
    )
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'EngineError') throw error
    sink.told(
      lost('input/bad-parquet', `it cannot be read as Parquet: ${error.message.split('\n')[0] ?? ''}`),
    )
    return true
  }
}

async function readRows(
  database: Database,
  path: string,
  bounds: ParquetBounds,
  sink: ParquetSink,
): Promise<boolean> {
  const from = sql`read_parquet(${storedFile(path)}, hive_partitioning = false)`
  const columns = await database.query(sql`SELECT column_name FROM (DESCRIBE SELECT * FROM ${from})`)
  const names = new Set(columns.map(([name]) => String(name)))
  const source = OWN.every(name => names.has(name)) ? sourceOf(path, bounds.sources) : undefined
  const goOn = bounds.goOn ?? (() => true)
  const rows =
    source === undefined
      ? sql`SELECT CAST(to_json("$row") AS VARCHAR) FROM ${from} AS "$row"`
      : sql`SELECT raw, message, around, file, record FROM ${from}${within(bounds)}`
  for await (const batch of database.stream(rows)) {
    if (!goOn(batch.reduce((sum, [text]) => sum + String(text).length, 0))) return false
    for (const [raw, message, said, file, number] of batch) {
      if (source === undefined) sink.row(String(raw))
      else {
        const record = JSON.parse(String(raw)) as JsonObject
        const made = message !== null
        const text = String(made ? message : raw)
        const around = said === null ? undefined : (JSON.parse(String(said)) as JsonObject)
        sink.stored({ source, record, text, made, around, file: String(file), number: Number(number) })
      }
    }
  }
  return true
}

/** Columns by which a file of a lake is known. */
const OWN = ['raw', 'message', 'around', 'file', 'record', 'event_ms', 'content', 'entities']

/** The log source whose name is in the path of a file of a lake. */
function sourceOf(path: string, known = sources): Source | undefined {
  const [, id] = /(?:^|[/\\])source=([^/\\]+)[/\\]date=[^/\\]+[/\\][^/\\]+$/.exec(path) ?? []
  return known.find(source => source.id === id)
}

/** Events without a time are inside; they have files of their own, in which no event has one. */
function within({ from, to }: ParquetBounds): Sql {
  const parts = [
    ...(from === undefined ? [] : [sql`event_ms >= ${integer(Math.ceil(from))}`]),
    ...(to === undefined ? [] : [sql`event_ms < ${integer(Math.ceil(to))}`]),
  ]
  return parts.length === 0 ? sql`` : sql` WHERE event_ms IS NULL OR (${join(parts, ' AND ')})`
}
