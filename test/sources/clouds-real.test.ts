import { existsSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { FoundEvent } from '../../src/engines/files/member-events.ts'
import { readEvents } from '../../src/engines/files/read-events.ts'
import { missing } from '../plain/shared-data.ts'

const DATA = '../shared/data'
const absent = missing('data/m365', 'data/entra', 'data/gcp', 'data/vpcflow')

/** What a file holds: events by source, what was set apart, and how many different ids there are. */
interface Held {
  readonly [what: string]: number
}

const FILES: readonly (readonly [string, Held])[] = [
  ['m365/invictus-o365_dataset.auditdata.jsonl', { m365: 3114, ids: 3114 }],
  ['m365/invictus-o365_dataset.2021-04-16.ual-export.csv', { m365: 499, ids: 497 }],
  ['m365/msticpy-demo_exchange_data.csv', { m365: 1334, ids: 0 }],
  ['m365/plaso-microsoft_audit_log.jsonl', { m365: 4, ids: 4 }],
  ['m365/splunk-example-logs.jsonl', { m365: 11, ids: 11 }],
  // Message traces and alerts of Defender are other logs.
  ['m365/sekoia-normalisation.jsonl', { m365: 28, ids: 22, unrecognised: 2 }],
  ['entra/splunk-example-logs.jsonl', { 'entra-audit': 10, 'entra-signin': 1, ids: 11 }],
  ['azure/splunk-example-logs.jsonl', { 'azure-activity': 2, ids: 2 }],
  ['azure/plaso-azure_activity_log.jsonl', { 'azure-activity': 4, ids: 4 }],
  ['azure/msticpy-az_net_flows.csv', { 'azure-flow': 460, ids: 460 }],
  ['gcp/splunk-example-logs.jsonl', { 'google-workspace': 2, ids: 2 }],
  ['k8s/splunk-example-logs.jsonl', { 'kubernetes-audit': 1, ids: 1, unrecognised: 1 }],
  // One row is about another product.
  ['k8s/panther-tests/Amazon.EKS.Audit.jsonl', { 'kubernetes-audit': 118, ids: 9, unrecognised: 1 }],
  ['s3access/elastic-s3-server-access.log', { 's3-access': 10, ids: 8 }],
  ['vpcflow/elastic-vpcflow-extra-samples.log', { 'vpc-flow': 5, ids: 5, NODATA: 1, SKIPDATA: 1 }],
  ['okta/sekoia-normalisation.jsonl', { okta: 5, ids: 5 }],
  ['okta/panther-tests/Okta.SystemLog.jsonl', { okta: 63, ids: 20 }],
  // Rows of Zendesk's log stand there too.
  ['other/panther-tests/GitHub.Audit.jsonl', { 'github-audit': 50, ids: 7, unrecognised: 3 }],
  ['vpcflow/sekoia-normalisation.jsonl', { 'vpc-flow': 5, ids: 5, NODATA: 1 }],
  ['vpcflow/splunk-example-logs.jsonl', { 'vpc-flow': 1, ids: 1 }],
]

describe.skipIf(absent !== undefined)(absent ?? 'real logs of other clouds', () => {
  test.each(FILES.filter(([file]) => existsSync(`${DATA}/${file}`)))('%s', async (file, expected) => {
    const { events, apart } = await read(`${DATA}/${file}`)
    const held: { [what: string]: number } = { ...apart }
    const ids = new Set<string>()
    for (const { source, record } of events) {
      held[source.id] = (held[source.id] ?? 0) + 1
      const id = source.eventId(record)
      if (id !== undefined) ids.add(id)
    }
    expect({ ...held, ids: ids.size }).toEqual(expected)
  })

  test('the audit log of a tenant tells what its labels tell', async () => {
    const { events } = await read(`${DATA}/m365/invictus-o365_dataset.auditdata.jsonl`)
    const counts = new Map<string, number>()
    for (const { record, source } of events) {
      const { action = '-', time } = source.normalise(record)
      expect(time).toBeDefined()
      counts.set(action, (counts.get(action) ?? 0) + 1)
    }
    const told = ['New-InboxRule', 'New-TransportRule', 'FileAccessed', 'AnonymousLinkCreated', 'Set-Mailbox']
    expect(told.map(action => counts.get(action))).toEqual([2, 1, 11, 1, 964])
  })
})

async function read(path: string) {
  const events: FoundEvent[] = []
  const limits = { maxUnpacked: 1 << 28, maxRecord: 1 << 26, chunk: 1 << 22 }
  const input = { path, name: path, bytes: statSync(path).size }
  const { apart } = await readEvents(input, limits, event => events.push(event))
  return { events, apart }
}
