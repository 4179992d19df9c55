import { parentPort, workerData } from 'node:worker_threads'
import { fingerprints } from './fingerprint.ts'
import { progressOf } from './progress.ts'
import { FileScanner } from './scan-file.ts'
import { limitsOf, type ScanEnd, type ScanJob } from './scan-job.ts'
import type { FromThread, ToThread } from './thread.ts'

const port = parentPort
if (port === null) throw new Error('bug: this file runs in a worker thread only')
const { job, thread, stop } = workerData as { job: ScanJob; thread: string; stop: Int32Array }

const send = (message: FromThread): void => port.postMessage(message)
let file = 0
const scanner = new FileScanner(job, thread, { hits: bytes => send({ kind: 'hits', file, bytes }) })
const progress = progressOf(stop, (bytes, events) => send({ kind: 'progress', bytes, events }))

async function answer(message: ToThread): Promise<void> {
  switch (message.kind) {
    case 'scan': {
      file = message.number
      progress.begin()
      const result = await scanner.scan(message.input, file, progress.goOn)
      progress.goOn(0, result.events)
      send({ kind: 'scanned', file, result })
      return
    }
    case 'fingerprints': {
      const { input, number, records } = message
      send({
        kind: 'fingerprints',
        places: await fingerprints(input, number, new Set(records), limitsOf(job)),
      })
      return
    }
    case 'uncount':
      await scanner.uncount(message.input, new Set(message.records))
      send({ kind: 'uncounted' })
      return
    case 'counts':
      send({ kind: 'counts', counts: scanner.takeCounts() })
      return
    case 'share':
      send({ kind: 'shared', share: scanner.share(message.request) })
      return
    case 'remember': {
      const { remember } = await import('./remember.ts')
      send({ kind: 'remembered', remembered: remember(message.work) })
      return
    }
    case 'again': {
      const { input, number, wanted } = message
      file = number
      await scanner.again(input, number, wanted)
      send({ kind: 'read-again' })
      return
    }
    case 'end':
      sendEnd(scanner.end())
  }
}

/** The ids of all events are handed over, not copied. */
function sendEnd(end: ScanEnd): void {
  const buffers = end.ids.flatMap(({ chunks }) => chunks.map(({ buffer }) => buffer))
  port?.postMessage(
    { kind: 'end', end } satisfies FromThread,
    buffers.filter(buffer => buffer instanceof ArrayBuffer),
  )
}

port.on('message', (message: ToThread) => {
  answer(message).catch((error: unknown) => {
    throw error
  })
})
