import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { fileBytes, planFiles } from './files.ts'
import { makeWorld } from './world.ts'

/** One writer's share: of `parts` shares the one of number `part`. */
export interface WriteOrder {
  readonly dir: string
  readonly events: number
  readonly seed: number
  readonly part: number
  readonly parts: number
}

writeShare(workerData as WriteOrder)

function writeShare({ dir, events, seed, part, parts }: WriteOrder): void {
  const world = makeWorld()
  const plans = planFiles(world, events, seed)
  for (const plan of plans) {
    if (plan.number % parts !== part) continue
    writeFileSync(join(dir, plan.path), gzipSync(fileBytes(world, seed, plans, plan), { level: 6 }))
  }
}
