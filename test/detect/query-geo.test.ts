import { expect, test } from 'vitest'
import type { QueryOptions } from '../../src/detect/query/options.ts'
import { runQuery } from '../../src/detect/query/run.ts'
import { sigmaQuery } from '../../src/detect/query/sigma-query.ts'
import type { Cell } from '../../src/plan/relation.ts'
import { event, trail } from '../cli/logs.ts'
import { mmdb } from '../context/mmdb.ts'
import { addTo } from '../lake/lake.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { scanOf } from './scans.ts'

const folder = temporaryFolder()
const databases = written(
  folder,
  'country.mmdb',
  mmdb('GeoLite2-Country', {
    '192.0.2.0/24': { country: { iso_code: 'DE' } },
    '198.51.100.0/24': { country: { iso_code: 'BR' } },
  }),
)
const logs = written(
  folder,
  'trail.json',
  trail([
    event(0),
    event(1, { sourceIPAddress: '198.51.100.9' }),
    event(2, { sourceIPAddress: '203.0.113.5' }),
    event(3, { sourceIPAddress: '198.51.100.9', eventName: 'GetObject' }),
    event(4, { 'source.geo.country_iso_code': 'BR' }),
  ]),
)
const NAME = 'source.geo.country_iso_code'

/** The ids and countries of the events that a rule matches. */
async function matched(detection: string, input: string, places?: readonly string[]) {
  const text = `title: t\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n  name: {eventName: ListBuckets}\n${detection}\n`
  const read = sigmaQuery(text, { macros: new Map(), strict: false, tables: [], parameters: new Map() })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const rows: (readonly Cell[])[] = []
  const options: QueryOptions = {
    ...scanOf([input]),
    search: read.value,
    style: 'splunk',
    now: 1_700_000_000,
    strict: false,
    memory: 500,
    lookups: new Map(),
    ...(places === undefined ? {} : { places }),
    fields: ['eventID', NAME],
    sink: { begin: () => {}, rows: batch => rows.push(...batch), note: () => {} },
  }
  await runQuery(options)
  return rows.map(row => row.map(String)).sort()
}

test('a Sigma query asks where addresses are as a hunt does, of files and of a lake, and shows it', async () => {
  const lake = temporaryFolder()
  await addTo(lake, [logs])
  const ids = [0, 1, 2, 3, 4].map(number => String(event(number)['eventID']))
  for (const input of [logs, lake]) {
    const there = `  place: {${NAME}: br}\n  condition: name and place`
    // What the log says itself goes first.
    expect(await matched(there, input, [databases])).toEqual([
      [ids[1], 'BR'],
      [ids[4], 'BR'],
    ])
    expect(await matched(there, input)).toEqual([[ids[4], 'BR']])
    const elsewhere = `  place: {${NAME}: [BR, DE]}\n  condition: name and not place`
    expect(await matched(elsewhere, input, [databases])).toEqual([[ids[2], 'null']])
    expect(await matched('  condition: name', input, [databases])).toEqual([
      [ids[0], 'DE'],
      [ids[1], 'BR'],
      [ids[2], 'null'],
      [ids[4], 'BR'],
    ])
  }
})
