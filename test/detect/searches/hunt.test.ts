import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/core/json.ts'
import { prepareSearches } from '../../../src/detect/searches/prepare.ts'
import { readMacrosConf } from '../../../src/lang/spl/search.ts'
import { loadRules } from '../../../src/rules/load.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { type Hunted, huntAll } from '../scans.ts'
import { log, read } from './events.ts'

const folder = temporaryFolder()

const conf = readMacrosConf('[cloudtrail]\ndefinition = sourcetype=aws:cloudtrail\n')
const macros = conf.ok ? conf.value : new Map()

let count = 0

/** Hunts with the rules of a YAML text through events. */
async function hunted(yaml: string, events: readonly JsonObject[]): Promise<Hunted> {
  const place = join(folder, String(count++))
  writeFileSync(`${place}.yml`, yaml)
  writeFileSync(`${place}.jsonl`, log(events))
  const around = { settings: { macros, strict: false }, lookups: new Map() }
  const { rules, prepared } = await prepareSearches(loadRules([`${place}.yml`]), around)
  return huntAll({
    inputs: [`${place}.jsonl`],
    rules,
    searches: { ...around, prepared, memory: 512 },
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    maxUnpacked: 1e8,
    threads: 1,
    stop: new Int32Array(new SharedArrayBuffer(4)),
    watch: { begin: () => {}, progress: () => {}, fileDone: () => {}, hit: () => {} },
  })
}

const BURST = [
  ...Array.from({ length: 40 }, (_, at) => read('bob', 5, at)),
  ...Array.from({ length: 12 }, (_, at) => read('ann', at * 10, at)),
]

const COUNTS = `title: Many reads
id: many-reads
level: high
tags: [attack.t1119]
search: |
  eventName="Get*" | bucket span=10m _time
  | stats count values(src_ip) as src_ip by user_arn _time | search count>20
schedule: {every: 10m, window: 70m}
entity: [user_arn]
risk: {impact: 80, confidence: 50, message: "$user_arn$ read $count$ objects, see $nothing$"}
`

test('a scheduled search gives one finding, however many of its windows overlap', async () => {
  const { findings, ledger } = await hunted(COUNTS, BURST)
  expect(findings).toMatchObject([
    {
      rule_id: 'many-reads',
      level: 'high',
      attack: ['T1119'],
      count: 1,
      first_time: '2026-03-18T12:00:00Z',
      entity: { kind: 'user_arn', value: 'arn:aws:iam::111122223333:user/bob' },
      entities: { address: ['192.0.2.7'] },
      risk: { impact: 80, confidence: 50, score: 40 },
      evidence: [],
    },
  ])
  expect(findings[0]?.because).toEqual([
    'arn:aws:iam::111122223333:user/bob read 40 objects, see $nothing$',
    'in the window 2026-03-18T11:00:00Z to 2026-03-18T12:10:00Z: user_arn=arn:aws:iam::111122223333:user/bob · _time=2026-03-18T12:00:00Z · count=40 · src_ip=192.0.2.7',
  ])
  expect(ledger.rules).toMatchObject([{ id: 'many-reads', end: 'ran', hits: 1 }])
})

test('rows that are events are evidence', async () => {
  const yaml =
    'title: Reads\nid: r\nlevel: low\nsearch: eventName=GetObject user_arn=*bob\nentity: [user_arn]\n'
  const { findings } = await hunted(yaml, BURST)
  expect(findings).toMatchObject([{ count: 40, outcome: 'succeeded', entities: { region: ['eu-west-1'] } }])
  expect(findings[0]?.evidence.length).toBe(40)
  expect(findings[0]?.evidence[0]).toMatchObject({ event_id: 'bob-5-0', record: 0 })
})

test('now() is the end of the window', async () => {
  const yaml = `title: Ends
id: ends
level: low
search: eventName=GetObject | stats count | eval end=strftime(now(), "%H:%M") | where count > 30
schedule: {every: 20m, window: 20m}
`
  const { findings } = await hunted(yaml, BURST)
  expect(findings.flatMap(({ shown }) => shown['end'])).toEqual(['12:20'])
})

