import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { type TimelineResult, timeline } from '../../src/detect/timeline.ts'
import { byTime, inOrderOfTime, type NamingEvent } from '../../src/detect/timeline-events.ts'
import type { TimelineEntry } from '../../src/findings/timeline.ts'
import { ACCOUNT, event, eventId, KEY, rule, stopLogging, trail } from '../cli/logs.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { largeLogs, rulesOf, scanOf, user } from './scans.ts'

const folder = temporaryFolder()
let files = 0
const file = (records: readonly JsonObject[]): string =>
  written(folder, `${String(files++).padStart(3, '0')}.json`, trail(records))

interface Shown extends TimelineResult {
  readonly entries: readonly TimelineEntry[]
}

async function show(
  entity: string,
  inputs: readonly string[],
  more: { most?: number; threads?: number } = {},
) {
  const entries: TimelineEntry[] = []
  const { most = Number.POSITIVE_INFINITY, threads = 1 } = more
  const result = await timeline({
    ...scanOf(inputs, { threads }),
    entity,
    rules: rulesOf([rule('Trail stopped', 'StopLogging'), rule('Buckets listed', 'ListBuckets', 'low')]),
    selection: { include: [], exclude: [] },
    most,
    sink: { head: () => {}, entry: one => entries.push(one) },
  })
  return { ...result, entries } satisfies Shown
}

const numbers = ({ entries }: Shown): readonly number[] =>
  entries.map(({ event_id }) => Number(event_id.slice(-12)))

test('every event that names the entity is there once, in order of time', async () => {
  const one = file([event(5), event(3, user('bob', 'AKIABOB')), stopLogging(1)])
  const other = file([event(2), event(5), event(4, user('eve', `${KEY}X`))])
  const shown = await show(KEY.toLowerCase(), [one, other])
  expect(numbers(shown)).toEqual([1, 2, 5])
  expect(shown.head).toMatchObject({
    events: 3,
    looked_at: 5,
    first_time: '2024-05-01T10:01:00Z',
    last_time: '2024-05-01T10:05:00Z',
    parts: { actor: 3, target: 0, mentioned: 0 },
    outcomes: { succeeded: 3, denied: 0 },
  })
  expect(shown.entries[0]).toMatchObject({
    time: '2024-05-01T10:01:00Z',
    action: 'cloudtrail.amazonaws.com StopLogging',
    part: 'actor',
    named: [{ field: 'userIdentity.accessKeyId', value: KEY }],
    file: one,
    record: 2,
  })
})

test('an event says whether the entity acted, was acted upon, or is only named', async () => {
  const created = event(1, {
    ...user('bob', 'AKIABOB'),
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    requestParameters: { userName: 'alice' },
    responseElements: { accessKey: { accessKeyId: KEY } },
  })
  const refused = event(2, {
    ...user('bob', 'AKIABOB'),
    errorCode: 'AccessDenied',
    errorMessage: 'not for alice',
  })
  const logs = file([created, refused, event(3)])
  const parts = async (entity: string) => (await show(entity, [logs])).entries.map(({ part }) => part)
  expect(await parts('alice')).toEqual(['target', 'mentioned', 'actor'])
  expect(await parts(KEY)).toEqual(['mentioned', 'actor'])
  expect(await parts(`arn:aws:iam::${ACCOUNT}:user/alice`)).toEqual(['actor'])
  const [first] = (await show(KEY, [logs])).entries
  expect(first?.named).toEqual([{ field: 'responseElements.accessKey.accessKeyId', value: KEY }])
})

test('rules that match are marked, and counted once an event', async () => {
  const logs = file([
    stopLogging(1),
    event(2),
    stopLogging(3),
    stopLogging(3),
    stopLogging(4, user('bob', 'B')),
  ])
  const { head, entries } = await show('alice', [logs])
  expect(entries.map(({ marks }) => marks.map(({ title }) => title))).toEqual([
    ['Trail stopped'],
    ['Buckets listed'],
    ['Trail stopped'],
  ])
  expect(head.marks.map(({ title, events }) => [title, events])).toEqual([
    ['Trail stopped', 2],
    ['Buckets listed', 1],
  ])
})

test('neighbours are counted, and what is new is marked where it is first in time', async () => {
  const there = { sourceIPAddress: '203.0.113.9' }
  const shown = await show('alice', [file([event(9, there), event(1)]), file([event(5, there), event(2)])])
  expect(shown.head.neighbours.address).toEqual({
    values: [
      {
        value: '192.0.2.1',
        events: 2,
        first_time: '2024-05-01T10:01:00Z',
        last_time: '2024-05-01T10:02:00Z',
      },
      {
        value: '203.0.113.9',
        events: 2,
        first_time: '2024-05-01T10:05:00Z',
        last_time: '2024-05-01T10:09:00Z',
      },
    ],
    distinct: 2,
  })
  expect(shown.head.neighbours.error).toBeUndefined()
  expect(numbers(shown)).toEqual([1, 2, 5, 9])
  expect(shown.entries.map(entry => entry.new.address)).toEqual([
    ['192.0.2.1'],
    undefined,
    ['203.0.113.9'],
    undefined,
  ])
})

test('the ten most frequent neighbours are named, and the entity is not its own neighbour', async () => {
  const records = Array.from({ length: 30 }, (_, number) =>
    event(number, { sourceIPAddress: `192.0.2.${Math.min(number, 14)}` }),
  )
  const { head } = await show(KEY, [file(records)])
  expect(head.neighbours.address).toMatchObject({ distinct: 15 })
  expect(head.neighbours.address?.values.map(({ value, events }) => [value, events]).slice(0, 2)).toEqual([
    ['192.0.2.14', 16],
    ['192.0.2.0', 1],
  ])
  expect(head.neighbours.address?.values).toHaveLength(10)
  expect(head.neighbours.key).toBeUndefined()
})

