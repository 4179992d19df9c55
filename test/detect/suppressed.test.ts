import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadContext } from '../../src/context/load.ts'
import { contextTables } from '../../src/context/view.ts'
import { trail } from '../cli/logs.ts'
import { addTo } from '../lake/lake.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { rulesIn } from './rules-in.ts'
import { huntAll, largeLogs, scanOf } from './scans.ts'

const folder = temporaryFolder()
const entry = (arn: string, ticket: string): string =>
  `- {identity: 'arn:aws:iam::111122223333:user/${arn}', actions: ListBuckets, owner: ops, reason: an example, ticket: ${ticket}, created: 2024-01-01, review_by: 2024-08-01, expires: 2024-12-31}\n`
const context = loadContext(
  [
    {
      file: 'provisioning_workflows.yaml',
      text: entry('user1', 'CHG-1') + entry('user9', 'CHG-2') + entry('user4*', 'CHG-3'),
    },
  ],
  { asOf: Date.UTC(2024, 4, 2) },
)
const rule = (filter: string): string =>
  `title: listed\nid: listed\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n  name: {eventName: ListBuckets}\n${filter}\n`
const RULE = rule(
  "  workflow: {userIdentity.arn|expand: '%provisioning_workflows.identity%'}\n  condition: name and not workflow",
)

const SEARCH = `title: listed
id: listed
level: low
search: |
  eventName=ListBuckets | lookup provisioning_workflows identity AS user_arn OUTPUT ticket | where isnull(ticket)
schedule: {every: 1d, window: 30h}
`

/** What becomes of events, and what approvals hid; an event that a file repeats from another is one. */
async function hunted(inputs: readonly string[], text: string, threads = 1) {
  const { ledger } = await huntAll({
    ...scanOf(inputs, { threads }),
    ...(await rulesIn(text, contextTables(context.context))),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    knowledge: { context },
  })
  const [listed] = ledger.rules
  return { hits: listed?.hits ?? 0, hidden: listed?.suppressed ?? 0, told: ledger.context?.suppressed }
}

function files(name: string, characters: number): readonly string[] {
  return largeLogs(3, characters).map((records, at) =>
    written(folder, join(`${name}-${at}.json`), trail(records)),
  )
}

test('hits of a search and what approvals hide from it are its hits without approvals', async () => {
  const { hits, hidden, told } = await hunted(files('searched', 10), SEARCH)
  expect(told?.map(({ entry: name }) => name)).toEqual([
    expect.stringContaining('CHG-1'),
    expect.stringContaining('CHG-3'),
  ])
  expect(told?.reduce((sum, { count }) => sum + count, 0)).toBe(hidden)
  expect(hits + hidden).toBe(320)
})

test('what approvals hide is counted, and told the same of files and of a lake', async () => {
  const logs = files('small', 10)
  const one = await hunted(logs, RULE)
  expect(one.told?.map(({ entry: name, count }) => [name, count])).toEqual([
    [expect.stringContaining('CHG-1'), expect.any(Number)],
    [expect.stringContaining('CHG-3'), expect.any(Number)],
  ])
  expect(one.told?.reduce((sum, { count }) => sum + count, 0)).toBe(one.hidden)
  const all = await hunted(logs, rule('  condition: name'))
  expect([one.hits + one.hidden, all.told]).toEqual([all.hits, []])
  const lake = temporaryFolder()
  await addTo(lake, logs)
  expect(await hunted([lake], RULE)).toEqual(one)
})

test('what approvals hide is the same on two threads, in files of any order', async () => {
  const logs = files('large', 9000)
  expect(await hunted(logs.toReversed(), RULE, 2)).toEqual(await hunted(logs, RULE))
})
