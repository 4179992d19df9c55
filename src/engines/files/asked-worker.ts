import { Worker } from 'node:worker_threads'
import { engineReadsEnded, followed } from './engine-reads.ts'
import type { InputFile } from './list.ts'

/** What is asked of a worker, perhaps about a file that it reads then. */
interface Question {
  readonly kind: string
  readonly input?: InputFile
}

/** A worker that answers one question after the other. */
export interface AskedWorker<To extends Question, From extends { readonly kind: string }> {
  /** The answer, which is of that kind. */
  ask<Kind extends From['kind']>(question: To, kind: Kind): Promise<Extract<From, { kind: Kind }>>
  /** Ends it once nothing that it reads could come back to it. */
  close(): Promise<void>
}

interface WorkerOptions<From> {
  readonly workerData: unknown
  /** Room for new objects, in MB; the usual if absent. */
  readonly room?: number
  /** Takes what the worker tells while it works; false for an answer. What it throws ends the work. */
  readonly news?: (message: From) => boolean
}

/** Starts a worker. If it fails, so does the question that waits, and each one after it. */
export function askedWorker<To extends Question, From extends { readonly kind: string }>(
  file: URL,
  { workerData, room, news }: WorkerOptions<From>,
): AskedWorker<To, From> {
  const worker = new Worker(file, {
    workerData,
    ...(room === undefined ? {} : { resourceLimits: { maxYoungGenerationSizeMb: room } }),
  })
  let settle: { resolve(message: From): void; reject(error: Error): void } | undefined
  let failed: Error | undefined
  const fail = (error: unknown): void => {
    failed = error instanceof Error ? error : new Error(String(error))
    settle?.reject(failed)
  }
  worker.on('message', (message: From) => {
    try {
      if (news?.(message) !== true) settle?.resolve(message)
    } catch (error) {
      // Such as a full disk, on which the news find no place.
      fail(error)
    }
  })
  worker.on('error', fail)
  return {
    ask: async <Kind extends From['kind']>(question: To, kind: Kind) => {
      if (failed !== undefined) throw failed
      const answering = new Promise<From>((resolve, reject) => {
        settle = { resolve, reject }
        worker.postMessage(question)
      })
      const { input } = question
      const answer = await (input === undefined ? answering : followed(input, answering))
      if (answer.kind !== kind) throw new Error(`bug: a thread answered ${answer.kind} to ${question.kind}`)
      return answer as Extract<From, { kind: Kind }>
    },
    close: async () => {
      await engineReadsEnded()
      await worker.terminate()
    },
  }
}

/** A worker beside a module; the compiled one also where the module runs from its TypeScript source. */
export function workerBeside(module: string, name: string): URL {
  return new URL(name, module.endsWith('.ts') ? module.replace(/^(.*)\/src\//, '$1/dist/') : module)
}
