import { join } from 'node:path'
import type { Database } from '../../engines/duckdb/database.ts'
import { asksOfPlaces } from '../../engines/files/row-places.ts'
import { RowTaker } from '../../engines/files/row-taker.ts'
import { anywhere, sourceCondition } from '../../engines/files/source-condition.ts'
import type { Manifest } from '../../lake/manifest.ts'
import { storedEvents } from '../../lake/raw-events.ts'
import { lakeEvents } from '../../lake/read.ts'
import { mergedMaps } from '../../sources/known.ts'
import type { Source } from '../../sources/source.ts'
import { eventTable } from './event-table.ts'
import type { LoadedEvents } from './load-files.ts'
import type { QueryOptions } from './options.ts'
import { eventBounds, rowJob } from './row-job.ts'

/**
 * The events of a lake. A search that says which fields it reads has them from their columns; one that may read any
 * gets the events that can matter loaded, as from files.
 */
export async function loadLake(
  { lake, manifest }: { readonly lake: string; readonly manifest: Manifest },
  options: QueryOptions,
  database: Database,
): Promise<LoadedEvents> {
  const { search, style, mapping } = options
  const { wish, logsource } = search
  const { maps = [], places } = options
  // What the databases know is not in the lake.
  const asksElsewhere = places !== undefined && asksOfPlaces(search.prefilter)
  const pushed = asksElsewhere ? anywhere(search) : search
  const read = {
    lake,
    manifest: maps.length === 0 ? manifest : { ...manifest, maps: mergedMaps(maps, manifest.maps ?? []) },
    style,
    wish,
    ...(mapping === undefined ? {} : { mapping }),
    ...eventBounds(options),
    conditionFor: (source: Source) => {
      const condition = sourceCondition(source, pushed)
      return condition && { condition, decides: logsource !== undefined && !asksElsewhere }
    },
  }
  if (!wish.all) return { events: lakeEvents(read, database), swept: NOTHING_SWEPT }
  const taker = new RowTaker(rowJob(options), join(database.folder, 'events.jsonl'))
  let place = 0
  for await (const event of storedEvents(read, database)) {
    if (Atomics.load(options.stop, 0) !== 0) break
    taker.take(event, place++, event.sure)
  }
  return { events: await eventTable([taker.end()], new Map(), database), swept: NOTHING_SWEPT }
}

/** No file was read. */
const NOTHING_SWEPT: LoadedEvents['swept'] = {
  files: [],
  distinct: 0,
  conflicting: 0,
  seen: new Set(),
  sources: new Set(),
}
