import type { Database } from '../../engines/duckdb/database.ts'
import type { InputFile } from '../../engines/files/list.ts'
import type { Sweep } from '../../engines/files/sweep.ts'
import { scanFiles } from '../scan-inputs.ts'
import { type EventTable, eventTable } from './event-table.ts'
import type { QueryOptions } from './options.ts'
import { rowJob, timeBounds } from './row-job.ts'

export interface LoadedEvents extends EventTable {
  readonly swept: Pick<Sweep, 'files' | 'distinct' | 'conflicting' | 'seen' | 'sources'>
}

/** Reads files and loads those events that can matter to the search. */
export async function loadFiles(
  files: readonly InputFile[],
  options: QueryOptions,
  database: Database,
): Promise<LoadedEvents> {
  const work = { rules: [], profile: false, generic: true, rows: [rowJob(options)] }
  const swept = await scanFiles(files, { ...options, ...timeBounds(options) }, work, database.folder)
  await swept.close()
  return { ...(await eventTable(swept.rows, database)), swept }
}
