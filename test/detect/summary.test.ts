import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { overTime } from '../../src/detect/over-time.ts'
import { type SummaryResult, summary } from '../../src/detect/summary.ts'
import { countSums } from '../../src/engines/files/count-sums.ts'
import { type Counted, EventCounts } from '../../src/engines/files/event-counts.ts'
import { cloudtrail } from '../../src/sources/cloudtrail/cloudtrail.ts'
import { event, stopLogging, trail } from '../cli/logs.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { largeLogs, scanOf, user } from './scans.ts'

const folder = temporaryFolder()
let files = 0
const file = (records: readonly JsonObject[]): string =>
  written(folder, `${String(files++).padStart(3, '0')}.json`, trail(records))

async function count(inputs: readonly string[], threads = 1, top = 20): Promise<SummaryResult['summary']> {
  return (await summary({ ...scanOf(inputs, { threads }), top })).summary
}

test('distinct events are counted by what they say', async () => {
  const denied = { errorCode: 'AccessDenied', sourceIPAddress: '203.0.113.9', ...user('bob', 'B') }
  const logs = file([event(1), event(2), event(1), stopLogging(3, denied)])
  const found = await count([logs])
  expect(found).toMatchObject({
    files: 1,
    records: 4,
    events: 3,
    duplicates: 1,
    succeeded: 2,
    denied: 1,
    first_time: '2024-05-01T10:01:00Z',
    last_time: '2024-05-01T10:03:00Z',
  })
  expect(found.by.source.top).toEqual([{ value: 'AWS CloudTrail', events: 3, succeeded: 2, denied: 1 }])
  expect(found.by.action.top).toEqual([
    { value: 's3.amazonaws.com ListBuckets', events: 2, succeeded: 2, denied: 0 },
    { value: 'cloudtrail.amazonaws.com StopLogging', events: 1, succeeded: 0, denied: 1 },
  ])
  expect(found.by.error).toEqual({
    distinct: 1,
    events: 1,
    top: [{ value: 'AccessDenied', events: 1, succeeded: 0, denied: 1 }],
  })
  expect(found.over_time).toEqual({
    step: 300_000,
    step_name: '5 minutes',
    spans: [{ start: '2024-05-01T10:00:00Z', events: 3, denied: 1 }],
    without_time: 0,
  })
})

test('copies are counted once, wherever they are, and copies that differ as the first of them', async () => {
  const first = file([event(1), event(2, { awsRegion: 'us-east-1' })])
  const second = file([event(2, { awsRegion: 'us-west-2' }), event(1), event(3)])
  const found = await count([first, second])
  expect(found).toMatchObject({ events: 3, duplicates: 1, conflicting: 1 })
  expect(found.by.region.top.map(({ value, events }) => [value, events])).toEqual([
    ['eu-west-1', 2],
    ['us-east-1', 1],
  ])
})

test('only the most frequent values are named; of equals the smaller', async () => {
  const records = ['c', 'a', 'b', 'c'].map((region, number) => event(number, { awsRegion: region }))
  const found = (await count([file(records)], 1, 2)).by.region
  expect(found).toMatchObject({ distinct: 3, events: 4 })
  expect(found.top.map(({ value, events }) => [value, events])).toEqual([
    ['c', 2],
    ['a', 1],
  ])
})

test('threads and the order of files change nothing, and the sums are those of a plain count', async () => {
  const records = largeLogs(8)
  const logs = records.map(file)
  const one = await count(logs)
  expect(await count([...logs].reverse(), 2)).toEqual(one)
  const distinct = new Map(records.flat().map(record => [record['eventID'], record]))
  expect(one.events).toBe(distinct.size)
  const addresses = new Map<unknown, number>()
  for (const { sourceIPAddress } of distinct.values())
    addresses.set(sourceIPAddress, (addresses.get(sourceIPAddress) ?? 0) + 1)
  expect(one.by.address.distinct).toBe(addresses.size)
  for (const { value, events } of one.by.address.top) expect(events).toBe(addresses.get(value))
})

test('counts that went to disk add up to the same', () => {
  const whole = new EventCounts({ most: 1e6, folder, name: 'whole' })
  const spilled = new EventCounts({ most: 25, folder, name: 'spilled' })
  const taken = new EventCounts({ most: 7, folder, name: 'taken' })
  for (const [number, record] of largeLogs(2).flat().entries()) {
    const normal = cloudtrail.normalise(record)
    spilled.add('source', normal, 1)
    if (number % 3 === 0) taken.add('source', normal, -1)
    else whole.add('source', normal, 1)
  }
  expect(sumsOf([spilled.take(), taken.take()])).toEqual(sumsOf([whole.take()]))
})

function sumsOf(counted: readonly Counted[]): readonly (readonly [string, unknown])[] {
  return Array.from({ length: 64 }, (_, partition) =>
    countSums(counted.flatMap(({ chunks }) => chunks.filter(chunk => chunk.partition === partition))),
  )
    .flatMap(sums =>
      [...sums].flatMap(([by, values]) =>
        [...values].map(([value, sum]) => [`${by} ${value}`, sum] as const),
      ),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

test('spans become longer until 72 are enough, also over all the years that there are', () => {
  const hour = (at: number) => [at * 12, [1, 1, 0]] as const
  const days = overTime(new Map([hour(0), hour(1), hour(24 * 30)].map(([at, sum]) => [at, [...sum]])), 4)
  expect(days).toMatchObject({ step_name: '12 hours', without_time: 1 })
  expect(days.spans.map(({ events }) => events)).toEqual([2, 1])
  const ends = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'].map(Date.parse)
  const ages = overTime(new Map(ends.map(time => [Math.floor(time / 300_000), [1, 0, 0]])), 2)
  expect(ages.spans).toHaveLength(2)
  expect(
    (Date.parse(ages.spans[1]?.start ?? '') - Date.parse(ages.spans[0]?.start ?? '')) / ages.step,
  ).toBeLessThan(72)
  expect(overTime(new Map(), 0).spans).toEqual([])
})

test('values that are no texts, or hostile ones, are counted or left', async () => {
  const strange = event(1, { awsRegion: { a: 1 }, sourceIPAddress: '__proto__', userAgent: 'x'.repeat(5000) })
  const found = await count([file([strange, event(2, { userIdentity: 7 })])])
  expect(found.by.region.top.map(({ value }) => value)).toEqual(['eu-west-1'])
  expect(found.by.address.top.map(({ value }) => value)).toContain('__proto__')
  expect(found.by.user_agent.top.every(({ value }) => value.length < 500)).toBe(true)
})
