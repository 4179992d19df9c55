import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A program's wall time, start-up included, and the most memory that it held at once. */
export interface Measured {
  readonly seconds: number
  /** Mebibytes of resident memory. */
  readonly peak: number
  readonly stdout: string
}

const HOOK = new URL('./peak-memory.js', import.meta.url).href

/** Runs a script in a Node of its own and waits for it. Throws when it fails. */
export function measure(folder: string, script: string, args: readonly string[]): Measured {
  const file = join(folder, 'peak.txt')
  const begun = process.hrtime.bigint()
  const child = spawnSync(process.execPath, ['--import', HOOK, script, ...args], {
    env: { ...process.env, BENCH_PEAK_FILE: file },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9
  if (child.status !== 0) {
    throw new Error(`${script} ended with ${child.status ?? child.signal}: ${child.stderr}`, {
      cause: child.error,
    })
  }
  return { seconds, peak: Number(readFileSync(file, 'utf8')) / 1024, stdout: child.stdout }
}
