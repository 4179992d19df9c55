import { join } from 'node:path'
import type { Hit } from '../core/hit.ts'
import { RUN } from '../engines/files/bare-store.ts'
import { byTime, type HitSignal } from '../engines/files/hit-signal.ts'
import { RunSorter, type SortedRuns } from '../engines/files/sorted-runs.ts'
import type { SweptHit } from '../engines/files/sweep.ts'

/** Whole hits as signals for rules that remember. */
export class WholeSignals {
  private readonly carry: readonly (readonly string[])[]
  private readonly sorter: RunSorter<HitSignal>
  /** Number of a rule -> hits that are no signals, since nobody knows when they were. */
  readonly timeless = new Map<number, number>()

  /** @param carry for each rule the fields that are carried @param folder for what does not fit in memory */
  constructor(carry: readonly (readonly string[])[], folder: string) {
    this.carry = carry
    this.sorter = new RunSorter({ ...byTime, file: join(folder, 'signals-whole'), run: RUN })
  }

  /** @param hit as it is known; the rest as it was swept */
  add(hit: Hit, { file, record, time, id }: SweptHit): void {
    const { rule, carried = [] } = hit
    if (Number.isNaN(time)) {
      this.timeless.set(rule, (this.timeless.get(rule) ?? 0) + 1)
      return
    }
    const values = (name: string): readonly string[] =>
      carried.flatMap(({ field, value }) => (field === name ? [value] : []))
    this.sorter.add({ rule, file, record, time, id, carried: (this.carry[rule] ?? []).map(values) })
  }

  finish(): SortedRuns {
    return this.sorter.finish()
  }

  close(): void {
    this.sorter.close()
  }
}
