import type { ByteSpool, Stored } from './byte-spool.ts'
import { Contents, type PackedContents } from './contents.ts'
import { comparePlaces, type EvidencePlace, type EvidenceStore, isAfter } from './evidence-store.ts'
import type { Evidence } from './finding.ts'
import type { Hit } from './hit.ts'
import { Texts } from './texts.ts'

/** Evidence of one finding: the earliest by time, file, record. */
const MOST_EVIDENCE = 10_000

/** What all clusters of one hunt share. */
export interface Shared {
  readonly texts: Texts
  readonly evidence: EvidenceStore
  /** Takes what clusters pack. */
  readonly spool: ByteSpool
}

/** Where a part of a cluster lies that was packed. */
interface Part {
  readonly contents: Stored
  readonly evidence: Stored
}

/**
 * What is known of a finding while hits still come: its times, counts of values, and rows of evidence. All but the
 * times and the number of hits can be packed away; what comes later is counted anew, and put together when asked for.
 */
export class Cluster {
  /** Times of its hits. */
  first: number
  last: number
  /** From when to when hits belong to it: what its hits are a part of may be longer than they are. */
  from: number
  to: number
  count = 0
  private live: Contents | undefined
  private rows: number[] = []
  /** Evidence that 9,999 others precede: nothing after it is among the earliest. */
  private bound: EvidencePlace | undefined
  private parts: readonly Part[] = []
  private readonly shared: Shared

  constructor(time: number, shared: Shared) {
    this.first = time
    this.last = time
    this.from = time
    this.to = time
    this.shared = shared
  }

  reach(from: number, to: number): void {
    if (from < this.from) this.from = from
    if (to > this.to) this.to = to
  }

  add(hit: Hit, time: number): void {
    if (time < this.first) this.first = time
    if (time > this.last) this.last = time
    this.count += 1
    this.live ??= new Contents(this.shared.texts)
    this.live.add(hit)
    this.addEvidence(hit, time)
  }

  /** Takes over all that another cluster holds; the other must not be used again. */
  absorb(other: Cluster): void {
    this.first = Math.min(this.first, other.first)
    this.last = Math.max(this.last, other.last)
    this.reach(other.from, other.to)
    this.count += other.count
    this.parts = this.parts.concat(other.parts)
    if (this.live === undefined) this.live = other.live
    else if (other.live !== undefined) this.live.absorb(other.live.pack())
    this.rows = this.rows.concat(other.rows)
    const { bound } = other
    if (bound !== undefined && (this.bound === undefined || comparePlaces(bound, this.bound) < 0))
      this.bound = bound
    if (this.rows.length >= 2 * MOST_EVIDENCE) this.cutEvidence()
    other.live = undefined
    other.rows = []
  }

  /** Leaves the times and the number of hits in memory, and puts the rest where it can be read again. */
  pack(): void {
    if (this.live === undefined) return
    const { evidence, spool } = this.shared
    this.cutEvidence()
    const part = {
      contents: spool.add(Buffer.from(JSON.stringify(this.live.pack()))),
      evidence: spool.add(evidence.pack(this.rows)),
    }
    this.parts = [...this.parts, part]
    this.release()
  }

  /** Gives up what it holds in memory. */
  release(): void {
    this.shared.evidence.release(this.rows)
    this.rows = []
    this.live = undefined
  }

  /** What its hits say; made anew each time. */
  contents(): PackedContents {
    const packed = this.parts.map(part => this.read(part))
    if (this.live !== undefined) packed.push(this.live.pack())
    const [only] = packed
    if (only !== undefined && packed.length === 1) return only
    const whole = new Contents(new Texts())
    for (const one of packed) whole.absorb(one)
    return whole.pack()
  }

  /** The earliest evidence, in order; made anew each time. */
  earliest(): readonly Evidence[] {
    const { evidence, spool } = this.shared
    this.cutEvidence()
    if (this.parts.length === 0) return this.rows.map(row => evidence.get(row))
    let rows = evidence.unpack(evidence.pack(this.rows))
    for (const part of this.parts) {
      const more = evidence.sorted([...rows, ...evidence.unpack(spool.read(part.evidence))])
      evidence.release(more.slice(MOST_EVIDENCE))
      rows = more.slice(0, MOST_EVIDENCE)
    }
    const earliest = rows.map(row => evidence.get(row))
    evidence.release(rows)
    return earliest
  }

  private read({ contents }: Part): PackedContents {
    return JSON.parse(this.shared.spool.read(contents).toString()) as PackedContents
  }

  private addEvidence(hit: Hit, time: number): void {
    const { evidence } = this.shared
    if (this.bound !== undefined && isAfter(hit.evidence, time, this.bound)) return
    this.rows.push(evidence.put(hit.evidence, time))
    if (this.rows.length >= 2 * MOST_EVIDENCE) this.cutEvidence()
  }

  private cutEvidence(): void {
    const { evidence } = this.shared
    const rows = evidence.sorted(this.rows)
    evidence.release(rows.slice(MOST_EVIDENCE))
    this.rows = rows.slice(0, MOST_EVIDENCE)
    const last = this.rows[MOST_EVIDENCE - 1]
    if (last !== undefined) this.bound = evidence.place(last)
  }
}
