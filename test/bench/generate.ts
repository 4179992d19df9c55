import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { planFiles } from './files.ts'
import type { WriteOrder } from './generate-worker.ts'
import { makeWorld } from './world.ts'

/** Raise it whenever the same parameters come to make other bytes. */
const VERSION = 1

/**
 * Fills a folder with gzipped CloudTrail files in the layout of an AWS delivery bucket. The parameters decide every
 * byte. Does nothing when the folder already holds what they would make; else whatever it holds is removed first.
 */
export async function generate(dir: string, events: number, seed: number, threads = 2): Promise<void> {
  const marker = `${dir}.made.json`
  const wanted = JSON.stringify({ version: VERSION, events, seed })
  if (existsSync(dir) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  for (const old of [marker, dir]) rmSync(old, { recursive: true, force: true })
  const plans = planFiles(makeWorld(), events, seed)
  for (const folder of new Set(plans.map(plan => dirname(plan.path)))) {
    mkdirSync(join(dir, folder), { recursive: true })
  }
  const orders = Array.from({ length: threads }, (_, part) => ({ dir, events, seed, part, parts: threads }))
  await Promise.all(orders.map(write))
  writeFileSync(marker, wanted)
}

function write(order: WriteOrder): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./generate-worker.js', import.meta.url), { workerData: order })
    worker.on('error', reject)
    worker.on('exit', code =>
      code === 0 ? resolve() : reject(new Error(`a writer ended with code ${code}`)),
    )
  })
}
