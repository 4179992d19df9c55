import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import type { HuntOptions } from '../../src/detect/options.ts'
import { event, rule, stopLogging, trail } from '../cli/logs.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { type Hunted, huntAll, largeLogs, rulesOf, scanOf, user } from './scans.ts'

const folder = temporaryFolder()
let files = 0
const file = (records: readonly JsonObject[]): string =>
  written(folder, `${String(files++).padStart(3, '0')}.json`, trail(records))

function run(
  inputs: readonly string[],
  rules: readonly string[],
  more: Partial<HuntOptions> = {},
): Promise<Hunted> {
  return huntAll({
    ...scanOf(inputs),
    rules: rulesOf(rules),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    watch: { begin: () => {}, progress: () => {}, fileDone: () => {}, hit: () => {} },
    ...more,
  })
}

function over(id: string, lines: string, level = 'high'): string {
  return `title: ${id}\nid: ${id}\nlevel: ${level}\ncorrelation:\n${lines.replace(/^(?=.)/gm, '  ')}\n`
}

const bases = `${rule('Listed', 'ListBuckets', 'low')}---\n${rule('Stopped', 'StopLogging', 'medium')}`
const burst = over(
  'burst',
  'type: event_count\nrules: [Listed]\ngroup-by: [userIdentity.arn]\ntimespan: 5m\ncondition: {gte: 3}',
)
const bob = user('bob', 'AKIABOB')
const logs = [event(0), event(1), event(2, bob), event(3), event(30), stopLogging(40)]

