import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { printDiagnostic } from '../../src/core/print-diagnostic.ts'
import { field } from '../../src/plan/expr.ts'
import { compile } from '../../src/scan/compile.ts'
import { knownSources, storedSources } from '../../src/sources/known.ts'
import { mappedLines } from '../../src/sources/map/mapped-lines.ts'
import { mappedSource } from '../../src/sources/map/mapped-source.ts'
import { readSourceMap } from '../../src/sources/map/read-source-map.ts'
import type { SourceMap } from '../../src/sources/map/source-map.ts'
import type { Unwrapped } from '../../src/sources/source.ts'
import { unwrap } from '../../src/sources/unwrap.ts'
import { readContent } from './reading.ts'

const sample = (name: string): SourceMap => map(readFileSync(`docs/source-maps/${name}.yml`, 'utf8'))

/** The mapping, or everything that is wrong with it. */
function map(text: string): SourceMap {
  const read = readSourceMap(text)
  if (!read.ok) throw new Error(read.problems.map(one => printDiagnostic(one, 'map.yml', text)).join('\n'))
  return read.value
}

function eventsOf(value: Json, ...maps: readonly SourceMap[]): readonly Unwrapped[] {
  const found: Unwrapped[] = []
  unwrap(value, item => found.push(item), knownSources(maps))
  return found
}

const CLICK: JsonObject = {
  kind: 'click',
  ts: '2024-05-03T08:14:09Z',
  guid: 'c-1',
  client: { ip: '203.0.113.24:5412', ua: 'Mozilla/5.0 (X11)' },
  user: { email: 'mara@example.com' },
  request: { verb: 'GET', url: 'https://Get.example.net:8443/a/setup.exe?x=1#top' },
  verdict: 'blocked',
}

describe('a mapping makes a log one of ours', () => {
  test('every sample of the documentation can be read', () => {
    const files = readdirSync('docs/source-maps').filter(name => name.endsWith('.yml'))
    expect(files.map(name => sample(name.slice(0, -4)).id)).toEqual([
      'flow-log-without-header',
      'mail-clicks',
      'proxy-clicks',
      'squid',
    ])
  })
  test('an event says who, from where, when, what and what became of it', () => {
    const [item] = eventsOf(CLICK, sample('proxy-clicks'))
    expect(item?.kind).toBe('event')
    if (item?.kind !== 'event') return
    const { source, record } = item
    expect(source.id).toBe('proxy-clicks')
    expect([source.eventId(record), source.eventTime(record)]).toEqual(['c-1', '2024-05-03T08:14:09Z'])
    expect(source.normalise(record)).toEqual({
      id: 'c-1',
      time: Date.UTC(2024, 4, 3, 8, 14, 9),
      timeText: '2024-05-03T08:14:09Z',
      service: 'web proxy',
      action: 'click',
      outcome: 'denied',
      actor: { principal: 'mara@example.com', name: 'mara@example.com' },
      address: '203.0.113.24',
      userAgent: 'Mozilla/5.0 (X11)',
      resources: ['https://Get.example.net:8443/a/setup.exe?x=1#top'],
    })
  })
  test('a rule finds the names of the mapping, those of Sigma and those of the record', () => {
    const [item] = eventsOf(CLICK, sample('proxy-clicks'))
    const record = item?.kind === 'event' ? item.record : {}
    expect(record).toMatchObject({
      url: 'https://Get.example.net:8443/a/setup.exe?x=1#top',
      host: 'get.example.net',
      user: 'mara@example.com',
      'c-uri': 'https://Get.example.net:8443/a/setup.exe?x=1#top',
      'c-uri-stem': '/a/setup.exe',
      'c-uri-query': 'x=1',
      'c-uri-extension': 'exe',
      'cs-host': 'get.example.net',
      'cs-username': 'mara@example.com',
      'c-ip': '203.0.113.24:5412',
      'cs-method': 'GET',
      kind: 'click',
    })
    const test = compile({ kind: 'match', of: field('request.verb'), pattern: ['get'], caseless: true })
    expect(test(record)).toBe(true)
  })
  test('a rule is about the log if each word that it says is one of the mapping', () => {
    const { answers } = mappedSource(sample('mail-gateway'))
    expect(answers({ category: 'proxy' })).toBe(true)
    expect(answers({ category: 'email', service: 'clicks' })).toBe(true)
    expect(answers({ category: 'proxy', product: 'other' })).toBe(false)
    expect(answers({ category: 'webserver' })).toBe(false)
  })
  test('the lists of an object that the mapping names hold the records; an empty list holds none', () => {
    const click = {
      clickTime: '2024-05-03T08:14:09Z',
      clickIP: '203.0.113.24',
      url: 'https://a.example/',
      recipient: 'x',
    }
    const items = eventsOf(
      { clicksPermitted: [click, { odd: 1 }], clicksBlocked: [] },
      sample('mail-gateway'),
    )
    expect(items.map(item => item.kind)).toEqual(['event', 'unknown'])
    expect(eventsOf({ clicksPermitted: [], clicksBlocked: [] }, sample('mail-gateway'))).toEqual([])
  })
  test('without the mapping the same record is unknown, and the logs of the house stay what they are', () => {
    expect(eventsOf(CLICK).map(item => item.kind)).toEqual(['unknown'])
    const trail = {
      eventVersion: '1.08',
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      userIdentity: {},
    }
    const [item] = eventsOf({ Records: [trail] }, sample('proxy-clicks'))
    expect(item?.kind === 'event' ? item.source.id : item?.kind).toBe('cloudtrail')
  })
  test('keys such as __proto__ are names like any other', () => {
    const text =
      'id: odd\nlogsource: {product: odd}\nrecognise: {__proto__: yes}\ntime: t\nfields: {constructor: __proto__}\n'
    const record = JSON.parse('{"__proto__":"yes","t":"2024-05-03"}') as JsonObject
    const [item] = eventsOf(record, map(text))
    expect(item?.kind === 'event' ? Object.hasOwn(item.record, 'constructor') : item).toBe(true)
    expect(eventsOf({ t: '2024-05-03' }, map(text)).map(one => one.kind)).toEqual(['unknown'])
  })
})

