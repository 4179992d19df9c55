import { expect, test } from 'vitest'
import { describe as describeEvent } from '../../src/context/describe.ts'
import { geoOf } from '../../src/context/geo.ts'
import { loadContext } from '../../src/context/load.ts'
import { entryName } from '../../src/context/row.ts'
import type { NormalEvent } from '../../src/core/event.ts'
import { mmdb } from './mmdb.ts'

const APPROVAL = `  owner: ops@example.com
  reason: planned
  ticket: CHG-7
  created: 2024-01-01
  review_by: 2024-07-01
  expires: 2025-01-01
`
const { context, problems } = loadContext(
  [
    { file: 'accounts.csv', text: 'id,last_verified\n111122223333,2024-05-01\n' },
    { file: 'owned_networks.csv', text: 'cidr,last_verified\n192.0.2.0/24,2023-05-01\n' },
    { file: 'regions.csv', text: 'name,last_verified\neu-west-1,2024-05-01\n' },
    {
      file: 'sensitive_buckets.csv',
      text: 'name,classification,data_owner,last_verified\npayroll,restricted,hr@example.com,2024-05-01\n',
    },
    {
      file: 'critical_services.csv',
      text: 'name,owner,accounts,last_verified\ncloudtrail.amazonaws.com,ops,111122223333,2024-05-01\n',
    },
    { file: 'change_windows.yaml', text: `- actions: StopLogging\n  starts: 2024-03-01\n${APPROVAL}` },
    {
      file: 'approved_transfers.yaml',
      text: `- source: payroll\n  destination: 192.0.2.0/24\n  identity: arn:aws:iam::111122223333:user/backup\n  purpose: backup\n${APPROVAL}`,
    },
  ],
  { asOf: Date.UTC(2024, 5, 1) },
)

const EVENT: NormalEvent = {
  id: 'e1',
  time: Date.UTC(2024, 2, 2),
  service: 'cloudtrail.amazonaws.com',
  action: 'StopLogging',
  outcome: 'succeeded',
  account: '111122223333',
  region: 'us-east-1',
  actor: { type: 'IAMUser', principal: 'arn:aws:iam::111122223333:user/alex', account: '111122223333' },
  address: '203.0.113.7',
  resources: [],
}

const lines = (event: NormalEvent) =>
  describeEvent({ context }, event).values.map(({ field, value }) => `${field}: ${value}`)

test('the tables are sound', () => expect(problems).toEqual([]))

test('an event is told what is known of its account, network, region and service, and what approves it', () => {
  expect(lines(EVENT)).toEqual([
    'context.approved: change_windows.yaml:1 (CHG-7), by ops@example.com until 2025-01-01T00:00:00Z',
    'context.actor_account: internal (listed-own, accounts.csv:2)',
    'context.network: external (public-address)',
    'context.caveat: owned_networks is stale: 1 of its entries, the oldest last verified 2023-05-01T00:00:00Z',
    'context.critical: cloudtrail.amazonaws.com, critical_services.csv:2',
    'context.unused_region: us-east-1',
  ])
})

test('an approval is shown as expired or retroactive where it does not hold', () => {
  expect(lines({ ...EVENT, time: Date.UTC(2025, 0, 1) })[0]).toContain('context.approval_expired: ')
  // The window is not open before it starts, however early it was created.
  expect(lines({ ...EVENT, time: Date.UTC(2024, 1, 1) })[0]).toContain('context.actor_account')
})

const READ: NormalEvent = {
  ...EVENT,
  service: 's3.amazonaws.com',
  action: 'GetObject',
  region: 'eu-west-1',
  address: '192.0.2.9',
  actor: { type: 'IAMUser', principal: 'arn:aws:iam::111122223333:user/backup', account: '111122223333' },
  resources: ['arn:aws:s3:::payroll/2024/may.csv', 'arn:aws:s3:::payroll'],
}

test('reading an object is a transfer to the address that reads it, whoever owns the account', () => {
  expect(lines(READ)).toContain(
    'context.transfer: approved (full-match): approved_transfers.yaml:1 (CHG-7), by ops@example.com until 2025-01-01T00:00:00Z',
  )
  expect(lines(READ)).toContain(
    'context.sensitive_bucket: payroll: restricted of hr@example.com, sensitive_buckets.csv:2',
  )
  expect(lines({ ...READ, address: '203.0.113.9' }).join('\n')).not.toContain('context.transfer')
})

test('only an approval that holds and is matched fully approves', () => {
  const approvals = (event: NormalEvent) => describeEvent({ context }, event).approvedBy.map(entryName)
  expect(approvals(EVENT)).toEqual(['change_windows.yaml:1 (CHG-7)'])
  expect(approvals(READ)).toEqual(['approved_transfers.yaml:1 (CHG-7)'])
  expect(approvals({ ...EVENT, time: Date.UTC(2025, 1, 1) })).toEqual([])
})

test('country and network are told, or why they are unknown', () => {
  const geo = geoOf([
    { file: 'c.mmdb', bytes: mmdb('Country', { '203.0.113.0/24': { country: { iso_code: 'CH' } } }) },
  ])
  expect(describeEvent({ geo }, EVENT).values.map(({ field, value }) => `${field}: ${value}`)).toEqual([
    'geo.country: CH',
    'geo.asn: unknown: no database has a network for it',
  ])
})
