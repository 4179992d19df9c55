import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { type HuntResult, hunt } from '../../src/detect/hunt.ts'
import type { ScanOptions } from '../../src/detect/options.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { rule, trail } from '../cli/logs.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { largeLogs, rulesOf, scanOf } from './scans.ts'

const folder = temporaryFolder()
const USER = 'group-by: [userIdentity.arn]'
const LISTED = `rules: Listed\n${USER}\ntimespan: 20m`
const BOTH = `rules: [Listed, Denied]\n${USER}\ntimespan: 20m`
const NUMBER = 'additionalEventData.bytes'
/** Of every kind one. */
const KINDS: Readonly<Record<string, string>> = {
  event_count: `${LISTED}\ncondition: {gte: 3}`,
  value_count: `${LISTED}\ncondition: {field: sourceIPAddress, gte: 3}`,
  value_sum: `${LISTED}\ncondition: {field: ${NUMBER}, gte: 15}`,
  value_avg: `${LISTED}\ncondition: {field: ${NUMBER}, gte: 8}`,
  value_median: `${LISTED}\ncondition: {field: ${NUMBER}, gte: 8}`,
  value_percentile: `${LISTED}\ncondition: {field: ${NUMBER}, percentile: 90, gte: 9}`,
  temporal: BOTH,
  temporal_ordered: BOTH,
  first_seen: `rules: Listed\n${USER}\nfield: sourceIPAddress\nlearning: 1h`,
  volume: `rules: Listed\n${USER}\ntimespan: 10m\nminimum: 3\ncondition: {deviation: 0.5}`,
  absence: `rules: Listed\n${USER}\ntimespan: 9m\ngrace: 1m\nminimum: 3\ndisabled-by: Denied`,
  chain: `steps:
- {name: list, rule: Listed}
- {name: deny, rule: Denied, link: {userIdentity.arn: list.userIdentity.arn}, within: 9m}
incomplete: low`,
}
/** Rules that another is over make no findings of their own. */
const BELOW = ['event_count', 'value_sum']
const over = (id: string, lines: string): string =>
  `title: ${id}\nid: ${id}\nlevel: high\ncorrelation:\n${lines.replace(/^(?=.)/gm, '  ')}\n`
const RULES = [
  `${rule('Listed', 'ListBuckets')}---\n${rule('Denied', 'DeleteBucket')}`,
  ...Object.entries(KINDS).map(([kind, lines]) => over(kind, `type: ${kind}\n${lines}`)),
  over(
    'outer',
    'type: temporal\nrules: [event_count, value_sum]\ngroup-by: [userIdentity.arn]\ntimespan: 2h',
  ),
]

/** Files of which each repeats records of the one before. */
const LOGS = largeLogs(5, 7000).map(records =>
  records.map((record, at) => ({
    ...record,
    // The same in a copy, which stands 100 records on.
    additionalEventData: { bytes: ((at % 20) * 7) % 11 },
    ...(at % 5 === 2 ? { eventName: 'DeleteBucket' } : {}),
  })),
)

function file(name: string, records: readonly JsonObject[]): string {
  return written(folder, join(`${name}.json`), trail(records))
}

function run(inputs: readonly string[], more: Partial<ScanOptions>): Promise<HuntResult> {
  return hunt({
    ...scanOf(inputs, more),
    rules: rulesOf(RULES),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
  })
}

async function findings(inputs: readonly string[], threads: number): Promise<readonly Finding[]> {
  return [...(await run(inputs, { threads })).findings]
}

/** Without what the place of a record decides. */
function withoutPlaces(all: readonly Finding[]): string {
  const events = (evidence: Finding['evidence']): unknown =>
    evidence.map(({ event_id, event_time, sha256 }) => [event_time, event_id, sha256]).sort()
  return JSON.stringify(all.map(({ evidence, ...rest }) => ({ ...rest, evidence: events(evidence) })))
}

test('bare hits give the same findings on 1, 2 and 3 threads, in files of any order', async () => {
  // Copies that differ: the first of them counts, whoever reads it.
  const changed = (LOGS[2] ?? []).map(record => ({
    ...record,
    userAgent: 'changed',
    sourceIPAddress: '192.0.2.99',
  }))
  const paths = [...LOGS, changed].map((records, at) => file(`same-${at}`, records))
  const one = await findings(paths, 1)
  const shown = Object.keys(KINDS).filter(kind => !BELOW.includes(kind))
  expect(new Set(one.map(({ rule_id }) => rule_id))).toEqual(new Set([...shown, 'outer']))
  for (const threads of [2, 3])
    expect(JSON.stringify(await findings([...paths].reverse(), threads))).toBe(JSON.stringify(one))
})

test('bare hits give the same findings when records are shuffled over files, and some come twice', async () => {
  const all = LOGS.flat()
  const plain = await findings(
    LOGS.map((records, at) => file(`plain-${at}`, records)),
    1,
  )
  // 1061 is prime: every record comes.
  const shuffled = Array.from({ length: all.length }, (_, at) => all[(at * 1061 + 7) % all.length] ?? {})
  const twice = [...shuffled, ...shuffled.slice(0, 100)]
  const paths = [0, 1, 2, 3].map(part =>
    file(
      `shuffled-${part}`,
      twice.filter((_, at) => at % 4 === part),
    ),
  )
  expect(withoutPlaces(await findings(paths, 2))).toBe(withoutPlaces(plain))
})

test('events of files that changed since they were read are missed, and that is said', async () => {
  const [records = []] = LOGS
  const path = file('changing', records)
  const change = (): unknown => file('changing', records.toReversed())
  const watch = { ...scanOf([]).watch, fileDone: change }
  const { findings: found, ledger } = await run([path], { watch })
  expect([...found].filter(({ rule_id }) => rule_id === 'chain')).toEqual([])
  expect(ledger.rules.find(({ id }) => id === 'chain')?.problems).toEqual([
    expect.stringMatching(/^warning\[state\/changed\].* events left out, for their files changed/),
  ])
  expect(ledger.totals.lost).toBe(true)
})
