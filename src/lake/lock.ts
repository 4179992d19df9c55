import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
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
  for (let tries = 0; tries < 2; tries++) {
    try {
      const descriptor = openSync(file, 'wx')
      writeSync(descriptor, String(process.pid))
      closeSync(descriptor)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const owner = Number(readFileSync(file, 'utf8'))
      if (alive(owner))
        throw new Error(`process ${owner} is writing to the lake ${folder}; wait until it is done`)
      rmSync(file, { force: true })
    }
  }
  throw new Error(`the lake ${folder} is in use`)
}

function alive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
