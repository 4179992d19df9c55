import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { actionText } from '../../core/action-text.ts'
import type { NormalEvent } from '../../core/event.ts'
import { shortText } from '../../scan/matched.ts'

/** What events are counted by. `time` holds the number of the span of five minutes since 1970. */
export const COUNTED_BY = [
  'source',
  'action',
  'actor',
  'region',
  'error',
  'address',
  'account',
  'user_agent',
  'time',
] as const
export type CountedBy = (typeof COUNTED_BY)[number]

/** ms */
export const TIME_SPAN = 300_000

export const COUNT_PARTITIONS = 64

/** Values of one kind, and the numbers of each: events, succeeded, denied. */
export interface PackedCounts {
  readonly by: CountedBy
  readonly values: readonly string[]
  readonly numbers: Float64Array
}

/** What one thread counted of the values of one partition: in memory, and in a file. */
export interface CountChunks {
  readonly partition: number
  readonly counts: readonly PackedCounts[]
  readonly file?: string
}

/** What one thread counted. */
export interface Counted {
  readonly chunks: readonly CountChunks[]
  /** UTC ms, of events with a time; infinite if there is none. */
  readonly earliest: number
  readonly latest: number
}

/** What is told of a value. */
export type Numbers = [events: number, succeeded: number, denied: number]
type Counts = ReadonlyMap<CountedBy, Map<string, Numbers>>

/**
 * Counts events by what they say. An event can be taken off again, also by another thread than the one that counted it:
 * only the sums mean something. Past so many different values they go to files in `folder`, so that the sums
 * stay exact.
 */
export class EventCounts {
  private counts = empty()
  private held = 0
  private earliest = Number.POSITIVE_INFINITY
  private latest = Number.NEGATIVE_INFINITY
  private readonly most: number
  private readonly fileOf: (partition: number) => string

  constructor(options: { readonly most: number; readonly folder: string; readonly name: string }) {
    this.most = options.most
    this.fileOf = partition => join(options.folder, `counts-${options.name}-${partition}`)
  }

  /** @param weight 1, or -1 to take the event off */
  add(source: string, event: NormalEvent, weight: 1 | -1): void {
    const { actor, time, outcome } = event
    const one: Numbers = [weight, outcome === 'succeeded' ? weight : 0, outcome === 'denied' ? weight : 0]
    this.count('source', source, one)
    this.count('action', actionText(event), one)
    this.count('actor', actor.principal, one)
    this.count('region', event.region, one)
    this.count('error', event.error, one)
    this.count('address', event.address, one)
    this.count('account', event.account, one)
    this.count('user_agent', event.userAgent, one)
    if (time !== undefined) this.countTime(time, one)
    if (this.held > this.most) this.spill()
  }

  /** Everything counted, and nothing kept. */
  take(): Counted {
    const chunks = this.empty().map((counts, partition) => {
      const file = this.fileOf(partition)
      return { partition, counts, ...(existsSync(file) ? { file } : {}) }
    })
    return { chunks, earliest: this.earliest, latest: this.latest }
  }

  private countTime(time: number, one: Numbers): void {
    if (time < this.earliest) this.earliest = time
    if (time > this.latest) this.latest = time
    this.count('time', String(Math.floor(time / TIME_SPAN)), one)
  }

  private count(by: CountedBy, value: string | undefined, one: Numbers): void {
    if (value === undefined || value === '') return
    const counts = this.counts.get(by)
    const key = shortText(value)
    const known = counts?.get(key)
    if (known === undefined) {
      counts?.set(key, [...one])
      this.held++
    } else {
      known[0] += one[0]
      known[1] += one[1]
      known[2] += one[2]
    }
  }

  private spill(): void {
    this.empty().forEach((counts, partition) => {
      if (counts.length === 0) return
      const bytes = serialize(counts)
      const length = Buffer.alloc(4)
      length.writeUInt32LE(bytes.length)
      appendFileSync(this.fileOf(partition), Buffer.concat([length, bytes]))
    })
  }

  /** Packs what is in memory, by partition, and starts anew. */
  private empty(): readonly (readonly PackedCounts[])[] {
    const packed = Array.from({ length: COUNT_PARTITIONS }, (): PackedCounts[] => [])
    for (const [by, counts] of this.counts) packInto(packed, by, counts)
    this.counts = empty()
    this.held = 0
    return packed
  }
}

function empty(): Counts {
  return new Map(COUNTED_BY.map(by => [by, new Map<string, Numbers>()]))
}

function packInto(
  packed: readonly PackedCounts[][],
  by: CountedBy,
  counts: ReadonlyMap<string, Numbers>,
): void {
  const parts = packed.map(() => ({ values: [] as string[], numbers: [] as number[] }))
  for (const [value, numbers] of counts) {
    const part = parts[partitionOf(value)]
    part?.values.push(value)
    part?.numbers.push(...numbers)
  }
  parts.forEach(({ values, numbers }, partition) => {
    if (values.length > 0) packed[partition]?.push({ by, values, numbers: Float64Array.from(numbers) })
  })
}

/** FNV-1a: the same for a value in every thread. */
function partitionOf(value: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193)
  return (hash >>> 0) % COUNT_PARTITIONS
}
