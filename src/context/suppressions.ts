import { isoTime } from '../core/time.ts'
import { cell, entryName, type Row } from './row.ts'

/** What an approval hid or marked as approved. */
export interface Suppression {
  /** `approved_transfers.yaml:12 (CHG-1)` */
  readonly entry: string
  readonly table: string
  readonly owner?: string
  readonly reason?: string
  /** UTC, as ISO 8601. */
  readonly expires?: string
  readonly count: number
  /** Of the first and the last event, UTC, as far as their times are known. */
  readonly first_time?: string
  readonly last_time?: string
  /** The first ids in alphabetical order, at most 20. */
  readonly samples: readonly string[]
}

const MOST_SAMPLES = 20

interface Count {
  count: number
  first: number
  last: number
  readonly samples: string[]
}

/** Counts what each approval hid. Memory grows with the entries, and the result does not depend on the order. */
export class Suppressions {
  private readonly counts = new Map<Row | string, Count>()

  /**
   * @param approval the entry, or the name of its table if it cannot be told which
   * @param id of an event, empty if it has none @param time of it, UTC ms
   */
  record(approval: Row | string, id: string, time?: number): void {
    let one = this.counts.get(approval)
    if (one === undefined) {
      one = { count: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY, samples: [] }
      this.counts.set(approval, one)
    }
    one.count += 1
    one.first = Math.min(one.first, time ?? one.first)
    one.last = Math.max(one.last, time ?? one.last)
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
      .map(([approval, count]) => suppression(approval, count))
      .sort((a, b) => b.count - a.count || (a.entry < b.entry ? -1 : 1))
  }
}

function suppression(approval: Row | string, { count, first, last, samples }: Count): Suppression {
  return {
    ...(typeof approval === 'string' ? untold(approval) : told(approval)),
    count,
    ...(first > last ? {} : { first_time: isoTime(first), last_time: isoTime(last) }),
    samples,
  }
}

type Told = Pick<Suppression, 'entry' | 'table' | 'owner' | 'reason' | 'expires'>

function told(row: Row): Told {
  const [owner, reason] = [cell(row, 'owner'), cell(row, 'reason')]
  return {
    entry: entryName(row),
    table: row.table,
    ...(owner === undefined ? {} : { owner }),
    ...(reason === undefined ? {} : { reason }),
    ...(row.validity === undefined ? {} : { expires: isoTime(row.validity.expires) }),
  }
}

function untold(table: string): Told {
  return { entry: `${table} (which entry cannot be told)`, table }
}
