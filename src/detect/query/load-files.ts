import type { Database } from '../../engines/duckdb/database.ts'
import type { InputFile } from '../../engines/files/list.ts'
import type { Sweep } from '../../engines/files/sweep.ts'
import type { Pipeline } from '../../plan/pipeline.ts'
import { scanFiles } from '../scan-inputs.ts'
import { eventTable } from './event-table.ts'
import type { QueryOptions } from './options.ts'
import { eventBounds, rowJob } from './row-job.ts'

export interface LoadedEvents {
  readonly events: Pipeline
  readonly swept: Pick<Sweep, 'files' | 'distinct' | 'conflicting' | 'seen' | 'sources'>
}

/** Reads files and loads those events that can matter to the search. */
export async function loadFiles(
  files: readonly InputFile[],
  options: QueryOptions,
  database: Database,
): Promise<LoadedEvents> {
  const work = { rules: [], profile: false, generic: true, rows: [rowJob(options)] }
  const swept = await scanFiles(files, { ...options, ...eventBounds(options) }, work, database.folder)
  await swept.close()
  return { events: await eventTable(swept.rows, swept.repeats, database), swept }
}
