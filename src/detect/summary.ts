import { isoTime } from '../core/time.ts'
import { countSums } from '../engines/files/count-sums.ts'
import {
  COUNT_PARTITIONS,
  type CountChunks,
  type Counted,
  type Numbers,
} from '../engines/files/event-counts.ts'
import type { Ledger } from '../findings/ledger.ts'
import { type KindCounts, SUMMARY_KINDS, type Summary, type ValueCount } from '../findings/summary.ts'
import { ledgerOf } from './ledger.ts'
import type { ScanOptions } from './options.ts'
import { overTime, type Spans } from './over-time.ts'
import { scanInputs } from './scan-inputs.ts'

export interface SummaryOptions extends ScanOptions {
  /** Values of each kind that are told one by one. */
  readonly top: number
}

export interface SummaryResult {
  readonly summary: Summary
  readonly ledger: Ledger
  readonly interrupted: boolean
}

/** Counts the distinct events of some logs by what they say; exact, in bounded memory. Throws only if the world fails. */
export async function summary(options: SummaryOptions): Promise<SummaryResult> {
  const work = { rules: [], profile: false, count: true }
  return scanInputs(options, work, ({ input, swept, interrupted }) => {
    const rules = { rules: [], refused: [], problems: [] }
    const remains = {
      options: { rules, strict: false },
      input,
      swept,
      running: [],
      hits: new Map(),
      interrupted,
    }
    const ledger = ledgerOf(remains)
    const chunks = swept.counts.flatMap(counted => counted.chunks)
    const times = timesOf(swept.counts)
    return { summary: { ...summaryOf(ledger, gather(chunks, options.top)), ...times }, ledger, interrupted }
  })
}

interface Gathered {
  readonly by: Summary['by']
  readonly spans: Spans
  readonly succeeded: number
  readonly denied: number
}

/** Adds up what the threads counted, one partition of the values at a time. */
function gather(chunks: readonly CountChunks[], most: number): Gathered {
  const spans = new Map<number, Numbers>()
  const tops = new Map(SUMMARY_KINDS.map(kind => [kind, new Top(most)]))
  let succeeded = 0
  let denied = 0
  for (let partition = 0; partition < COUNT_PARTITIONS; partition++) {
    const sums = countSums(chunks.filter(chunk => chunk.partition === partition))
    for (const [kind, top] of tops) top.add(sums.get(kind) ?? new Map())
    for (const [span, numbers] of sums.get('time') ?? []) spans.set(Number(span), numbers)
    for (const [, numbers] of sums.get('source') ?? []) {
      succeeded += numbers[1]
      denied += numbers[2]
    }
  }
  const by = Object.fromEntries([...tops].map(([kind, top]) => [kind, top.report()]))
  return { by: by as Summary['by'], spans, succeeded, denied }
}

/** The most frequent of values that come in parts, each value in one part only. */
class Top {
  private readonly most: number
  private distinct = 0
  private events = 0
  private values: readonly ValueCount[] = []

  constructor(most: number) {
    this.most = most
  }

  add(part: ReadonlyMap<string, Numbers>): void {
    const values = [...part].map(([value, [events, succeeded, denied]]) => ({
      value,
      events,
      succeeded,
      denied,
    }))
    this.distinct += values.length
    for (const { events } of values) this.events += events
    const all = [...this.values, ...values]
    this.values = all.sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1)).slice(0, this.most)
  }

  report(): KindCounts {
    const { distinct, events, values: top } = this
    return { distinct, events, top }
  }
}

function timesOf(counted: readonly Counted[]): Pick<Summary, 'first_time' | 'last_time'> {
  const first = counted.reduce((least, { earliest }) => Math.min(least, earliest), Number.POSITIVE_INFINITY)
  const last = counted.reduce((most, { latest }) => Math.max(most, latest), Number.NEGATIVE_INFINITY)
  return first > last
    ? { first_time: '', last_time: '' }
    : { first_time: isoTime(first), last_time: isoTime(last) }
}

function summaryOf(
  { totals }: Ledger,
  { by, spans, succeeded, denied }: Gathered,
): Omit<Summary, 'first_time' | 'last_time'> {
  const { files, bytes, unpacked, records, duplicates, conflicting, outside, failed, apart } = totals
  return {
    files,
    bytes,
    unpacked,
    records,
    events: totals.distinct,
    duplicates,
    conflicting,
    outside,
    failed,
    apart,
    succeeded,
    denied,
    by,
    over_time: overTime(spans, totals.distinct),
  }
}
