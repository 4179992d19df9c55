import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Database } from '../../src/engines/duckdb/database.ts'
import { listInputs } from '../../src/engines/files/list.ts'
import { ingest } from '../../src/lake/ingest.ts'
import { readManifest } from '../../src/lake/manifest.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-'))
  folders.push(folder)
  return folder
}

test('the same input twice adds nothing', async () => {
  const lake = newFolder()
  const folder = newFolder()
  const database = await Database.open({ memory: 500, threads: 1, folder })
  const options = {
    lake,
    threads: 1,
    maxUnpacked: 1e8,
    maxRecord: 1e7,
    chunk: 1e6,
    batch: 1e8,
    stop: new Int32Array(1),
    fileDone: () => {},
  }
  const { files } = listInputs(['samples'])
  const first = await ingest(files, options, database)
  expect(first.events).toBeGreaterThan(800)
  expect(first.added).toBeGreaterThan(0)
  const before = readManifest(lake)
  expect(before.files.reduce((sum, file) => sum + file.rows, 0)).toBe(first.added)
  const second = await ingest(files, options, database)
  expect(second.added).toBe(0)
  expect(second.files).toEqual([])
  expect(second.known.length).toBe(files.length)
  expect(readManifest(lake)).toEqual(before)
  database.close()
})
