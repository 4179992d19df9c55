import { Option } from 'commander'
import { terminalSafe } from '../../core/terminal.ts'
import { EngineError } from '../../engines/duckdb/engine-error.ts'
import { locked } from '../../lake/lock.ts'
import { EXIT } from '../exit.ts'

/** Where the lake is unless somebody says otherwise. */
const LAKE = 'lake'
/** MB that the engine may hold in memory. */
export const MEMORY = 800

export interface LakeFlags {
  readonly lake: string
}

export function folderOption(): Option {
  return new Option('--lake <folder>', 'where the lake is').default(LAKE)
}

/** Runs something that writes to the lake, and tells if it fails. */
export async function onLake(lake: string, run: () => Promise<void>): Promise<void> {
  await tellingFailure(() => locked(lake, run))
}

/** What fails because of the lake, the disk or another process is told in a sentence; the lake is as it was. */
export async function tellingFailure(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const reason = failure(error)
    if (reason === undefined) throw error
    process.stderr.write(`error: ${terminalSafe(reason)}\n`)
    process.exitCode = EXIT.lost
  }
}

/** Undefined for what is our own mistake. */
function failure(error: Error): string | undefined {
  if (error.message.startsWith('bug:')) return undefined
  const said = error.message.split('\n')[0] ?? ''
  if (('code' in error && error.code === 'ENOSPC') || said.includes('No space left on device'))
    return `the disk is full: ${said}; the lake holds what was committed before`
  return error instanceof EngineError ? `${said}; the lake holds what was committed before` : error.message
}
