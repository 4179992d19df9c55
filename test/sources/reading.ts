import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FoundEvent } from '../../src/engines/files/member-events.ts'
import { type ReadOptions, readEvents } from '../../src/engines/files/read-events.ts'
import type { FileTally } from '../../src/engines/files/tally.ts'

/** Reads a file of this content as a hunt does, or as `more` says. */
export async function readContent(
  content: string | Buffer,
  more: Partial<ReadOptions> = {},
  name = 'log',
): Promise<{ readonly found: readonly FoundEvent[]; readonly tally: FileTally }> {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-sources-'))
  try {
    const path = join(folder, name)
    writeFileSync(path, content)
    const found: FoundEvent[] = []
    const limits = { maxUnpacked: 1 << 28, maxRecord: 1 << 26, chunk: 1 << 22, ...more }
    const input = { path, name, bytes: content.length }
    const tally = await readEvents(input, limits, event => found.push(event))
    return { found, tally }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
