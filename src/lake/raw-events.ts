import { join as joinPath } from 'node:path'
import type { JsonObject } from '../core/json.ts'
import type { Database } from '../engines/duckdb/database.ts'
import { storedFile } from '../engines/duckdb/stored-file.ts'
import { storedSources } from '../sources/known.ts'
import type { Source } from '../sources/source.ts'
import { join, sql } from '../sql/sql.ts'
import { overlaps, timeConditions } from './file-times.ts'
import { pushedDown } from './push-down.ts'
import type { LakeRead } from './read.ts'

/** An event as it stands in the lake. */
export interface StoredEvent {
  readonly source: Source
  readonly record: JsonObject
  /** As it stood in the file. */
  readonly text: string
  /** `text` is not the JSON of `record`, which was made of it. */
  readonly made: boolean
  /** What a collector says of it. */
  readonly around: JsonObject | undefined
  /** Where it stood when it was ingested. */
  readonly file: string
  readonly number: number
  /** The condition is true for it; otherwise it may be. */
  readonly sure: boolean
}

type EventsRead = Pick<LakeRead, 'lake' | 'manifest' | 'from' | 'to' | 'conditionFor'>

/** The lake's events within the time, as they were, of those files and rows that the condition cannot rule out. */
export async function* storedEvents(read: EventsRead, database: Database): AsyncGenerator<StoredEvent> {
  // Events of one time come as they stand in the files.
  await database.execute(sql`SET preserve_insertion_order = true`)
  try {
    for (const source of storedSources(read.manifest.maps)) yield* eventsOf(source, read, database)
  } finally {
    await database.execute(sql`SET preserve_insertion_order = false`)
  }
}

async function* eventsOf(source: Source, read: EventsRead, database: Database): AsyncGenerator<StoredEvent> {
  const { lake, manifest, conditionFor } = read
  const inside = manifest.files.filter(file => file.source === source.id && overlaps(file, read))
  const condition = inside.length === 0 ? undefined : conditionFor?.(source)
  const target = { source, files: inside, manifest }
  const { files, where, open } = pushedDown(target, condition && { ...condition, cheap: false })
  if (files.length === 0) return
  const paths = files.map(({ path }) => storedFile(joinPath(lake, ...path.split('/'))))
  const conditions = [...timeConditions(files, read), ...where]
  const kept = conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, ' AND ')}`
  const rows = database.stream(
    sql`SELECT raw, message, around, file, record, ${open ?? sql`FALSE`}
      FROM read_parquet([${join(paths, ', ')}], hive_partitioning = false)${kept}`,
  )
  for await (const batch of rows) {
    for (const [raw, message, said, name, number, isOpen] of batch) {
      const record = JSON.parse(String(raw)) as JsonObject
      const made = message !== null
      const text = String(made ? message : raw)
      const around = said === null ? undefined : (JSON.parse(String(said)) as JsonObject)
      const place = { file: String(name), number: Number(number) }
      yield { source, record, text, made, around, ...place, sure: isOpen === false }
    }
  }
}
