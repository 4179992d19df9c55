import { askedWorker, workerBeside } from '../engines/files/asked-worker.ts'
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
const ROOM = 96

/** Reads in a worker thread. */
export function workerSpooler(job: SpoolJob, thread: string, stop: Int32Array): SpoolThread {
  const { ask, close } = askedWorker<ToSpooler, FromSpooler>(
    workerBeside(import.meta.url, 'spool-worker.js'),
    { workerData: { job, thread, stop }, room: ROOM },
  )
  return {
    read: async (input, number) => (await ask({ kind: 'read', input, number }, 'read')).file,
    finish: async () => (await ask({ kind: 'finish' }, 'finish')).spooled,
    close,
  }
}
