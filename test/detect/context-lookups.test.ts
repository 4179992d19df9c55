import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadContext } from '../../src/context/load.ts'
import { contextTables } from '../../src/context/view.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { contextLookups } from '../../src/detect/query/context-lookups.ts'
import { languages } from '../../src/detect/query/languages.ts'
import type { LookupTable } from '../../src/plan/lowering.ts'
import { SearchBench } from '../search-harness.ts'

const { context, problems } = loadContext(
  [
    {
      file: 'sensitive_buckets.csv',
      text: 'name,classification,data_owner,last_verified\nexample-pay*,restricted,cfo@example.com,2024-05-01\nexample-data,confidential,data@example.com,2024-05-01\n',
    },
    {
      file: 'owned_networks.csv',
      text: 'cidr,name,last_verified\n192.0.2.0/24,office,2024-05-01\n2001:db8::/32,six,2024-05-01\n',
    },
    {
      file: 'blocked_destinations.csv',
      text: 'destination,reason,last_verified\nbad-*,named,2024-05-01\n203.0.113.0/24,network,2024-05-01\n',
    },
    {
      file: 'approved_images.csv',
      text: 'image,owner,reason,ticket,created,review_by,expires\nami-0aa*,ann@example.com,base,CHG-1,2024-05-01T10:00:00Z,2024-05-01T10:30:00Z,2024-05-01T11:00:00Z\n',
    },
  ],
  { asOf: Date.UTC(2024, 4, 2) },
)
const lookups: Record<string, LookupTable> = Object.fromEntries(
  contextLookups(contextTables(context)).map(table => [table.name, table]),
)

let bench: SearchBench
beforeAll(async () => {
  bench = await SearchBench.open()
})
afterAll(() => bench.close())

async function rows(language: 'spl' | 'sumo', text: string, events: readonly JsonObject[]) {
  const read = (await languages[language].reader())(text, { macros: new Map(), strict: false })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return bench.run(read.value, languages[language].style, events, { lookups, order: 'given' })
}

function event(time: string, more: JsonObject): JsonObject {
  return { '@timestamp': time, eventName: 'E', ...more }
}

const noon = '2024-05-01T12:00:00Z'
const SEARCHES = {
  spl: (table: string, key: string, column: string) =>
    `* | lookup ${table} ${key} AS key OUTPUT ${column} AS found | fields key, found`,
  sumo: (table: string, key: string, column: string) =>
    `* | json "key" | lookup ${column} as found from ${table} on key=${key} | fields key, found`,
} as const

test('the tables are sound', () => expect(problems).toEqual([]))

describe.each(['spl', 'sumo'] as const)('%s', language => {
  /** Splunk has a list where several rows may be met. */
  const found = async (table: string, key: string, column: string, events: readonly JsonObject[]) =>
    (await rows(language, SEARCHES[language](table, key, column), events)).rows.map(
      row => [row['found'] ?? null].flat()[0],
    )

  test('patterns are wildcards, in any case', async () => {
    const events = ['example-payroll', 'EXAMPLE-DATA', 'example-data2', 'x'].map(key => event(noon, { key }))
    expect(await found('sensitive_buckets', 'name', 'classification', events)).toEqual([
      'restricted',
      'confidential',
      null,
      null,
    ])
  })

  test('networks hold their addresses, of both kinds', async () => {
    const events = ['192.0.2.7', '192.0.3.7', '2001:db8:5::1', 'AWS Internal'].map(key =>
      event(noon, { key }),
    )
    expect(await found('owned_networks', 'cidr', 'name', events)).toEqual(['office', null, 'six', null])
  })

  test('a column of places holds both', async () => {
    const events = ['bad-bucket', '203.0.113.9', 'good', '198.51.100.1'].map(key => event(noon, { key }))
    expect(await found('blocked_destinations', 'destination', 'reason', events)).toEqual([
      'named',
      'network',
      null,
      null,
    ])
  })

  test('an approval is met from its creation on and before it expires, at the time of the event', async () => {
    const events = [
      ['2024-05-01T09:59:59Z', 'ami-0aab'],
      ['2024-05-01T10:00:00Z', 'ami-0aab'],
      ['2024-05-01T10:59:59Z', 'ami-0aac'],
      ['2024-05-01T10:59:59Z', 'ami-0bb'],
      ['2024-05-01T11:00:00Z', 'ami-0aab'],
    ].map(([time = '', key = '']) => event(time, { key }))
    expect(await found('approved_images', 'image', 'ticket', events)).toEqual([
      null,
      'CHG-1',
      'CHG-1',
      null,
      null,
    ])
  })
})

test.each([
  ['spl', '* | stats count by key | lookup approved_images image AS key OUTPUT ticket'],
  ['sumo', '* | json "key" | count by key | lookup ticket from approved_images on key=image'],
] as const)('%s: rows without a time meet no approval, which is told', async (language, text) => {
  const ran = await rows(language, text, [event('2024-05-01T10:30:00Z', { key: 'ami-0aab' })])
  expect(ran.rows.map(row => [row['ticket'] ?? null].flat()[0])).toEqual([null])
  expect(ran.notes.map(({ code }) => code)).toContain(`${language}/lookup-time`)
})
