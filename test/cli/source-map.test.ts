import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { lines, nephoscope } from './caller.ts'

const folder = temporaryFolder()
const sample = 'docs/source-maps/proxy-clicks.yml'
const rule = written(
  folder,
  'download.yml',
  'title: A program is downloaded\nid: download\nlevel: medium\nlogsource: {category: proxy}\ndetection:\n  s: {c-uri-extension: exe}\n  condition: s\n',
)
const over = written(
  folder,
  'burst.yml',
  `${readFileSync(rule, 'utf8')}---\ntitle: Several programs\nid: burst\nlevel: high\ncorrelation:\n  type: event_count\n  rules: [download]\n  group-by: [user]\n  timespan: 1h\n  condition: {gte: 3}\n`,
)

/** Enough for several threads: two files of over three megabytes together. */
const logs = [0, 1].map(part =>
  written(
    folder,
    `clicks-${part}.jsonl`,
    Array.from({ length: 4000 }, (_, at) => {
      const url = `https://get.example.net/${at === 7 ? 'setup.exe' : 'page.html'}?${'x'.repeat(400)}`
      const ts = new Date(Date.UTC(2024, 4, 3, 8, 0, at)).toISOString()
      const user = { email: 'mara@example.com' }
      return JSON.stringify({
        kind: 'click',
        ts,
        guid: `${part}-${at}`,
        user,
        client: { ip: '203.0.113.9' },
        request: { url, verb: 'GET' },
      })
    }).join('\n'),
  ),
)

test('a mapped log is hunted in on several threads', () => {
  const called = nephoscope([
    'hunt',
    ...logs,
    '--source-map',
    sample,
    '-r',
    rule,
    '-t',
    'jsonl',
    '--threads',
    '2',
  ])
  expect(called.code).toBe(0)
  expect(lines(called.out).map(line => (JSON.parse(line) as { count: number }).count)).toEqual([2])
})

test('what is wrong in a mapping is told with its place, and nothing is read', () => {
  const map = written(folder, 'wrong.yml', readFileSync(sample, 'utf8').replace('recognise:', 'recognize:'))
  const called = nephoscope(['summary', ...logs, '--source-map', map])
  expect(called).toMatchObject({ code: 2, out: '' })
  expect(called.err).toContain('error[source-map/unknown-key]: a mapping has no "recognize"')
  expect(called.err).toMatch(/wrong\.yml:\d+:1/)
  expect(called.err).toContain('did you mean "recognise"?')
  const gone = nephoscope(['summary', ...logs, '--source-map', 'gone.yml'])
  expect([gone.code, gone.err.includes('gone.yml')]).toEqual([2, true])
  const twice = nephoscope(['summary', ...logs, '--source-map', sample, '--source-map', sample])
  expect(twice.err).toContain('two mappings have the id "proxy-clicks"')
})

test('rules explain says of a correlation over mapped events why it does not hold', () => {
  const called = nephoscope(['rules', 'explain', over, '--event', logs[0] ?? '', '--source-map', sample])
  expect(called.code).toBe(0)
  expect(called.out).toContain('4. on 4,000 events')
  expect(called.out).toContain('A program is downloaded: 1 event, record 7')
  expect(called.out).toContain('- user mara@example.com')
  expect(called.out).toContain('at most 1 event within 1h, at 2024-05-03T08:00:07Z; asked for >= 3')
})

test('a timeline with correlations cannot read standard input twice', () => {
  const called = nephoscope(['timeline', '-', '--entity', 'mara', '--correlations'])
  expect([called.code, called.err.includes('only once')]).toEqual([2, true])
})