test('a search that says something of silence runs over windows without events too', async () => {
  const yaml = `title: Silence
id: silence
level: low
language: sumo
search: '* | where eventName = "GetObject" | timeslice 10m | count by _timeslice | where _count > 3'
---
title: Quiet
id: quiet
level: low
search: eventName=GetObject | stats count | where count=0
schedule: {every: 1h, window: 1h}
`
  const events = [read('ann', 0, 1), read('ann', 239, 2)]
  const { findings } = await hunted(yaml, events)
  expect(findings.map(({ rule_id, shown }) => [rule_id, shown['count']])).toEqual([['quiet', ['0']]])
})

test('a field that no event has is told in the ledger and in the finding', async () => {
  const yaml = `title: Odd\nid: odd\nlevel: low\nsearch: eventName=GetObject | stats count by user_arn | eval x=nowhere\n`
  const { findings, ledger } = await hunted(yaml, BURST)
  expect(ledger.rules).toMatchObject([{ id: 'odd', missing: ['nowhere'] }])
  expect(findings).toMatchObject([{}, {}])
})

test('a search that cannot run is refused with its place in the file', async () => {
  const yaml = `title: Bad\nid: bad\nlevel: low\nsearch: |\n  eventName=GetObject\n  | stast count by user_arn\n`
  const { findings, ledger } = await hunted(yaml, BURST)
  expect(findings).toEqual([])
  expect(ledger.rules).toMatchObject([{ id: 'bad', end: 'refused' }])
  expect(ledger.rules[0]?.problems[0]).toMatch(
    /^error\[spl\/unknown-command\] .*\.yml:6:5: there is no command "stast"/,
  )
})

test('a rule in the shape of published ones is read', async () => {
  const yaml = `name: Published
id: 11111111-1111-4111-8111-111111111111
version: 3
status: production
type: TTP
search: '\`cloudtrail\` eventName=GetObject | stats count by user_arn src_ip | \`published_filter\`'
how_to_implement: Read the logs.
known_false_positives: None known.
references: [https://example.com/a]
tags:
  mitre_attack_id: [T1119]
  impact: 80
  confidence: 80
  message: $user_arn$ did it
  observable:
    - {name: src_ip, type: IP Address, role: [Attacker]}
    - {name: user_arn, type: User, role: [Victim]}
`
  const { findings } = await hunted(yaml, BURST)
  expect(findings).toMatchObject([{}, {}])
  expect(findings[0]).toMatchObject({
    title: 'Published',
    status: 'stable',
    level: 'high',
    attack: ['T1119'],
    falsepositives: ['None known.'],
    entity: { kind: 'user_arn, src_ip' },
    risk: { score: 64 },
  })
})

test('a search reads the sources that its rule names, and says so if there are none', async () => {
  const yaml = `title: Other\nid: other\nlevel: low\nsources: [auditd]\nsearch: eventName=GetObject | stats count\n`
  const { findings, ledger } = await hunted(yaml, BURST)
  expect(findings).toEqual([])
  expect(ledger.rules).toMatchObject([{ id: 'other', end: 'no-such-logs' }])
})

test('a rule is told of gaps in its schedule, of what means nothing there, and of an entity that no row has', async () => {
  const yaml = COUNTS.replace(
    '{every: 10m, window: 70m}',
    '{every: 60m, window: 59m, cron: "0 * * * *"}',
  ).replace('entity: [user_arn]', 'entity: [nobody]')
  const [rule] = (await hunted(yaml, BURST)).ledger.rules
  expect(rule?.problems.map(problem => /\[(.*?)\]/.exec(problem)?.[1])).toEqual([
    'search/unknown-key',
    'search/schedule-gaps',
    'search/no-entity',
  ])
})
