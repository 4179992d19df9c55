import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a program took. */
export interface Measured {
  /** Wall time, start-up included. */
  readonly seconds: number
  /** Time of all its threads on a processor, which other programs disturb less. */
  readonly cpu: number
  /** The most resident memory at once, in mebibytes. */
  readonly peak: number
  readonly stdout: string
}

const HOOK = new URL('./usage.js', import.meta.url).href

/** Runs a script in a Node of its own and waits for it. Throws when it fails. */
export function measure(folder: string, script: string, args: readonly string[]): Measured {
  const file = join(folder, 'usage.json')
  const begun = process.hrtime.bigint()
  const child = spawnSync(process.execPath, ['--import', HOOK, script, ...args], {
    env: { ...process.env, BENCH_USAGE_FILE: file },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9
  if (child.status !== 0) {
    throw new Error(`${script} ended with ${child.status ?? child.signal}: ${child.stderr}`, {
      cause: child.error,
    })
  }
  const usage = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.ResourceUsage
  const cpu = (usage.userCPUTime + usage.systemCPUTime) / 1e6
  return { seconds, cpu, peak: usage.maxRSS / 1024, stdout: child.stdout }
}
