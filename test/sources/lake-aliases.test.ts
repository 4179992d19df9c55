import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Database } from '../../src/engines/duckdb/database.ts'
import { rowMaker } from '../../src/engines/files/event-row.ts'
import { listInputs } from '../../src/engines/files/list.ts'
import { ingest } from '../../src/lake/ingest.ts'
import { readManifest } from '../../src/lake/manifest.ts'
import { lakeEvents } from '../../src/lake/read.ts'
import type { Cell } from '../../src/plan/relation.ts'
import { aliasesOf } from '../../src/sources/aliases/aliases.ts'
import { sources } from '../../src/sources/sources.ts'
import { shownColumns } from '../../src/sql/print-relation.ts'
import { EVENTS } from './published-events.ts'
import { readContent } from './reading.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-'))
  folders.push(folder)
  return folder
}

const LOGS = [
  'cloudtrail',
  'azure_monitor_aad',
  'azure_audit',
  'o365_management_activity',
  'kube_audit',
  'gws_reports_admin',
]
const events = [...LOGS, 'google_gcp_pubsub_message'].flatMap(name => EVENTS[name] ?? [])
const text = events.map(event => JSON.stringify(event)).join('\n')

test('what an alias says is the same in files and in the lake', async () => {
  const names = new Set(sources.flatMap(({ id }) => Object.keys(aliasesOf(id))))
  const wish = { names, all: false }
  const { found } = await readContent(text)
  const fromFiles = found.map(event => said(rowMaker('splunk', wish)(event), names))

  expect(new Set(fromFiles).size).toBeGreaterThan(100)

  const input = newFolder()
  const lake = newFolder()
  writeFileSync(join(input, 'log.jsonl'), text)
  const database = await Database.open({ memory: 500, threads: 1, folder: newFolder() })
  try {
    const limits = { maxUnpacked: 1e8, maxRecord: 1e7, chunk: 1e6, batch: 1e8, threads: 1 }
    const stop = new Int32Array(1)
    await ingest(listInputs([input]).files, { lake, ...limits, stop, fileDone: () => {} }, database)
    const { relation } = lakeEvents({ lake, manifest: readManifest(lake), style: 'splunk', wish }, database)
    const columns = shownColumns(relation).map(({ name }) => name)
    const fromLake = (await database.first(relation, 10_000)).map(row =>
      said(new Map(columns.map((name, at) => [name, row[at] ?? null])), names),
    )
    const sorted = (rows: readonly string[]): readonly string[] => [...new Set(rows)].sort()
    expect(sorted(fromLake)).toEqual(sorted(fromFiles))
  } finally {
    database.close()
  }
})

function said(row: ReadonlyMap<string, Cell>, names: ReadonlySet<string>): string {
  const own = [...names].sort().flatMap(name => {
    const value = row.get(name)
    return value === undefined || value === null || Array.isArray(value) ? [] : [`${name}=${String(value)}`]
  })
  return own.join('\n')
}
