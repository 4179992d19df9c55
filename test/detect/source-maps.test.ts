import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ingestInputs } from '../../src/detect/ingest.ts'
import { languages } from '../../src/detect/query/languages.ts'
import { runQuery } from '../../src/detect/query/run.ts'
import { summary } from '../../src/detect/summary.ts'
import type { Cell } from '../../src/plan/relation.ts'
import { readSourceMap } from '../../src/sources/map/read-source-map.ts'
import type { SourceMap } from '../../src/sources/map/source-map.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { huntAll, rulesOf, scanOf } from './scans.ts'

const folder = temporaryFolder()

function sample(name: string): SourceMap {
  const read = readSourceMap(readFileSync(`docs/source-maps/${name}.yml`, 'utf8'))
  if (!read.ok) throw new Error(`the sample ${name} cannot be read`)
  return read.value
}

const maps = [sample('proxy-clicks'), sample('mail-gateway'), sample('squid')]

function click(number: number, user: string, url: string): string {
  const ts = new Date(Date.UTC(2024, 4, 3, 8, number)).toISOString()
  const request = { verb: 'GET', url }
  const client = { ip: '203.0.113.24' }
  return JSON.stringify({
    kind: 'click',
    ts,
    guid: `c-${number}`,
    client,
    user: { email: user },
    request,
    verdict: 'allowed',
  })
}

const clicks = written(
  folder,
  'clicks.jsonl',
  [
    click(0, 'mara@example.com', 'https://get.example.net/setup.exe'),
    click(1, 'tom@example.com', 'https://www.example.org/'),
    click(1, 'tom@example.com', 'https://www.example.org/'),
    '{"something":"else"}',
  ].join('\n'),
)
const squid = written(
  folder,
  'access.log',
  '1714723049.120    87 203.0.113.24 TCP_MISS/200 5120 GET http://get.example.net/tool.exe mara HIER_DIRECT/198.51.100.7 text/html\n' +
    '1714723050.001    12 203.0.113.25 TCP_DENIED/403 410 CONNECT files.example.net:443 - HIER_NONE/- -\n',
)
const table = written(
  folder,
  'audit.csv',
  'when,who,did,thing\n2024-05-03 10:00:00,mara,delete,"record, 7"\n2024-05-03 10:01:00,tom,read,record 8\n',
)
const audit = readSourceMap(
  'id: own-audit\nlogsource: {product: shop}\nform: csv\nrecognise: {did: [read, delete], thing: "*"}\ntime: {field: when, zone: "+02:00"}\n' +
    'entities: {actor: who, resources: thing}\nevent: {action: did}\n',
)
if (!audit.ok) throw new Error('the mapping of the table cannot be read')

const rule = (id: string, logsource: string, detection: string): string =>
  `title: ${id}\nid: ${id}\nlogsource: ${logsource}\ndetection:\n  s: ${detection}\n  condition: s\n`

