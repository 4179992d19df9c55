import { knownSources } from '../../sources/known.ts'
import type { Source } from '../../sources/source.ts'
import { type Conflicts, settle } from './conflicts.ts'
import { type Copies, findCopies } from './copies.ts'
import { drain } from './drain.ts'
import type { Counted } from './event-counts.ts'
import type { IdChunks } from './event-ids.ts'
import { type PlacedHit, unpackHits } from './hit-codec.ts'
import { HitSpool } from './hit-spool.ts'
import type { InputFile } from './list.ts'
import type { TakenRows } from './row-taker.ts'
import type { ScanEnd, ScanJob, ScannedFile } from './scan-job.ts'
import { StateThreads } from './state-threads.ts'
import { localThread, type ScanThread, type ThreadNews, workerThread } from './thread.ts'

/** A hit with the number of its file, and whether its event was seen before. */
export interface SweptHit extends PlacedHit {
  readonly file: number
  /** The same event, word for word or in content, is in an earlier record. */
  readonly repeat: boolean
  /** Other records with this event's id differ from it. */
  readonly conflicting: boolean
}

/** What came of reading all files with all rules. */
export interface Sweep {
  /** In the order of the files; a file that was not reached is missing. */
  readonly files: readonly SweptFile[]
  /** Events with an id, each once. */
  readonly distinct: number
  /** Ids whose copies differ in content. */
  readonly conflicting: number
  /** File -> records in it that say what an earlier one says. */
  readonly repeats: Copies['repeats']
  readonly seen: ReadonlySet<string>
  readonly sources: ReadonlySet<string>
  /** Every log that was known. */
  readonly known: readonly Source[]
  /** Rule -> ms. */
  readonly costs: readonly number[]
  /** Numbers of the gates that let an event through. */
  readonly passed: ReadonlySet<number>
  /** The rows that the threads made for searches. */
  readonly rows: readonly TakenRows[]
  /** What each thread counted, if that was wanted: together they are exact for distinct events. */
  readonly counts: readonly Counted[]
  /** All hits by file, record and rule. */
  hits(): Iterable<SweptHit>
  /** What rules that remember want of the threads, if there are such rules; until it is closed. */
  readonly states: StateThreads | undefined
  close(): Promise<void>
}

export interface SweptFile extends ScannedFile {
  readonly number: number
  readonly duplicates: number
}

export interface SweepOptions {
  readonly threads: number
  /** Bytes of hits kept in memory. */
  readonly hitBudget: number
  readonly progress: (bytes: number, events: number) => void
  readonly fileDone: (file: ScannedFile) => void
  /** Set its first element to stop after what is under way. */
  readonly stop: Int32Array
}

/** Runs the rules over the files on several threads. The result does not depend on their number or speed. */
export async function sweep(
  files: readonly InputFile[],
  job: ScanJob,
  options: SweepOptions,
): Promise<Sweep> {
  const spool = new HitSpool({ budget: options.hitBudget, folder: job.folder, name: 'hits' })
  let states: StateThreads | undefined
  const news: ThreadNews = {
    hits: (file, bytes) => (states === undefined ? spool.add(file, bytes) : states.given(file, bytes)),
    progress: options.progress,
  }
  const threads = startThreads(job, news, options)
  const close = async (): Promise<void> => {
    await Promise.all(threads.map(thread => thread.close()))
  }
  try {
    const owners = new Map<number, number>()
    const scanned = await scanAll(files, threads, { ...options, owners })
    const ends = await Promise.all(threads.map(thread => thread.end()))
    const copies = findCopies(ends.flatMap((end): readonly IdChunks[] => end.ids))
    const conflicts = await settle(copies, files, threads)
    const counts = job.count === true ? await countsOf(threads, files, copies.repeats, conflicts.later) : []
    if ((job.correlations ?? []).length === 0) await close()
    else {
      const noted = ends.map(end => end.noted)
      const { repeats } = copies
      states = new StateThreads({
        job,
        files,
        threads,
        owners,
        noted,
        repeats,
        conflicting: conflicts.records,
      })
    }
    const known = knownSources(job.maps)
    return report({ scanned, ends, copies, conflicts, spool, counts, known, states, close })
  } catch (error) {
    await close()
    throw error
  }
}

