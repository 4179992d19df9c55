import type { Database } from '../../engines/duckdb/database.ts'
import { readManifest } from '../../lake/manifest.ts'
import { storedEvents } from '../../lake/raw-events.ts'
import { lakeEvents } from '../../lake/read.ts'
import { EventLoader, timeBounds } from './event-loader.ts'
import type { LoadedEvents } from './load-files.ts'
import type { QueryOptions } from './options.ts'

/**
 * The events of a lake. A search that says which fields it reads has them from their columns; one that may read any
 * gets the events that can matter loaded, as from files.
 */
export async function loadLake(
  lake: string,
  options: QueryOptions,
  database: Database,
): Promise<LoadedEvents> {
  const { search, style } = options
  const { wish, prefilter } = search
  const manifest = readManifest(lake)
  const read = {
    lake,
    manifest,
    style,
    wish,
    ...timeBounds(options),
    ...(prefilter === undefined ? {} : { prefilter }),
  }
  if (!wish.all) return { events: lakeEvents(read, database), files: [], copies: 0 }
  const loader = new EventLoader(options, database)
  for await (const event of storedEvents(read, database)) {
    if (Atomics.load(options.stop, 0) !== 0) break
    loader.add(event)
  }
  return { ...(await loader.finish()), files: [] }
}
