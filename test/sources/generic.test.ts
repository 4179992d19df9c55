import { describe, expect, test } from 'vitest'
import { generic, genericEvent } from '../../src/sources/generic/generic.ts'
import { event } from './events.ts'
import { readContent } from './reading.ts'

const GENERIC = { generic: true }

describe('a file of no known log', () => {
  test.each<readonly [string, string, string, readonly unknown[]]>([
    ['lines of JSON', 'log', '{"a":"1"}\n{"a":{"b":[1]}}', [{ a: '1' }, { a: { b: [1] } }]],
    ['a list', 'log', '[{"a":1},\n{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['objects over lines', 'log', '{\n"a":1\n}\n{\n"a":2\n}', [{ a: 1 }, { a: 2 }]],
    ['results of a search', 'log', '{"results":[{"a":1},{"a":2}]}', [{ a: 1 }, { a: 2 }]],
    [
      'a list in an object stays there',
      'log',
      '{"a":1,"events":[{"b":2}]}\n',
      [{ a: 1, events: [{ b: 2 }] }],
    ],
    ['a table', 'log', 'id,full name\n1,"a, b"\n2,\n', [{ id: '1', 'full name': 'a, b' }, { id: '2' }]],
    ['a table of one column', 'hosts.csv', 'host\nweb1\n', [{ host: 'web1' }]],
    ['a table with semicolons', 'log', 'a;b\n1;2\n', [{ a: '1', b: '2' }]],
    ['lines of text', 'log', 'a line\n\nanother, one\n', [{ _raw: 'a line' }, { _raw: 'another, one' }]],
    ['text after JSON', 'log', '{"a":1}\na line\n', [{ a: 1 }, { _raw: 'a line' }]],
    ['JSON after text', 'log', 'a line\n{"a":1}\n', [{ _raw: 'a line' }, { a: 1 }]],
    ['a message with metadata', 'log', '{"_raw":"x","host":"web1"}\n', [{ _raw: 'x', host: 'web1' }]],
    ['nothing', 'log', '', []],
    ['a header alone', 'a.csv', 'a,b\n', []],
    [
      'names with signs and quotes',
      'a.csv',
      '5xx,"sum(eval(if(a=1,1,0)))","a ""b"""\r\n3,4,"x\ny"\r\n',
      [{ '5xx': '3', 'sum(eval(if(a=1,1,0)))': '4', 'a "b"': 'x\ny' }],
    ],
    ['a table without a header', 'a.csv', '2024-05-01,7\n', [{ _raw: '2024-05-01,7' }]],
  ])('%s', async (_what, name, content, expected) => {
    const { found, tally } = await readContent(content, GENERIC, name)
    expect(found.map(({ record }) => record)).toEqual(expected)
    expect(found.every(({ source }) => source === generic)).toBe(true)
    expect([tally.end, tally.problems]).toEqual(['read', []])
  })
  test('a hunt goes on calling it no log', async () => {
    for (const content of ['{"a":1}\n{"a":2}\n', 'a,b\n1,2\n', 'text\n']) {
      expect((await readContent(content)).tally.end).toBe('not-a-log')
    }
  })
  test('known logs keep their source, and what a collector says of them', async () => {
    const known = JSON.stringify(event())
    const wrapped = JSON.stringify({ _raw: known, _sourceCategory: 'lab/aws' })
    const { found } = await readContent(`{"a":1}\n${known}\n${wrapped}\n`, GENERIC)
    expect(found.map(({ source }) => source.id)).toEqual(['generic', 'cloudtrail', 'cloudtrail'])
    expect(found[2]?.around).toMatchObject({ _sourceCategory: 'lab/aws' })
  })
  test('a broken line is lost, with its place', async () => {
    const { found, tally } = await readContent('{"a":1}\n{"a":\n{"a":2}\n', GENERIC)
    expect(found.map(({ number }) => number)).toEqual([0, 2])
    expect([tally.end, tally.problems[0]?.code, tally.problems[0]?.record]).toEqual([
      'damaged',
      'json/bad-record',
      1,
    ])
  })
})

test.each<readonly [object | string, string | undefined]>([
  [{ _time: 60 }, '1970-01-01T00:01:00Z'],
  [{ _time: 1714557600.5 }, '1714557600.5'],
  [{ ts: 1714557600123 }, '1714557600123'],
  [{ timestamp: '2024-05-01T10:00:00Z' }, '2024-05-01T10:00:00Z'],
  [{ time: 'nonsense', eventTime: '2024-05-01 10:00' }, '2024-05-01 10:00'],
  [{ date: '2024-05-01', time: '10:00:00' }, '2024-05-01T10:00:00Z'],
  [{ time: '01/May/2024:10:00:00 +0200' }, '2024-05-01T08:00:00Z'],
  [{ date: 'Wed, 01 May 2024 10:00:00 GMT' }, '2024-05-01T10:00:00Z'],
  [{ Time: '5/1/2024 10:00:00 PM' }, '2024-05-01T22:00:00Z'],
  ['2024/05/01 10:00:00 a', '2024-05-01T10:00:00Z'],
  ['<34>2024-05-01T10:00:00.5+02:00 web1 x', '2024-05-01T08:00:00.500Z'],
  ['Wed May  1 10:00:00 2024 x', '2024-05-01T10:00:00Z'],
  ['1714557600 x', '2024-05-01T10:00:00Z'],
  ['192.0.2.1 - - [01/May/2024:10:00:00 +0000] "GET / HTTP/1.1" 200', '2024-05-01T10:00:00Z'],
  ['nothing here', undefined],
  [{ a: 1 }, undefined],
])('the time of %j', (value, expected) => {
  expect(generic.eventTime(genericEvent(value as string))).toBe(expected)
})

test('syslog leaves the year out, and nothing is logged before it happens', () => {
  const written = generic.eventTime({ _raw: 'Dec 31 23:59:59 web1 x' }) ?? ''
  expect(written).toMatch(/^\d{4}-12-31T23:59:59Z$/)
  expect(Date.parse(written)).toBeLessThanOrEqual(Date.now() + 86_400_000)
})