function startThreads(job: ScanJob, news: ThreadNews, options: SweepOptions): readonly ScanThread[] {
  if (options.threads <= 1) return [localThread(job, news, options.stop)]
  return Array.from({ length: options.threads }, (_, thread) =>
    workerThread(job, String(thread), news, options.stop),
  )
}

async function scanAll(
  files: readonly InputFile[],
  threads: readonly ScanThread[],
  options: SweepOptions & { readonly owners: Map<number, number> },
): Promise<Map<number, ScannedFile>> {
  const done = new Map<number, ScannedFile>()
  // The largest first, so that no thread is left alone with one at the end.
  const order = files
    .map((_, number) => number)
    .sort((a, b) => (files[b]?.bytes ?? 0) - (files[a]?.bytes ?? 0) || a - b)
  await drain(order, threads, async (thread, number) => {
    const input = files[number]
    if (input === undefined || Atomics.load(options.stop, 0) !== 0) return
    options.owners.set(number, threads.indexOf(thread))
    const result = await thread.scan(input, number)
    done.set(number, result)
    options.fileDone(result)
  })
  return done
}

/** The counts without what was counted twice: the records that repeat others are read again and taken off. */
async function countsOf(
  threads: readonly ScanThread[],
  files: readonly InputFile[],
  ...twice: readonly ReadonlyMap<number, ReadonlySet<number>>[]
): Promise<readonly Counted[]> {
  const work = twice.flatMap(records => [...records])
  await drain(work, threads, async (thread, [number, records]) => {
    const input = files[number]
    if (input !== undefined) await thread.uncount(input, [...records])
  })
  return (await Promise.all(threads.map(thread => thread.counts()))).flat()
}

interface Parts {
  readonly scanned: ReadonlyMap<number, ScannedFile>
  readonly ends: readonly ScanEnd[]
  readonly copies: Copies
  readonly known: readonly Source[]
  readonly conflicts: Conflicts
  readonly spool: HitSpool
  readonly counts: readonly Counted[]
  readonly states: StateThreads | undefined
  readonly close: () => Promise<void>
}

function report({ scanned, ends, copies, conflicts, spool, counts, known, states, close }: Parts): Sweep {
  const numbers = [...scanned.keys()].sort((a, b) => a - b)
  return {
    files: numbers.flatMap(number => {
      const file = scanned.get(number)
      return file === undefined
        ? []
        : [{ ...file, number, duplicates: copies.repeats.get(number)?.size ?? 0 }]
    }),
    distinct: copies.distinct,
    conflicting: conflicts.ids,
    repeats: copies.repeats,
    seen: new Set(ends.flatMap(end => end.seen)),
    sources: new Set(ends.flatMap(end => end.sources)),
    known,
    costs: (ends[0]?.costs ?? []).map((_, rule) =>
      ends.reduce((sum, end) => sum + (end.costs[rule] ?? 0), 0),
    ),
    passed: new Set(ends.flatMap(end => end.passed)),
    rows: ends.flatMap(end => end.rows),
    counts,
    hits: () => swept(spool, copies.repeats, conflicts.records),
    states,
    close: async () => {
      spool.close()
      await close()
    },
  }
}

type Records = ReadonlyMap<number, ReadonlySet<number>>

function* swept(spool: HitSpool, repeats: Records, conflicting: Records): Generator<SweptHit> {
  for (const { file, bytes } of spool.read()) {
    const repeated = repeats.get(file)
    const conflicts = conflicting.get(file)
    for (const { hit, record, time, id } of unpackHits(bytes)) {
      yield {
        hit,
        record,
        time,
        id,
        file,
        repeat: repeated?.has(record) ?? false,
        conflicting: conflicts?.has(record) ?? false,
      }
    }
  }
}
