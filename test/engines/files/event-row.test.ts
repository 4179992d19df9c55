import { expect, test } from 'vitest'
import { rowMaker } from '../../../src/engines/files/event-row.ts'
import { generic } from '../../../src/sources/generic/generic.ts'
import { readContent } from '../../sources/reading.ts'

const EVENT = {
  eventVersion: '1.08',
  eventSource: 'iam.amazonaws.com',
  eventName: 'Create "A" : [ b ]',
  eventTime: '2024-05-01T10:00:00Z',
}

test('the text of JSON that was written again has no white space between its parts, as in a lake', async () => {
  const compact = JSON.stringify(EVENT)
  const lines = JSON.stringify(EVENT, null, 1).replaceAll('\n', ' ')
  for (const content of [compact, lines, JSON.stringify({ Records: [EVENT] }, null, 2)]) {
    const { found } = await readContent(content)
    const rows = found.map(rowMaker('sumo', { names: new Set(['_raw']), all: false }))
    expect(rows.map(row => row.get('_raw'))).toEqual([compact])
  }
})

test('only Splunk says success, and no name of a product stands for one that a query sets', async () => {
  const { found } = await readContent(JSON.stringify(EVENT))
  const names = new Set(['errorCode', 'event_name'])
  const cells = (style: 'splunk' | 'sumo', own: readonly string[]) => {
    const maker = rowMaker(style, { names, own: new Set(own), all: false })
    return found.map(maker).map(row => [...names].map(name => row.get(name)))
  }
  expect(cells('splunk', [])).toEqual([['success', EVENT.eventName]])
  expect(cells('sumo', [])).toEqual([[undefined, EVENT.eventName]])
  expect(cells('sumo', ['event_name'])).toEqual([[undefined, undefined]])
})

test('that of what is no known log stays', () => {
  const text = '{ "a": 1 }'
  const row = rowMaker('sumo', { names: new Set(['_raw']), all: false })({
    source: generic,
    record: { a: 1 },
    text,
    file: 'a',
    number: 1,
  })
  expect(row.get('_raw')).toBe(text)
})
