import { join } from 'node:path'
import type { FoundEvent } from './member-events.ts'
import { RowTaker, type TakenRows } from './row-taker.ts'
import type { ScanJob } from './scan-job.ts'

/** More than one file has records. */
const FILE = 2 ** 32

/** The number of a row: by file, then by record. */
export function rowPlace(file: number, record: number): number {
  return file * FILE + record
}

/** Makes rows for all searches of a job; one for each thread. */
export class RowTakers {
  private readonly takers: readonly RowTaker[]
  private file = 0

  constructor({ rows = [], folder }: Pick<ScanJob, 'rows' | 'folder'>, thread: string) {
    this.takers = rows.map(job => new RowTaker(job, join(folder, `${job.table}-${thread}.jsonl`)))
  }

  /** The events that follow are of this file. */
  begin(file: number): void {
    this.file = file
  }

  take(found: FoundEvent): void {
    if (this.takers.length === 0) return
    const place = rowPlace(this.file, found.ordinal)
    for (const taker of this.takers) taker.take(found, place)
  }

  end(): readonly TakenRows[] {
    return this.takers.map(taker => taker.end())
  }
}