describe('times', () => {
  const timeOf = (time: string, record: JsonObject): string | undefined => {
    const source = mappedSource(
      map(`id: times\nlogsource: {product: x}\nrecognise: {k: '*'}\ntime: ${time}\n`),
    )
    return source.eventTime(source.flat?.({ k: 1, ...record }) ?? {})
  }
  test.each([
    ['t', { t: '2024-05-03 08:14:09' }, '2024-05-03 08:14:09'],
    ['t', { t: 1714724049 }, '1714724049'],
    ['t', { t: '03/May/2024:08:14:09 +0200' }, '2024-05-03T06:14:09Z'],
    ["{field: t, zone: '+02:00'}", { t: '2024-05-03 08:14:09' }, '2024-05-03T06:14:09Z'],
    ["{field: t, zone: '+02:00'}", { t: '2024-05-03T08:14:09Z' }, '2024-05-03T08:14:09Z'],
    ["{field: [d, t], zone: '-01:00'}", { d: '2024-05-03', t: '08:14:09' }, '2024-05-03T09:14:09Z'],
    ['{field: t, format: seconds}', { t: '1714724049.5' }, '2024-05-03T08:14:09.500Z'],
    ['{field: t, format: milliseconds}', { t: 1714724049000 }, '2024-05-03T08:14:09Z'],
    ["{field: t, format: '%d.%m.%Y %I:%M %p'}", { t: '03.05.2024 08:14 PM' }, '2024-05-03T20:14:00Z'],
    [
      "{field: t, format: '%a %b %e %T %Y', zone: '+05:30'}",
      { t: 'Fri May  3 08:14:09 2024' },
      '2024-05-03T02:44:09Z',
    ],
    ["{field: t, format: '%F %T.%f %z'}", { t: '2024-05-03 08:14:09.25 -0100' }, '2024-05-03T09:14:09.250Z'],
  ])('%s of %j', (time, record, expected) => {
    expect(timeOf(time, record)).toBe(expected)
  })
  test('what is no time is none', () => {
    expect(timeOf('{field: t, format: seconds}', { t: 'soon' })).toBeUndefined()
    expect(timeOf("{field: t, format: '%Y-%m-%d'}", { t: '2024-13-45' })).toBeUndefined()
    expect(timeOf('{field: [d, t]}', { t: '08:14:09' })).toBeUndefined()
  })
})

