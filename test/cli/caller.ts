import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const MAIN = 'dist/cli/main.js'

export interface Called {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Calls the built program as a person would, and waits for its end. */
export function nephoscope(args: readonly string[], input: string | Buffer = ''): Called {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env
  const called = spawnSync(process.execPath, [MAIN, ...args], { input, env, maxBuffer: 1 << 28 })
  return { code: called.status, out: String(called.stdout), err: String(called.stderr) }
}

/** Calls the program and closes its standard output after the first bytes, as `| head` does. */
export function nephoscopeToHead(args: readonly string[]): Promise<Called> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.once('data', data => {
    out = String(data)
    child.stdout.destroy()
  })
  child.stderr.on('data', data => {
    err += String(data)
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes a file and gives its path. */
export function written(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

export function lines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}
