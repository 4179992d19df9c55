import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo, anEvent, eventFile } from './lake.ts'
import { queried } from './queried.ts'

const EVENTS = [
  anEvent(0, {
    userAgent: 'aws-cli/2',
    sourceIPAddress: '192.0.2.7',
    requestParameters: { key: 'logs/1', n: 5 },
  }),
  anEvent(1, { userAgent: null, requestParameters: { key: ['a', ['Logs/2']], n: '1e2' } }),
  anEvent(2, { userAgent: 7, errorCode: 'AccessDenied', requestParameters: 'logs/3' }),
  anEvent(3, {
    'userIdentity.arn': 'dotted',
    userIdentity: { arn: 'nested' },
    requestParameters: { n: true },
  }),
  anEvent(4, {
    userIdentity: { arn: 'nested', 'sessionContext.x': { y: 1 } },
    sourceIPAddress: '::ffff:192.0.2.7',
  }),
]

const DETECTIONS: readonly (readonly [detection: string, matches: readonly number[]])[] = [
  ['userAgent: null', [1, 3, 4]],
  ['userAgent|exists: true', [0, 1, 2]],
  ["userAgent: '7'", [2]],
  ["requestParameters.key|startswith: 'LOGS/'", [0, 1]],
  ["requestParameters|contains: 'logs/'", [0, 1, 2]],
  ['requestParameters.n|gte: 5', [0, 1]],
  ['requestParameters.n: true', [3]],
  ['userIdentity.arn: nested', [4]],
  ['userIdentity.sessionContext.x.y: 1', [4]],
  ["sourceIPAddress|cidr: '192.0.2.0/24'", [0]],
  ["userAgent|re: '^aws-cli/[0-9]$'", [0]],
]

function ruleOf(detection: string): string {
  return `title: t\nid: 8d1f6c1e-1b1b-4b1b-9b1b-1b1b1b1b1b1b\nlevel: low\nlogsource: {product: aws, service: cloudtrail}
detection: {a: {${detection}}, condition: a}\n`
}

test('a rule matches the same events in a lake and in the file that it came from', async () => {
  const [lake, file] = [temporaryFolder(), eventFile(EVENTS)]
  await addTo(lake, [file])
  for (const [detection, matches] of DETECTIONS) {
    for (const input of [lake, file]) {
      const { columns, rows } = await queried(input, 'sigma', ruleOf(detection))
      const ids = rows.map(row => row[columns.indexOf('eventID')]).sort()
      expect([detection, input, ids]).toEqual([detection, input, matches.map(number => `event-${number}`)])
    }
  }
})

test('SQL over a file without events is over a table without rows', async () => {
  const { rows } = await queried(
    eventFile([], () => ''),
    'sql',
    'SELECT count(*) AS n, max(_time) FROM events',
  )
  expect(rows).toEqual([[0, null]])
})
