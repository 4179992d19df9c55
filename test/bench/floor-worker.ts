import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'

const { files, next } = workerData as { readonly files: readonly string[]; readonly next: Int32Array }

let events = 0
for (;;) {
  const file = files[Atomics.add(next, 0, 1)]
  if (file === undefined) break
  const { Records } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { Records: unknown[] }
  events += Records.length
}
parentPort?.postMessage(events)