describe('lines without names', () => {
  const SQUID =
    '1714724049.120    87 203.0.113.24 TCP_MISS/200 5120 GET http://get.example.net/setup.exe mara HIER_DIRECT/198.51.100.7 text/html'
  const rows = (text: string, head: string) => mappedLines(head, [mappedSource(map(text))])
  const delimited = (more: string): string =>
    `id: lines\nlogsource: {category: proxy}\nform: delimited\ncolumns: [a, b, c]\nrecognise: {a: '*'}\ntime: a\n${more}`

  test('are known by their first line', () => {
    const squid = mappedSource(sample('squid'))
    expect(mappedLines(`${SQUID}\n`, [squid])?.(SQUID)).toMatchObject({
      client: '203.0.113.24',
      login: 'mara',
    })
    expect(mappedLines('a b c\n', [squid])).toBeUndefined()
  })
  test('blanks separate cells, but not in quotes and brackets, and - is nothing', () => {
    const read = rows(delimited(''), 'x y z\n')
    expect(read?.('[03/May/2024 08:14] "say \\"no\\" now" -')).toEqual({
      a: '03/May/2024 08:14',
      b: 'say "no" now',
    })
    expect(read?.('one two')).toBeUndefined()
  })
  test('a separator may be a sign, with quotes around what holds it', () => {
    const read = rows(delimited('separator: pipe\n'), 'x|y|z\n')
    expect(read?.('1|"a|""b"""|')).toEqual({ a: '1', b: 'a|"b"' })
    expect(read?.('1|"open|x')).toEqual({ a: '1', b: '"open', c: 'x' })
  })
  test('lines of pairs name each value, whatever stands before them', () => {
    const read = rows(
      "id: pairs\nlogsource: {category: proxy}\nform: pairs\nrecognise: {srcip: '*'}\ntime: eventtime\n",
      '<134>1 fw eventtime=1714724049 srcip=203.0.113.24\n',
    )
    expect(
      read?.('<134>1 fw user="mara \\"m\\" x" url=https://a.example/?x=1;y=2 hostname="a b" dst=- srcip='),
    ).toEqual({
      user: 'mara "m" x',
      url: 'https://a.example/?x=1;y=2',
      hostname: 'a b',
    })
    expect(read?.('nothing here')).toBeUndefined()
  })
  test('W3C names the cells, and may name others on the way', () => {
    const read = rows(
      "id: w3c\nlogsource: {category: proxy}\nform: w3c\nrecognise: {c-ip: '*'}\ntime: [date, time]\n",
      '#Software: x\n#Fields: date time c-ip cs(User-Agent)\n2024-05-03 08:14:09 203.0.113.24 "a b"\n',
    )
    expect(read?.('#Fields: date time c-ip cs(User-Agent)')).toBe('header')
    expect(read?.('2024-05-03 08:14:09 203.0.113.24 "a b"')).toMatchObject({ 'cs(User-Agent)': 'a b' })
    expect(read?.('#Fields: c-ip cs-host')).toBe('header')
    expect(read?.('203.0.113.24 a.example')).toEqual({ 'c-ip': '203.0.113.24', 'cs-host': 'a.example' })
    expect(read?.('203.0.113.24 a.example more')).toBeUndefined()
  })
  test('comments are left out', () => {
    const read = rows(delimited("comment: '#'\n"), '#Fields: a b c\n1 2 3\n')
    expect(read?.('#end')).toBe('header')
  })
})

