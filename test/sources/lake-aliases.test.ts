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
const WINDOWS = [
  ...[1, 3, 7, 10, 11, 12, 13, 22].map(EventID => ({
    EventID,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Provider_Name: 'Microsoft-Windows-Sysmon',
    Computer: 'host1.example.com',
    EventRecordID: EventID,
    UtcTime: '2024-05-01 12:00:00.000',
    EventType: 'DeleteValue',
    Image: EventID === 10 ? '-' : 'C:\\Windows\\cmd.exe',
    TargetImage: 'C:\\Windows\\lsass.exe',
    TargetObject: 'HKLM\\Software\\Run\\Evil',
    Details: EventID === 13 ? 'QWORD (0x0-0x1)' : 'text',
    Hashes: 'MD5=0A,SHA256=0B',
    Initiated: 'true',
    User: 'EXAMPLE\\ann',
  })),
  ...[4624, 4688, 4697, 4720, 4732, 4740, 4769].map(EventID => ({
    EventID,
    Channel: 'Security',
    Provider_Name: 'Microsoft-Windows-Security-Auditing',
    Computer: 'dc1.example.com',
    EventRecordID: EventID,
    TimeCreated: '2024-05-01T12:00:00Z',
    Keywords: EventID === 4769 ? '0x8010000000000000' : '0x8020000000000000',
    SubjectUserName: 'ann',
    TargetUserName: EventID === 4688 ? '-' : 'eve',
    IpAddress: EventID === 4624 ? '192.0.2.1' : '-',
    ProcessId: '0x1f4',
    LogonType: '3',
  })),
]
const events = [...[...LOGS, 'google_gcp_pubsub_message'].flatMap(name => EVENTS[name] ?? []), ...WINDOWS]
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
    return value === undefined || value === null ? [] : [`${name}=${String(value)}`]
  })
  return own.join('\n')
}