test('copies that differ are one event, with the marks of all of them', async () => {
  const logs = file([event(1, { awsRegion: 'us-east-1' }), stopLogging(1), event(2)])
  const { head, entries } = await show('alice', [logs])
  expect(entries.map(({ event_id, record, marks }) => [event_id, record, marks.length])).toEqual([
    [eventId(1), 0, 2],
    [eventId(2), 2, 1],
  ])
  expect(head.events).toBe(2)
  expect(head.marks.map(({ events }) => events)).toEqual([1, 2])
})

test('events without a time come last, and an entity that nobody names has none', async () => {
  const { eventTime: _, ...timeless } = event(1)
  const logs = file([timeless, event(2)])
  const shown = await show('alice', [logs])
  expect(shown.entries.map(({ time }) => time)).toEqual(['2024-05-01T10:02:00Z', ''])
  expect(shown.head.first_time).toBe('2024-05-01T10:02:00Z')
  expect((await show('alicia', [logs])).head).toMatchObject({ events: 0, looked_at: 2, first_time: '' })
})

test('the most that are wanted are the earliest; the head tells of all', async () => {
  const shown = await show('alice', [file([event(4), event(3), event(2), event(1)])], { most: 2 })
  expect(numbers(shown)).toEqual([1, 2])
  expect(shown.head.events).toBe(4)
})

test('threads change nothing', async () => {
  const logs = largeLogs(8).map(file)
  const one = await show('user3', logs)
  expect(one.head.events).toBe(117)
  expect(await show('user3', [...logs].reverse(), { threads: 2 })).toEqual(one)
})

test('a small window gives the same order', () => {
  const events = Array.from({ length: 101 }, (_, record): NamingEvent => {
    const time = record % 7 === 0 ? {} : { time: (record * 37) % 23 }
    return {
      event: { ...time, outcome: 'unknown', actor: {}, resources: [] },
      evidence: { event_id: '', event_time: '', file: '', record, sha256: '' },
      named: [],
      rules: [],
      file: record % 3,
      record,
      conflicting: false,
    }
  })
  const sorted = [...events].sort(byTime)
  const file = join(folder, 'runs')
  for (const window of [1, 2, 3, 10, 17, 100, 101, 102]) {
    for (const most of [1, 17, 100, Number.POSITIVE_INFINITY]) {
      expect([...inOrderOfTime(events, { most, file, window })]).toEqual(sorted.slice(0, most))
    }
  }
})

const burst =
  'title: Listed in a burst\nid: burst\nlevel: high\ncorrelation:\n  type: event_count\n  rules: [Buckets listed]\n  group-by: [userIdentity.arn]\n  timespan: 5m\n  condition: {gte: 3}\n'
const handed =
  'title: Stopped after bob listed\nid: handed\nlevel: critical\ncorrelation:\n  type: chain\n  steps:\n  - {name: list, rule: Buckets listed}\n  - {name: stop, rule: Trail stopped, link: {sourceIPAddress: list.sourceIPAddress}, differs: {userIdentity.arn: list.userIdentity.arn}, within: 30m}\n'

test.each([1, 2])(
  'with correlations the events of their detections are marked, on %d threads',
  async threads => {
    const bob = user('bob', 'AKIABOB')
    const logs = [
      file([event(0), event(1), event(2), event(20), event(21, bob)]),
      file([stopLogging(25), event(60, bob), event(2)]),
    ]
    const entries: TimelineEntry[] = []
    const rules = rulesOf([
      `${rule('Trail stopped', 'StopLogging')}---\n${rule('Buckets listed', 'ListBuckets', 'low')}---\n${burst}---\n${handed}`,
    ])
    const told = async (correlations: boolean) => {
      entries.length = 0
      const { head, ledger } = await timeline({
        ...scanOf(logs, { threads }),
        entity: KEY,
        rules,
        selection: { include: [], exclude: [] },
        correlations,
        most: 100,
        sink: { head: () => {}, entry: one => entries.push(one) },
      })
      return {
        marks: entries.map(({ marks }) => marks.map(({ title }) => title)),
        head: head.marks.map(({ title, events }) => [title, events]),
        ends: ledger.rules.map(({ id, end, hits }) => [id, end, hits]),
      }
    }
    expect(await told(true)).toEqual({
      marks: [
        ['Listed in a burst', 'Buckets listed'],
        ['Listed in a burst', 'Buckets listed'],
        ['Listed in a burst', 'Buckets listed'],
        ['Buckets listed'],
        // The other step is an event of bob's, which does not name the key.
        ['Stopped after bob listed', 'Trail stopped'],
      ],
      head: [
        ['Stopped after bob listed', 1],
        ['Listed in a burst', 3],
        ['Trail stopped', 1],
        ['Buckets listed', 4],
      ],
      ends: [
        ['trail-stopped', 'ran', 1],
        ['buckets-listed', 'ran', 4],
        ['burst', 'ran', 3],
        ['handed', 'ran', 1],
      ],
    })
    const without = await told(false)
    expect(without.marks.flat()).not.toContain('Listed in a burst')
    expect(without.ends.slice(2)).toEqual([
      ['burst', 'not-run', 0],
      ['handed', 'not-run', 0],
    ])
  },
)
