import { parentPort, workerData } from 'node:worker_threads'
import { EventSpooler, type SpoolJob } from './spooler.ts'
import type { FromSpooler, ToSpooler } from './thread.ts'

const port = parentPort
if (port === null) throw new Error('bug: this file runs in a worker thread only')
const { job, thread, stop } = workerData as { job: SpoolJob; thread: string; stop: Int32Array }

const send = (message: FromSpooler): void => port.postMessage(message)
const spooler = new EventSpooler(job, thread)
const goOn = (): boolean => Atomics.load(stop, 0) === 0

async function answer(message: ToSpooler): Promise<void> {
  if (message.kind === 'read')
    send({ kind: 'read', file: await spooler.read(message.input, message.number, goOn) })
  else send({ kind: 'finish', spooled: spooler.finish() })
}

port.on('message', (message: ToSpooler) => {
  answer(message).catch((error: unknown) => {
    throw error
  })
})