describe('a hunt with rules that remember', () => {
  test('makes findings of the events that made them hold', async () => {
    const { findings, ledger } = await run([file(logs)], [bases, burst])
    const [found, ...others] = findings.filter(({ rule_id }) => rule_id === 'burst')
    expect(others).toEqual([])
    expect(found).toMatchObject({
      level: 'high',
      count: 3,
      first_time: '2024-05-01T10:00:00Z',
      last_time: '2024-05-01T10:03:00Z',
      entity: { kind: 'userIdentity.arn', value: 'arn:aws:iam::111122223333:user/alice' },
      entities: { address: ['192.0.2.1'] },
      because: [
        '3 events within 5m (>= 3) at 2024-05-01T10:03:00Z',
        'in 3m, from 2024-05-01T10:00:00Z to 2024-05-01T10:03:00Z',
      ],
    })
    expect(found?.evidence.map(({ record }) => record)).toEqual([0, 1, 3])
    expect(ledger.rules.map(({ id, end, hits }) => [id, end, hits])).toEqual([
      ['listed', 'ran', 5],
      ['stopped', 'ran', 1],
      ['burst', 'ran', 3],
    ])
  })

  test('hides the findings of base rules, unless the rule generates them', async () => {
    const input = file(logs)
    const ids = async (text: string) =>
      (await run([input], [bases, text])).findings.map(({ rule_id }) => rule_id).sort()
    expect(await ids(burst)).toEqual(['burst', 'stopped'])
    expect(await ids(`${burst}  generate: true\n`)).toEqual(['burst', 'listed', 'listed', 'stopped'])
  })

  test('runs base rules that are not chosen themselves, and tells nothing of them', async () => {
    const selection = { include: [], exclude: [], minLevel: 'high' } as const
    const { findings } = await run([file(logs)], [bases, `${burst}  generate: true\n`], { selection })
    expect(findings.map(({ rule_id }) => rule_id)).toEqual(['burst'])
  })

  test('counts an event once, whatever its copies', async () => {
    const input = [file(logs.slice(0, 3)), file(logs.slice(0, 3))]
    expect((await run(input, [bases, burst])).findings).toEqual([])
    const copies = await run(input, [bases, burst], { keepDuplicates: true })
    expect(copies.findings.map(({ count }) => count)).toEqual([4])
  })

  test('makes one finding of a detection whose events lie more than a day apart, and of those near it', async () => {
    const HOUR = 60
    const pair = burst.replace('5m', '7d').replace('gte: 3', 'eq: 2')
    const far = [event(0), event(60 * HOUR), event(2, bob)]
    const { findings } = await run([file(far)], [bases, pair])
    expect(findings.map(({ count, first_time, last_time }) => [count, first_time, last_time])).toEqual([
      [2, '2024-05-01T10:00:00Z', '2024-05-03T22:00:00Z'],
    ])
    const chain = over(
      'chain',
      `type: chain
steps:
- {name: list, rule: Listed}
- {name: stop, rule: Stopped, link: {userIdentity.arn: list.userIdentity.arn}, within: 7d}`,
    )
    const steps = [event(0), event(4, bob), stopLogging(100 * HOUR)]
    const chains = (await run([file(steps)], [bases, chain])).findings.filter(
      ({ rule_id }) => rule_id === 'chain',
    )
    expect(chains.map(({ count, outcome }) => [count, outcome])).toEqual([[2, 'succeeded']])
  })

  test('tells of chains that broke off at their own level, beside whole ones', async () => {
    const chain = over(
      'chain',
      `type: chain
steps:
- {name: list, rule: Listed}
- {name: stop, rule: Stopped, link: {userIdentity.arn: list.userIdentity.arn}, within: 15m}
incomplete: low`,
      'critical',
    )
    const { findings } = await run([file([...logs, event(90, bob)])], [bases, chain])
    const told = findings.map(({ level, count, because }) => [level, count, because?.[0]])
    const missing = '"list" in 0s; "stop" is missing: it was not observed in its time'
    expect(told).toEqual([
      ['low', 2, missing],
      ['low', 1, missing],
      ['critical', 2, '"list", then "stop" in 10m'],
    ])
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
  })

  test('shows evidence of rules over rules down to the events', async () => {
    const outer = over(
      'outer',
      'type: temporal_ordered\nrules: [burst, Stopped]\ngroup-by: [userIdentity.arn]\ntimespan: 1h',
    )
    const { findings } = await run([file(logs)], [bases, burst, outer])
    expect(findings.map(({ rule_id, count }) => [rule_id, count])).toEqual([['outer', 4]])
  })

  test('says what was left out for want of a time', async () => {
    const { ledger } = await run([file([event(1, { eventTime: 'soon' })])], [bases, burst])
    expect(ledger.rules.at(-1)?.problems).toEqual([
      'warning[state/no-time] 1.yml: 1 event left out, for nobody knows when they were',
    ])
  })

  test('is the same whether or not somebody watches each hit', async () => {
    const records = Array.from({ length: 240 }, (_, at) =>
      event(at, { ...user(`user${at % 7}`, `AKIA${at % 11}`), sourceIPAddress: `192.0.2.${at % 50}` }),
    )
    const timeless = event(500, { eventTime: 'soon' })
    const paths = [file(records.slice(0, 150)), file([timeless, ...records.slice(100)])]
    const kinds = [
      'type: event_count\ntimespan: 1h\ncondition: {gte: 4}',
      'type: value_count\ntimespan: 6h\ncondition: {field: sourceIPAddress, gte: 20}',
      'type: value_sum\ntimespan: 1h\ncondition: {field: userIdentity.accountId, gt: 400000000000}',
      'type: value_avg\ntimespan: 1h\ncondition: {field: userIdentity.accountId, gt: 1}',
      'type: volume\ntimespan: 1h\ncondition: {deviation: 1, gte: 2}\nminimum: 3',
      'type: first_seen\nfield: sourceIPAddress\nlearning: 1h',
    ]
    const keys = [
      '[userIdentity.arn]',
      '[sourceIPAddress, userIdentity.arn]',
      '[requestParameters.bucketName]',
    ]
    const rules = kinds.flatMap((lines, kind) =>
      keys.map((key, at) => over(`bare-${kind}-${at}`, `rules: [Listed]\ngroup-by: ${key}\n${lines}`)),
    )
    const windows = [0, 3, 6, 9, 12].map(from => rules.slice(from, from + 3))
    for (const [some, keepDuplicates] of [
      [rules, true],
      ...windows.map(one => [one, false] as const),
    ] as const) {
      const watched = await run(paths, [bases, ...some], { keepDuplicates })
      const watch = { begin: () => {}, progress: () => {}, fileDone: () => {} }
      const bare = await run(paths, [bases, ...some], { keepDuplicates, watch })
      expect(some === windows[4] || watched.findings.length > 0).toBe(true)
      expect(JSON.stringify(bare)).toBe(JSON.stringify(watched))
    }
  })

  test('is the same on several threads, with files in any order', async () => {
    const paths = largeLogs(9).map((records, at) => written(folder, join(`large-${at}.json`), trail(records)))
    const rules = [
      bases,
      over(
        'much',
        'type: value_count\nrules: [Listed]\ngroup-by: [sourceIPAddress]\ntimespan: 6h\ncondition: {field: userIdentity.arn, gte: 3}',
      ),
      over(
        'new',
        'type: first_seen\nrules: [Listed]\ngroup-by: [userIdentity.arn]\nfield: sourceIPAddress\nlearning: 1h',
      ),
    ]
    const one = await run(paths, rules)
    const several = await run([...paths].reverse(), rules, { threads: 3 })
    expect(one.findings.length).toBeGreaterThan(10)
    expect(JSON.stringify(several.findings)).toBe(JSON.stringify(one.findings))
  })
})
