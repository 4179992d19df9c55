import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rowMaker } from '../../src/engines/files/event-row.ts'
import { readManifest } from '../../src/lake/manifest.ts'
import { lakeEvents } from '../../src/lake/read.ts'
import type { Cell } from '../../src/plan/relation.ts'
import { aliasesOf } from '../../src/sources/aliases/aliases.ts'
import { sources } from '../../src/sources/sources.ts'
import { shownColumns } from '../../src/sql/print-relation.ts'
import { withDatabase } from '../database.ts'
import { addTo } from '../lake/lake.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { EVENTS } from './published-events.ts'
import { readContent } from './reading.ts'

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

  const input = temporaryFolder()
  const lake = temporaryFolder()
  writeFileSync(join(input, 'log.jsonl'), text)
  await addTo(lake, [input])
  await withDatabase(async database => {
    const { relation } = lakeEvents({ lake, manifest: readManifest(lake), style: 'splunk', wish }, database)
    const columns = shownColumns(relation).map(({ name }) => name)
    const fromLake = (await database.first(relation, 10_000)).map(row =>
      said(new Map(columns.map((name, at) => [name, row[at] ?? null])), names),
    )
    const sorted = (rows: readonly string[]): readonly string[] => [...new Set(rows)].sort()
    expect(sorted(fromLake)).toEqual(sorted(fromFiles))
  })
})

function said(row: ReadonlyMap<string, Cell>, names: ReadonlySet<string>): string {
  const own = [...names].sort().flatMap(name => {
    const value = row.get(name)
    return value === undefined || value === null || Array.isArray(value) ? [] : [`${name}=${String(value)}`]
  })
  return own.join('\n')
}
