import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes one folder for all temporary files of a run, which is gone after it, whatever was killed meanwhile. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-tests-'))
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
