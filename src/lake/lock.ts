import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/**
 * Runs something as the only one that writes to the lake. Throws if another process is at it; what a process that
 * died left behind does not count.
 */
export async function locked<T>(folder: string, run: () => Promise<T>): Promise<T> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'lock')
  take(file, folder)
  const free = (): void => rmSync(file, { force: true })
  process.once('exit', free)
  try {
    return await run()
  } finally {
    process.off('exit', free)
    free()
  }
}

function take(file: string, folder: string): void {
  for (let tries = 0; tries < 3; tries++) {
    if (create(file)) return
    const owner = ownerOf(file)
    if (owner === undefined) continue
    if (alive(owner))
      throw new Error(`process ${owner} is writing to the lake ${folder}; wait until it is done`)
    setAside(file, owner)
  }
  throw new Error(`the lake ${folder} is in use`)
}

/** The lock appears with its owner in it, or not at all. */
function create(file: string): boolean {
  const draft = `${file}.${process.pid}`
  const descriptor = openSync(draft, 'w')
  writeSync(descriptor, String(process.pid))
  closeSync(descriptor)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Undefined if it has gone meanwhile. */
function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Takes away the lock of a process that died; of several who try, one succeeds, and none takes that of a living one. */
function setAside(file: string, owner: number): void {
  const aside = `${file}.${process.pid}.old`
  try {
    renameSync(file, aside)
    if (ownerOf(aside) !== owner) linkSync(aside, file)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function alive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
