import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { splSearch } from '../../src/lang/spl/search.ts'
import type { Search } from '../../src/plan/lowering.ts'
import { columnNamed, filter, group, sort } from '../../src/plan/pipeline.ts'
import type { Cell } from '../../src/plan/relation.ts'
import { column, compare, number, text } from '../../src/plan/scalars.ts'
import { addTo, anEvent, eventFile } from '../lake/lake.ts'
import { search as sumo } from '../lang/sumo/queries.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { run } from './run-query.ts'

const folder = temporaryFolder()

/** Counts by these fields of events with a result, the most frequent values first. */
function countBy(fields: readonly string[], all = false): Search {
  return {
    wish: { names: new Set([...fields, 'errorCode']), all },
    *lower({ events, unknownField }) {
      yield* []
      for (const field of fields) if (columnNamed(events, field) === undefined) unknownField(field)
      const code = columnNamed(events, 'errorCode') ?? text(null)
      const known = filter(events, compare('ne', code, text('')))
      const by = fields.map(name => ({ name, value: columnNamed(events, name) ?? text(null) }))
      const counts = group(known, by, [{ name: 'count', fn: 'count_rows', type: 'number' }])
      return sort(filter(counts, compare('gt', column('count', 'number'), number(0))), [
        { value: column('count', 'number'), descending: true },
        ...fields.map(name => ({ value: column(name, 'text'), descending: false })),
      ])
    },
  }
}

test('a lake gives what the files give', async () => {
  const lake = join(folder, 'lake')
  await addTo(lake, ['samples'])
  const fields = 'eventName errorCode user_arn requestParameters.bucketName src_ip sourcetype'.split(' ')
  const files = await run(countBy(fields), ['samples'])
  for (const [at, field] of fields.entries())
    expect([field, files.rows.some(row => row[at] !== null)]).toEqual([field, true])
  expect((await run(countBy(fields), [lake])).rows).toEqual(files.rows)
  expect((await run(countBy(fields, true), [lake])).rows).toEqual(files.rows)
})

test('an event is found by every name of its log, and counted under the first', async () => {
  const logs = temporaryFolder()
  const lake = join(folder, 'windows')
  const event = {
    EventID: 22,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: 'host1.example.com',
  }
  const other = { ...event, Channel: 'Microsoft-Windows-WMI-Activity/Operational', EventID: 5861 }
  const lines = [event, other].map((one, at) => {
    return JSON.stringify({ ...one, EventRecordID: at, TimeCreated: `2024-05-01T12:00:0${at}Z` })
  })
  writeFileSync(join(logs, 'events.jsonl'), lines.join('\n'))
  await addTo(lake, [logs])
  const search = splSearch(
    `source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational" OR sourcetype="wineventlog:microsoft-windows-wmi-*"
    | eval dns=if(sourcetype="WinEventLog:Microsoft-Windows-Sysmon/Operational","yes","no"), name=sourcetype.":".EventCode
    | stats count values(name) as names by sourcetype dns`,
    { macros: new Map() },
  )
  if (!search.ok) throw new Error('it does not run')
  const expected = ['Sysmon/Operational yes 22', 'WMI-Activity/Operational no 5861'].map(text => {
    const [channel, dns, code] = text.split(' ')
    const name = `WinEventLog:Microsoft-Windows-${channel}`
    return [name, dns, 1, `${name}:${code}`]
  })
  expect((await run(search.value, [logs])).rows).toEqual(expected)
  expect((await run(search.value, [lake])).rows).toEqual(expected)
})

test('a file of no known log is a source of its own', async () => {
  const file = join(folder, 'own.jsonl')
  writeFileSync(
    file,
    '{"time":"2024-05-01T10:00:00Z","who":"ann","errorCode":"x"}\n{"who":"ann","errorCode":"y"}\n',
  )
  const { rows, result } = await run(countBy(['who']), [file])
  expect(rows).toEqual([['ann', 2]])
  expect(result.ledger.totals.lost).toBe(false)
})

test('an event has one source type, the one that the search speaks of', async () => {
  const file = join(folder, 'mail.jsonl')
  writeFileSync(
    file,
    '{"CreationTime":"2024-05-01T10:00:00","Id":"a","Operation":"Send","Workload":"Exchange","UserId":"ann"}\n',
  )
  const said = async (text: string): Promise<readonly Cell[][]> => {
    const search = splSearch(`${text} | stats count by sourcetype`)
    return search.ok ? (await run(search.value, [file])).rows : []
  }
  expect(await said('*')).toEqual([['o365:management:activity', 1]])
  expect(await said('sourcetype=ms:o365*')).toEqual([['ms:o365:management', 1]])
  expect(await said('sourcetype IN (other, o365:management:activity)')).toEqual([
    ['o365:management:activity', 1],
  ])
  expect(await said('sourcetype!=o365:management:activity')).toEqual([])
  expect(await said('NOT sourcetype=ms:o365:management')).toEqual([])
  expect(await said('* | eval sourcetype="x" | search sourcetype=x NOT sourcetype=ms:*')).toEqual([['x', 1]])
})

test('an index is the one in which the search looks for such events', async () => {
  const file = join(folder, 'two.jsonl')
  writeFileSync(
    file,
    `{"CreationTime":"2024-05-01T10:00:00","Id":"a","Operation":"Send","Workload":"Exchange","UserId":"ann"}
{"time":"2024-05-01T10:00:00Z","category":"SignInLogs","tenantId":"t","properties":{"id":"b","createdDateTime":"2024-05-01T10:00:00Z"}}`,
  )
  const said = async (text: string): Promise<readonly Cell[][]> => {
    const search = splSearch(`${text} | stats count by index`)
    return search.ok ? (await run(search.value, [file])).rows : []
  }
  expect(await said('(index=mail sourcetype=o365*) OR (index=sign sourcetype=azure:aad:*)')).toEqual([
    ['mail', 1],
    ['sign', 1],
  ])
  expect(await said('index=all')).toEqual([['all', 2]])
  expect(await said('index=a* OR index=b*')).toEqual([['main', 2]])
})

test('a field that no event has is told', async () => {
  const { notes } = await run(countBy(['eventNam']), ['samples'])
  expect(notes).toEqual(['no event here has a field "eventNam", which is null throughout'])
})

test('what a search compares with may lie before the time that is searched', async () => {
  const file = eventFile([1, 2, 3, 4, 5].map(number => anEvent(number)))
  const lake = join(folder, 'days')
  await addTo(lake, [file])
  const [from, to] = [Date.UTC(2024, 4, 2), Date.UTC(2024, 4, 3)]
  const time = { from, to, now: to / 1000 }
  for (const input of [file, lake]) {
    const query = sumo('* | count by eventName | compare timeshift 1d')
    expect((await run(query, [input], 'sumo', time)).rows).toEqual([['GetObject', 2, 1]])
  }
})