describe('a log that a mapping describes', () => {
  const hunted = (inputs: readonly string[], rules: readonly string[], watched = true) =>
    huntAll({
      ...scanOf(inputs, { maps: [...maps, audit.value] }),
      rules: rulesOf(rules),
      selection: { include: [], exclude: [] },
      keepDuplicates: false,
      strict: false,
      profile: false,
      watch: {
        begin: () => {},
        progress: () => {},
        fileDone: () => {},
        ...(watched ? { hit: () => {} } : {}),
      },
    })

  test('is hunted in with rules of its log source, and copies are known by its id', async () => {
    const { findings, ledger } = await hunted(
      [clicks, squid],
      [
        rule('exe', '{category: proxy}', '{c-uri-extension: exe}'),
        rule('other', '{category: proxy, product: another}', '{c-uri-extension: exe}'),
      ],
    )
    expect(findings.map(({ rule_id, entity }) => [rule_id, entity.value])).toEqual([
      ['exe', 'mara'],
      ['exe', 'mara@example.com'],
    ])
    expect(ledger.totals).toMatchObject({
      events: 5,
      distinct: 4,
      duplicates: 1,
      apart: { unrecognised: 1 },
      lost: false,
    })
    expect(ledger.rules.map(({ id, end }) => [id, end])).toEqual([
      ['exe', 'ran'],
      ['other', 'no-such-logs'],
    ])
  })
  test('may be a table', async () => {
    const { findings } = await hunted([table], [rule('deleted', '{product: shop}', '{did: delete}')])
    expect(findings.map(({ first_time, evidence }) => [first_time, evidence[0]?.record])).toEqual([
      ['2024-05-03T08:00:00Z', 0],
    ])
  })
  test('takes part in rules that remember', async () => {
    const over =
      'title: both\nid: both\ncorrelation:\n  type: temporal\n  rules: [exe, page]\n  group-by: [address]\n  timespan: 10m\n'
    const text = `${rule('exe', '{category: proxy}', '{c-uri-extension: exe}')}---\n${rule('page', '{category: proxy}', '{host: www.example.org}')}---\n${over}`
    // If nobody watches, the hits of base rules are made again from their file.
    for (const watched of [true, false]) {
      const { findings } = await hunted([clicks], [text], watched)
      const found = findings.find(({ rule_id }) => rule_id === 'both')
      expect(found?.count).toBe(2)
      expect(found?.entities.actor).toEqual(['mara@example.com', 'tom@example.com'])
    }
  })
  test('is counted by a summary under its title', async () => {
    const { summary: told } = await summary({ ...scanOf([clicks, squid], { maps }), top: 10 })
    expect(told.by.source.top.map(({ value, events }) => [value, events])).toEqual([
      ['Clicks through the web proxy', 2],
      ['Squid', 2],
    ])
    expect(told.denied).toBe(1)
  })
  test('is searched by the names of the mapping and those of Splunk and Sumo Logic', async () => {
    const spl = 'sourcetype="example:proxy" http_method=GET | stats count by user, dest | sort user'
    expect(await searched('spl', spl, [clicks])).toEqual([
      ['mara@example.com', 'get.example.net', 1],
      ['tom@example.com', 'www.example.org', 1],
    ])
    const sumo = '_sourceCategory=proxy/clicks method=GET | count by host | sort by host asc'
    expect(await searched('sumo', sumo, [clicks])).toEqual([
      ['get.example.net', 1],
      ['www.example.org', 1],
    ])
  })
  test('is in a lake with its mapping, which need not be given again', async () => {
    const lake = join(folder, 'lake')
    const own = { lake, memory: 400, batch: 1e8 }
    await ingestInputs({ ...scanOf([clicks, squid], { maps }), ...own })
    const spl = 'host=*example.net user=* | stats count by user | sort user'
    const rows = [
      ['mara', 1],
      ['mara@example.com', 1],
    ]
    expect(await searched('spl', spl, [lake], [])).toEqual(rows)
    expect(await searched('spl', spl, [clicks, squid])).toEqual(rows)
    const { findings } = await huntAll({
      ...scanOf([lake]),
      rules: rulesOf([rule('exe', '{category: proxy}', '{c-uri-extension: exe}')]),
      selection: { include: [], exclude: [] },
      keepDuplicates: false,
      strict: false,
      profile: false,
      watch: { begin: () => {}, progress: () => {}, fileDone: () => {} },
    })
    expect(findings.map(({ entity }) => entity.value)).toEqual(['mara', 'mara@example.com'])
  })
})

async function searched(
  language: 'spl' | 'sumo',
  text: string,
  inputs: readonly string[],
  given: readonly SourceMap[] = maps,
): Promise<readonly (readonly Cell[])[]> {
  const settings = { macros: new Map(), strict: false, tables: [], parameters: new Map() }
  const read = (await languages[language].reader())(text, settings)
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const rows: (readonly Cell[])[] = []
  await runQuery({
    ...scanOf(inputs, { maps: given }),
    search: read.value,
    text,
    style: languages[language].style,
    now: 1_714_800_000,
    strict: false,
    memory: 500,
    lookups: new Map(),
    sink: { begin: () => {}, rows: batch => rows.push(...batch), note: () => {} },
  })
  return rows
}
