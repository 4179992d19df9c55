import { askedWorker, workerBeside } from './asked-worker.ts'
import type { BareRequest, BareShare } from './bare-store.ts'
import type { Place } from './copies.ts'
import type { Counted } from './event-counts.ts'
import { fingerprints } from './fingerprint.ts'
import type { InputFile } from './list.ts'
import { progressOf } from './progress.ts'
import { type Remembered, type Remembering, remember } from './remember.ts'
import { FileScanner } from './scan-file.ts'
import { limitsOf, type ScanEnd, type ScanJob, type ScannedFile } from './scan-job.ts'

export type ToThread =
  | { readonly kind: 'scan'; readonly input: InputFile; readonly number: number }
  | {
      readonly kind: 'fingerprints'
      readonly input: InputFile
      readonly number: number
      readonly records: readonly number[]
    }
  | {
      readonly kind: 'uncount'
      readonly input: InputFile
      readonly records: readonly number[]
    }
  | { readonly kind: 'counts' }
  | { readonly kind: 'end' }
  | { readonly kind: 'share'; readonly request: BareRequest }
  | { readonly kind: 'remember'; readonly work: Remembering }
  | {
      readonly kind: 'again'
      readonly input: InputFile
      readonly number: number
      readonly wanted: Uint32Array
    }

export type FromThread =
  | { readonly kind: 'hits'; readonly file: number; readonly bytes: Uint8Array }
  | { readonly kind: 'progress'; readonly bytes: number; readonly events: number }
  | { readonly kind: 'scanned'; readonly file: number; readonly result: ScannedFile }
  | { readonly kind: 'fingerprints'; readonly places: readonly Fingerprinted[] }
  | { readonly kind: 'uncounted' }
  | { readonly kind: 'counts'; readonly counts: readonly Counted[] }
  | { readonly kind: 'end'; readonly end: ScanEnd }
  | { readonly kind: 'shared'; readonly share: BareShare }
  | { readonly kind: 'remembered'; readonly remembered: Remembered }
  | { readonly kind: 'read-again' }

export type Fingerprinted = Place & { readonly content: string }

/** Where the news of a thread go while it works. */
export interface ThreadNews {
  hits(file: number, bytes: Uint8Array): void
  /** Bytes unpacked and events found since the last time. */
  progress(bytes: number, events: number): void
}

/** Somebody who scans one file at a time. */
export interface ScanThread {
  scan(input: InputFile, number: number): Promise<ScannedFile>
  fingerprints(
    input: InputFile,
    number: number,
    records: readonly number[],
  ): Promise<readonly Fingerprinted[]>
  /** Takes some records of a scanned file off the counts of this thread, whoever counted them. */
  uncount(input: InputFile, records: readonly number[]): Promise<void>
  counts(): Promise<readonly Counted[]>
  end(): Promise<ScanEnd>
  /** Tells the bare hits of this thread apart. */
  share(request: BareRequest): Promise<BareShare>
  /** Runs rules that remember over signals of whatever threads. */
  remember(work: Remembering): Promise<Remembered>
  /** Makes bare hits of a file that this thread scanned whole; they go where hits go. */
  again(input: InputFile, number: number, wanted: Uint32Array): Promise<void>
  close(): Promise<void>
}

/** Scans in this very thread: for little data it is done before a worker has started. */
export function localThread(job: ScanJob, news: ThreadNews, stop: Int32Array): ScanThread {
  let file = 0
  const scanner = new FileScanner(job, '0', { hits: bytes => news.hits(file, bytes) })
  const progress = progressOf(stop, (bytes, events) => news.progress(bytes, events))
  return {
    scan: async (input, number) => {
      file = number
      // Signals are heard between files.
      await new Promise(resolve => setImmediate(resolve))
      progress.begin()
      const scanned = await scanner.scan(input, number, progress.goOn)
      progress.goOn(0, scanned.events)
      return scanned
    },
    fingerprints: (input, number, records) => fingerprints(input, number, new Set(records), limitsOf(job)),
    uncount: (input, records) => scanner.uncount(input, new Set(records)),
    counts: async () => scanner.takeCounts(),
    end: async () => scanner.end(),
    share: async request => scanner.share(request),
    remember: async work => remember(work),
    again: async (input, number, wanted) => {
      file = number
      await scanner.again(input, number, wanted)
    },
    close: async () => scanner.close(),
  }
}

/** Scans in a worker thread. */
export function workerThread(job: ScanJob, name: string, news: ThreadNews, stop: Int32Array): ScanThread {
  const { ask, close } = askedWorker<ToThread, FromThread>(workerBeside(import.meta.url, 'worker.js'), {
    workerData: { job, thread: name, stop },
    news: message => {
      if (message.kind === 'hits') news.hits(message.file, message.bytes)
      else if (message.kind === 'progress') news.progress(message.bytes, message.events)
      else return false
      return true
    },
  })
  return {
    scan: async (input, number) => (await ask({ kind: 'scan', input, number }, 'scanned')).result,
    fingerprints: async (input, number, records) =>
      (await ask({ kind: 'fingerprints', input, number, records }, 'fingerprints')).places,
    uncount: async (input, records) => {
      await ask({ kind: 'uncount', input, records }, 'uncounted')
    },
    counts: async () => (await ask({ kind: 'counts' }, 'counts')).counts,
    end: async () => (await ask({ kind: 'end' }, 'end')).end,
    share: async request => (await ask({ kind: 'share', request }, 'shared')).share,
    remember: async work => (await ask({ kind: 'remember', work }, 'remembered')).remembered,
    again: async (input, number, wanted) => {
      await ask({ kind: 'again', input, number, wanted }, 'read-again')
    },
    close,
  }
}
