import { join as joinPath } from 'node:path'
import type { JsonObject } from '../core/json.ts'
import type { Database } from '../engines/duckdb/database.ts'
import { storedFile } from '../engines/duckdb/stored-file.ts'
import type { Source } from '../sources/source.ts'
import { sources } from '../sources/sources.ts'
import { join, sql } from '../sql/sql.ts'
import { overlaps, timeConditions } from './file-times.ts'
import { pushedDown } from './push-down.ts'
import type { LakeRead } from './read.ts'

/** An event as it stands in the lake. */
export interface StoredEvent {
  readonly source: Source
  readonly record: JsonObject
  readonly text: string
  /** Where it stood when it was ingested. */
  readonly file: string
  readonly number: number
}

/** The lake's events within the time, as they were, of those files and rows that the condition cannot rule out. */
export async function* storedEvents(
  read: Pick<LakeRead, 'lake' | 'manifest' | 'from' | 'to' | 'prefilter'>,
  database: Database,
): AsyncGenerator<StoredEvent> {
  for (const source of sources) {
    const inside = read.manifest.files.filter(file => file.source === source.id && overlaps(file, read))
    const dottedKeys = read.manifest.dottedKeys[source.id] ?? []
    const { files, where } = pushedDown({ source, files: inside, dottedKeys }, read.prefilter)
    for (const { path } of files) {
      const conditions = [...timeConditions(files, read), ...where]
      const kept = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
      const file = storedFile(joinPath(read.lake, ...path.split('/')))
      const rows = database.stream(
        sql`SELECT raw, file, record FROM read_parquet(${file}, hive_partitioning = false)${kept}`,
      )
      for await (const batch of rows) {
        for (const [text, name, number] of batch) {
          const raw = String(text)
          const record = JSON.parse(raw) as JsonObject
          yield { source, record, text: raw, file: String(name), number: Number(number) }
        }
      }
    }
  }
}
