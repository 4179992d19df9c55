import { join } from 'node:path'
import type { FoundEvent } from './member-events.ts'
import { RowTaker, type TakenRows } from './row-taker.ts'
import type { ScanJob } from './scan-job.ts'

/** More than one file has events. */
const FILE = 2 ** 32

/** Makes rows for all searches of a job; one for each thread. Rows are numbered by file, then by event. */
export class RowTakers {
  private readonly takers: readonly RowTaker[]
  private place = 0

  constructor({ rows = [], folder }: Pick<ScanJob, 'rows' | 'folder'>, thread: string) {
    this.takers = rows.map(job => new RowTaker(job, join(folder, `${job.table}-${thread}.jsonl`)))
  }

  /** The events that follow are of this file. */
  begin(file: number): void {
    this.place = file * FILE
  }

  take(found: FoundEvent): void {
    for (const taker of this.takers) taker.take(found, this.place)
    this.place++
  }

  end(): readonly TakenRows[] {
    return this.takers.map(taker => taker.end())
  }
}