describe('a mapping that cannot be used says where and why', () => {
  const wrong = (text: string): readonly string[] => {
    const { problems } = readSourceMap(text)
    return problems.map(({ code, at }) => `${code}:${at?.line ?? '-'}`)
  }
  const sound = 'id: x\nlogsource: {product: p}\nrecognise: {k: v}\ntime: t\n'
  test.each([
    ['', ['source-map/missing-key:1']],
    ['- a\n', ['source-map/type:1']],
    ['id: x\n', ['source-map/missing-key:1', 'source-map/missing-key:1', 'source-map/missing-key:1']],
    [`${sound}feilds: {a: b}\n`, ['source-map/unknown-key:5']],
    [sound.replace('id: x', 'id: Cloud Trail'), ['source-map/id:1']],
    [sound.replace('id: x', 'id: cloudtrail'), ['source-map/id:1']],
    [sound.replace('{product: p}', '{}'), ['source-map/logsource:2']],
    [sound.replace('{k: v}', '{k: []}'), ['source-map/type:3']],
    [sound.replace('time: t', "time: {field: t, format: '%Q'}"), ['source-map/time:4']],
    [sound.replace('time: t', "time: {field: t, format: '%H:%M'}"), ['source-map/time:4']],
    [sound.replace('time: t', 'time: {field: t, zone: CET}'), ['source-map/time:4']],
    [`${sound}form: xml\n`, ['source-map/form:5']],
    [`${sound}form: delimited\ncolumns: [a, a]\n`, ['source-map/form:6']],
    [`${sound}form: delimited\ncolumns: [a, b]\nseparator: x\n`, ['source-map/form:7']],
    [`${sound}separator: tab\n`, ['source-map/form:5']],
    [`${sound}fields: {_event: b}\n`, ['source-map/field:5']],
    [`${sound}fields: {a: {path: b}}\n`, ['source-map/unknown-key:5', 'source-map/type:5']],
    [`${sound}event: {outcome: {of: verdict}}\n`, ['source-map/outcome:5']],
    [`${sound}fields: [a]\n`, ['source-map/type:5']],
    [`${sound}fields:\n  a: b\n  a: c\n`, ['source-map/duplicate-key:7']],
    [`${sound}x: [`, ['source-map/yaml:5']],
    ['#'.repeat(300_000), ['source-map/size:-']],
  ])('%j', (text, expected) => {
    const found = wrong(text)
    expect(found.slice(0, expected.length)).toEqual(expected)
    expect(readSourceMap(text).ok).toBe(false)
  })
})

describe('a mapping that only finds the records of a log of ours', () => {
  const flow = sample('flow-log-without-header')
  const lines = [
    '5 vpc-0a1 - eni-0c3 111122223333 - - - - - - - 1741082400 1741082460 - NODATA -',
    '5 vpc-0a1 i-0b2 eni-0c3 111122223333 10.0.0.5 203.0.113.9 50000 443 6 999 9 1741082400 1741082460 ACCEPT OK egress',
    'a line of something else that has, as it happens, as many words as the format has columns here',
  ]

  test('lines of a flow log in a format of one’s own are events of flow logs', async () => {
    const { found, tally } = await readContent(lines.join('\n'), { sources: knownSources([flow]) })
    expect(found.map(({ source }) => source.id)).toEqual(['vpc-flow'])
    const [event] = found
    expect(event?.source.normalise(event.record)).toMatchObject({
      time: 1_741_082_400_000,
      address: '10.0.0.5',
      actor: { principal: 'i-0b2' },
    })
    expect(tally.apart).toEqual({ NODATA: 1, unrecognised: 1 })
  })

  test.each([
    [
      'by a subscription',
      (messages: readonly string[]) =>
        JSON.stringify({ logEvents: messages.map(message => ({ id: '1', message })) }),
    ],
    [
      'by its console',
      (messages: readonly string[]) => ['timestamp,message', ...messages.map(line => `1,${line}`)].join('\n'),
    ],
  ])('CloudWatch hands them on %s', async (_, wrapped) => {
    const { found, tally } = await readContent(wrapped(lines), { sources: knownSources([flow]) })
    expect(found.map(({ record }) => record['instance-id'])).toEqual(['i-0b2'])
    expect(tally.apart).toEqual({ NODATA: 1, unrecognised: 1 })
  })

  test('a file in which nothing but silence is logged is a log', async () => {
    const { tally } = await readContent(`${lines[0]}\n`, { sources: knownSources([flow]) })
    expect(tally.apart).toEqual({ NODATA: 1 })
  })

  test('without it they are no log, and a lake has their rows once', async () => {
    const { found } = await readContent(lines.join('\n'))
    expect(found).toEqual([])
    const stored = storedSources([flow]).filter(({ id }) => id === 'vpc-flow')
    expect(stored.map(({ map }) => map)).toEqual([undefined])
  })

  test.each([
    ['reads_as: vpc-flw', 'did you mean "vpc-flow"?'],
    ['reads_as: vpc-flow\ntime: start', 'time'],
  ])('%s is refused', (keys, help) => {
    const text = `id: x\n${keys}\nform: delimited\ncolumns: [srcaddr, dstaddr]\nrecognise: {srcaddr: '*'}\n`
    const read = readSourceMap(text)
    expect(read.ok).toBe(false)
    expect(read.problems.map(one => printDiagnostic(one, 'map.yml', text)).join('\n')).toContain(help)
  })
})
