import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

// The floor: as many workers as the hunt has, over the same files, unpacking and parsing them and nothing else.
// Usage: floor.js FOLDER THREADS. Prints the number of events.
const [folder = '.', threads = '1'] = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.json.gz'))
  .sort()
  .map(name => join(folder, name))
// The next file that nobody has taken yet.
const next = new Int32Array(new SharedArrayBuffer(4))
const counts = await Promise.all(Array.from({ length: Number(threads) }, parse))
console.log(JSON.stringify({ events: counts.reduce((sum, count) => sum + count, 0) }))

function parse(): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./floor-worker.js', import.meta.url), { workerData: { files, next } })
    worker.on('message', resolve)
    worker.on('error', reject)
  })
}
