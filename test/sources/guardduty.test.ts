import { expect, test } from 'vitest'
import type { Unwrapped } from '../../src/sources/source.ts'
import { unwrap } from '../../src/sources/unwrap.ts'

const finding = {
  schemaVersion: '2.0',
  accountId: '111122223333',
  region: 'eu-west-1',
  id: 'g1',
  arn: 'arn:aws:guardduty:eu-west-1:111122223333:detector/d1/finding/g1',
  type: 'CryptoCurrency:EC2/BitcoinTool.B',
  severity: 8,
  resource: { resourceType: 'Instance', instanceDetails: { instanceId: 'i-0aaa' } },
  service: {
    serviceName: 'guardduty',
    action: { networkConnectionAction: { remoteIpDetails: { ipAddressV4: '198.51.100.9' } } },
    eventFirstSeen: '2026-03-10T09:03:00Z',
  },
  createdAt: '2026-03-10T09:10:00Z',
  updatedAt: '2026-03-10T09:20:00Z',
}

function unwrapped(value: Parameters<typeof unwrap>[0]): readonly Unwrapped[] {
  const found: Unwrapped[] = []
  unwrap(value, item => found.push(item))
  return found
}

test('a finding of GuardDuty is an event of its own log, when what it is about first happened', () => {
  const [item] = unwrapped(finding)
  if (item?.kind !== 'event') throw new Error('no event')
  expect(item.source.id).toBe('guardduty')
  expect(item.source.normalise(item.record)).toMatchObject({
    id: 'g1 2026-03-10T09:20:00Z',
    time: Date.UTC(2026, 2, 10, 9, 3),
    action: 'CryptoCurrency:EC2/BitcoinTool.B',
    outcome: 'unknown',
    account: '111122223333',
    actor: { principal: 'i-0aaa' },
    address: '198.51.100.9',
    resources: ['i-0aaa', 'arn:aws:guardduty:eu-west-1:111122223333:detector/d1/finding/g1'],
  })
})

test.each([
  ['awsApiCallAction', { remoteIpDetails: { ipAddressV4: '198.51.100.9' } }],
  ['kubernetesApiCallAction', { remoteIpDetails: { ipAddressV4: '198.51.100.9' } }],
  ['portProbeAction', { portProbeDetails: [{ remoteIpDetails: { ipAddressV4: '198.51.100.9' } }] }],
])('the other side of an action of the kind %s', (kind, action) => {
  const resource = { s3BucketDetails: [{ arn: 'arn:aws:s3:::shop' }], accessKeyDetails: { userName: 'dana' } }
  const [item] = unwrapped({
    ...finding,
    resource,
    service: { ...finding.service, action: { [kind]: action } },
  })
  if (item?.kind !== 'event') throw new Error('no event')
  expect(item.source.normalise(item.record)).toMatchObject({
    address: '198.51.100.9',
    actor: { principal: 'dana' },
    resources: ['arn:aws:s3:::shop', finding.arn],
  })
})

test('EventBridge hands findings on in its envelope', () => {
  const found = unwrapped({ source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', detail: finding })
  expect(found.map(item => item.kind === 'event' && item.source.id)).toEqual(['guardduty'])
})

test('what only mentions GuardDuty is none', () => {
  const [item] = unwrapped({ service: { serviceName: 'inspector' }, type: 'x' })
  expect(item?.kind).toBe('unknown')
})
