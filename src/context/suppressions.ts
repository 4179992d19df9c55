import { entryName, type Row } from './row.ts'

/** What an approval hid or marked as approved. */
export interface Suppression {
  /** `approved_transfers.yaml:12 (CHG-1)` */
  readonly entry: string
  readonly table: string
  readonly count: number
  /** The first ids in alphabetical order, at most 20. */
  readonly samples: readonly string[]
}

const MOST_SAMPLES = 20

/** Counts what each approval hid. Memory grows with the entries, and the result does not depend on the order. */
export class Suppressions {
  private readonly counts = new Map<Row, { count: number; readonly samples: string[] }>()

  record(row: Row, id: string): void {
    let one = this.counts.get(row)
    if (one === undefined) {
      one = { count: 0, samples: [] }
      this.counts.set(row, one)
    }
    one.count += 1
    const last = one.samples.at(-1)
    if (id === '' || one.samples.includes(id)) return
    if (one.samples.length === MOST_SAMPLES && last !== undefined && id > last) return
    one.samples.push(id)
    one.samples.sort()
    one.samples.splice(MOST_SAMPLES)
  }

  /** The entry that hid most first. */
  list(): readonly Suppression[] {
    return [...this.counts]
      .map(([row, { count, samples }]) => ({ entry: entryName(row), table: row.table, count, samples }))
      .sort((a, b) => b.count - a.count || (a.entry < b.entry ? -1 : 1))
  }
}
