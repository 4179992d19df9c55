import { setImmediate } from 'node:timers/promises'
import type { Database } from '../../engines/duckdb/database.ts'
import type { InputFile } from '../../engines/files/list.ts'
import { readEvents } from '../../engines/files/read-events.ts'
import type { SweptFile } from '../../engines/files/sweep.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { resources } from '../inputs.ts'
import { EventLoader } from './event-loader.ts'
import type { QueryOptions } from './options.ts'

export interface LoadedEvents {
  readonly events: Pipeline
  readonly files: readonly SweptFile[]
  /** Events that were left out because they are copies of others. */
  readonly copies: number
}

/** Reads files and loads those events that can matter to the search. */
export async function loadFiles(
  files: readonly InputFile[],
  options: QueryOptions,
  database: Database,
): Promise<LoadedEvents> {
  const loader = new EventLoader(options, database)
  const { maxUnpacked, stop, watch } = options
  const { maxRecord, chunk } = resources
  const goOn = (bytes: number): boolean => {
    watch.progress(bytes)
    return Atomics.load(stop, 0) === 0
  }
  const read: SweptFile[] = []
  for (const [number, file] of files.entries()) {
    if (Atomics.load(stop, 0) !== 0) break
    const tally = await readEvents(file, { maxUnpacked, maxRecord, chunk, goOn, generic: true }, loader.add)
    watch.fileDone(tally)
    read.push({ ...tally, ...loader.takeLeft(), withoutId: 0, number, duplicates: 0 })
    await setImmediate()
  }
  return { ...(await loader.finish()), files: read }
}
