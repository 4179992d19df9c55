import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is gone after the run (`temporary.ts`). */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'nephoscope-test-'))
}

/** Writes a file and gives its path. */
export function written(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
