import { expect, test } from 'vitest'
import { loadContext } from '../../src/context/load.ts'
import { event, rule, trail } from '../cli/logs.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { type Hunted, huntAll, rulesOf, scanOf } from './scans.ts'

const folder = temporaryFolder()
const RULES = [
  `${rule('Listed', 'ListBuckets')}---\ntitle: Many\nid: many\nlevel: high\ncorrelation:\n  type: event_count\n  rules: Listed\n  group-by: [userIdentity.arn]\n  timespan: 1h\n  condition: {gte: 3}\n`,
]
const WINDOW =
  '- {actions: ListBuckets, starts: 2024-01-01, ends: 2024-12-31, owner: ops, reason: an example, ticket: CHG-1, created: 2024-01-01, review_by: 2024-08-01, expires: 2024-12-31}\n'

function run(count: number, hideApproved = false): Promise<Hunted> {
  const records = Array.from({ length: count }, (_, number) => event(number))
  const context = loadContext([{ file: 'change_windows.yaml', text: WINDOW }], {
    asOf: Date.UTC(2024, 4, 2),
  })
  return huntAll({
    ...scanOf([written(folder, `${count}-${hideApproved}.json`, trail(records))]),
    rules: rulesOf(RULES),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    knowledge: { context, hideApproved },
  })
}

test('events that only a rule which remembers wants are told with what is known of them, and approvals count them', async () => {
  const { findings, ledger } = await run(4)
  expect(findings.map(({ title, count }) => [title, count])).toEqual([['Many', 4]])
  expect(Object.keys(findings[0]?.shown ?? {})).toContain('context.approved')
  expect(ledger.context?.approvals.map(({ count }) => count)).toEqual([4])
})

test('what becomes no finding, approvals do not count', async () => {
  const { findings, ledger } = await run(2)
  expect([findings, ledger.context?.approvals]).toEqual([[], []])
})

test('events that an approval hides count for no rule that remembers', async () => {
  const { findings, ledger } = await run(4, true)
  expect(findings).toEqual([])
  expect(ledger.context?.approvals.map(({ count }) => count)).toEqual([4])
})
