import { join } from 'node:path'
import type { CorrelationRule } from '../../plan/state-rule.ts'
import { hopesOf, type Noted } from '../../state/prospects.ts'
import { type BareShare, bareBases, RUN } from './bare-store.ts'
import { type PlacedHit, unpackHits } from './hit-codec.ts'
import { byPlace, byTime, type HitSignal } from './hit-signal.ts'
import type { InputFile } from './list.ts'
import type { Remembered, Remembering } from './remember.ts'
import { ruleShares } from './rule-shares.ts'
import type { ScanJob } from './scan-job.ts'
import { mergedRuns, RunSorter, type SortedRuns } from './sorted-runs.ts'
import type { ScanThread } from './thread.ts'

type Records = ReadonlyMap<number, ReadonlySet<number>>

/** A scan that is done, and its threads. */
export interface ScanDone {
  readonly job: ScanJob
  readonly files: readonly InputFile[]
  readonly threads: readonly ScanThread[]
  /** File -> number of the thread that scanned it. */
  readonly owners: ReadonlyMap<number, number>
  /** What each thread noted of its bare hits. */
  readonly noted: readonly Noted[]
  /** File -> records that repeat others, and those whose id stands for different contents. */
  readonly repeats: Records
  readonly conflicting: Records
}

/** What became of all bare hits. */
export interface BareSignals {
  /** Number of a rule -> distinct events. */
  readonly hits: ReadonlyMap<number, number>
  /** Number of a rule -> distinct events without a time; they are no signals. */
  readonly timeless: ReadonlyMap<number, number>
  /** Those of which something may come. */
  readonly signals: readonly SortedRuns[]
}

/** A hit that was made whole, and the number of its file. */
export interface HitAgain extends PlacedHit {
  readonly file: number
}

/**
 * The threads of a scan when they are done with it. They have the bare hits, each its own; they run rules that
 * remember, and make hits whole that these want. The results do not depend on the number of threads.
 */
export class StateThreads {
  private readonly done: ScanDone
  private take: ((hit: HitAgain) => void) | undefined

  constructor(done: ScanDone) {
    this.done = done
  }

  /** Whether the hits of a rule (by its number) are bare. */
  isBare(rule: number): boolean {
    return this.done.job.bare?.[rule] === true
  }

  /** The bare hits as signals. @param keepDuplicates whether copies count as events of their own */
  async bare(keepDuplicates: boolean): Promise<BareSignals> {
    const { job, threads, noted, repeats, conflicting } = this.done
    const { rules, correlations = [], bare = [] } = job
    const bases = bareBases(
      rules.map(({ meta }) => meta.id),
      bare,
    )
    const hopes = hopesOf(correlations, bases, noted)
    const shares = await Promise.all(
      threads.map((thread, own) => {
        const [repeated, conflict] = [repeats, conflicting].map(records =>
          keepDuplicates ? new Map() : this.ownedBy(own, records),
        )
        return thread.share({ hopes, repeats: repeated ?? new Map(), conflicting: conflict ?? new Map() })
      }),
    )
    return this.joined(shares)
  }

  /** Runs the rules, each thread its share. @param weight what it costs to run a rule */
  async remember(
    { rules, ...work }: Remembering,
    weight: (rule: CorrelationRule) => number,
  ): Promise<readonly Remembered[]> {
    const { threads } = this.done
    const shares = ruleShares(rules, threads.length, weight)
    return Promise.all(
      shares.flatMap((share, own) => threads[own]?.remember({ ...work, rules: share }) ?? []),
    )
  }

  /**
   * Makes bare hits whole, in any order; those whose file changed in the meantime are not given.
   * @param wanted file -> records, each followed by the rule that it is a hit of
   */
  async again(wanted: ReadonlyMap<number, Uint32Array>, take: (hit: HitAgain) => void): Promise<void> {
    const { threads, files, owners } = this.done
    this.take = take
    await Promise.all(
      threads.map(async (thread, own) => {
        for (const [file, records] of wanted) {
          const input = files[file]
          if (input !== undefined && owners.get(file) === own) await thread.again(input, file, records)
        }
      }),
    )
    this.take = undefined
  }

  /** Packed hits of a file that were made again. */
  given(file: number, bytes: Uint8Array): void {
    for (const hit of unpackHits(bytes)) this.take?.({ ...hit, file })
  }

  private ownedBy(own: number, records: Records): Records {
    return new Map([...records].filter(([file]) => this.done.owners.get(file) === own))
  }

  /** Of hits in conflict the first of each rule and id counts. */
  private joined(shares: readonly BareShare[]): BareSignals {
    const hits = sums(shares.map(share => share.hits))
    const timeless = sums(shares.map(share => share.timeless))
    const file = join(this.done.job.folder, 'signals-conflicts')
    const sorter = new RunSorter({ ...byTime, file, run: RUN })
    for (const hit of firsts(
      mergedRuns(
        shares.map(({ conflicts }) => conflicts),
        byPlace,
      ),
    )) {
      hits.set(hit.rule, (hits.get(hit.rule) ?? 0) + 1)
      if (!Number.isNaN(hit.time)) sorter.add(hit)
      else timeless.set(hit.rule, (timeless.get(hit.rule) ?? 0) + 1)
    }
    const signals = [...shares.map(share => share.signals), sorter.finish()]
    sorter.close()
    return { hits, timeless, signals }
  }
}

function* firsts(hits: Iterable<HitSignal>): Generator<HitSignal> {
  const seen = new Set<string>()
  for (const hit of hits) {
    const key = `${hit.rule} ${hit.id}`
    if (seen.has(key)) continue
    seen.add(key)
    yield hit
  }
}

function sums(counts: readonly ReadonlyMap<number, number>[]): Map<number, number> {
  const all = new Map<number, number>()
  for (const [rule, count] of counts.flatMap(one => [...one])) all.set(rule, (all.get(rule) ?? 0) + count)
  return all
}
