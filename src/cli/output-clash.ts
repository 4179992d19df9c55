import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { terminalSafe } from '../core/terminal.ts'

/** Options that name files to write. */
export interface OutputFiles {
  readonly output?: string
  readonly hits?: string
  readonly objects?: string
  readonly ledger?: string
}

const OPTIONS = { output: '-o', hits: '--hits', objects: '--objects', ledger: '--ledger' } as const

/** Says which file would be written twice, or over a log that is to be read; `undefined` if none is. */
export function outputClash(inputs: readonly string[], files: OutputFiles): string | undefined {
  const taken = new Map(inputs.map(input => [real(input), 'the logs']))
  for (const key of Object.keys(OPTIONS) as (keyof OutputFiles)[]) {
    const file = files[key]
    if (file === undefined || file === '-' || isNoPlainFile(file)) continue
    const name = real(file)
    const before = taken.get(name)
    if (before !== undefined) return terminalSafe(`${before} and ${OPTIONS[key]} name the same file, ${file}`)
    taken.set(name, OPTIONS[key])
  }
  return undefined
}

/** A device or a pipe takes what several write. */
function isNoPlainFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === false
  } catch {
    // That it cannot be written is told when it is opened.
    return true
  }
}

/** The full path, without links if the file is there. */
function real(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return resolve(file)
  }
}
