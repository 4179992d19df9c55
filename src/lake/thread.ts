import { Worker } from 'node:worker_threads'
import { engineReadsEnded, followed } from '../engines/files/engine-reads.ts'
import type { InputFile } from '../engines/files/list.ts'
import { EventSpooler, type Spooled, type SpooledFile, type SpoolJob } from './spooler.ts'

export type ToSpooler =
  | { readonly kind: 'read'; readonly input: InputFile; readonly number: number }
  | { readonly kind: 'finish' }

export type FromSpooler =
  | { readonly kind: 'read'; readonly file: SpooledFile }
  | { readonly kind: 'finish'; readonly spooled: Spooled }

/** Somebody who reads one file at a time. */
export interface SpoolThread {
  read(input: InputFile, number: number): Promise<SpooledFile>
  finish(): Promise<Spooled>
  close(): Promise<void>
}

/** Reads in this very thread: for little data it is done before a worker has started. */
export function localSpooler(job: SpoolJob, stop: Int32Array): SpoolThread {
  const spooler = new EventSpooler(job, '0')
  return {
    read: async (input, number) => {
      // Signals are heard between files.
      await new Promise(resolve => setImmediate(resolve))
      return spooler.read(input, number, () => Atomics.load(stop, 0) === 0)
    },
    finish: async () => spooler.finish(),
    close: async () => {},
  }
}

/** Events are garbage soon: with twice the usual room for what is new, less of it is looked at again. */
const ROOM = { maxYoungGenerationSizeMb: 96 }

/** Reads in a worker thread. */
export function workerSpooler(job: SpoolJob, thread: string, stop: Int32Array): SpoolThread {
  const worker = new Worker(workerFile(), { workerData: { job, thread, stop }, resourceLimits: ROOM })
  let settle: { resolve(answer: FromSpooler): void; reject(error: Error): void } | undefined
  let failed: Error | undefined
  worker.on('message', (answer: FromSpooler) => settle?.resolve(answer))
  worker.on('error', error => {
    failed = error instanceof Error ? error : new Error(String(error))
    settle?.reject(failed)
  })
  const ask = async (message: ToSpooler): Promise<FromSpooler> => {
    if (failed !== undefined) throw failed
    return new Promise((resolve, reject) => {
      settle = { resolve, reject }
      worker.postMessage(message)
    })
  }
  return {
    read: async (input, number) => {
      const answer = await followed(input, ask({ kind: 'read', input, number }))
      if (answer.kind !== 'read') throw new Error(`bug: a thread answered ${answer.kind}`)
      return answer.file
    },
    finish: async () => {
      const answer = await ask({ kind: 'finish' })
      if (answer.kind !== 'finish') throw new Error(`bug: a thread answered ${answer.kind}`)
      return answer.spooled
    },
    close: async () => {
      await engineReadsEnded()
      await worker.terminate()
    },
  }
}

/** The compiled worker, also when this file itself runs from its TypeScript source. */
function workerFile(): URL {
  return new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/lake/spool-worker.js' : './spool-worker.js',
    import.meta.url,
  )
}
