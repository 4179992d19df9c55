import { statSync } from 'node:fs'

/** Is it standard input (`-`) or a named pipe, which can be read only once? */
export function isPipe(path: string): boolean {
  return path === '-' || statSync(path, { throwIfNoEntry: false })?.isFIFO() === true
}
