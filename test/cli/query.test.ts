import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { log, read } from '../detect/searches/events.ts'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { lines, nephoscope } from './caller.ts'

const folder = temporaryFolder()
const events = [
  ...Array.from({ length: 6 }, (_, at) => read('bob', 5, at)),
  ...Array.from({ length: 3 }, (_, at) => read('ann', at * 10, at, { sourceIPAddress: '198.51.100.9' })),
]
const logs = written(folder, 'events.jsonl', log(events))
const secret = written(folder, 'secret.txt', 'a secret')

function query(language: string, text: string, ...more: readonly string[]) {
  return nephoscope(['query', language, text, '--from', logs, '-t', 'jsonl', ...more])
}

const rows = (out: string): readonly unknown[] => lines(out).map(line => JSON.parse(line) as unknown)

describe('query', () => {
  const rule = written(
    folder,
    'rule.yml',
    'title: x\nlevel: low\nid: x\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n  s: {userIdentity.userName: ann}\n  condition: s\n',
  )

  test('the same selection in four languages gives the same events', () => {
    const sigma = query('sigma', `@${rule}`, '--fields', 'eventID')
    const spl = query('spl', 'userIdentity.userName=ann', '--fields', 'eventID')
    const sumo = query('sumo', '* | where %"userIdentity.userName" = "ann"', '--fields', 'eventID')
    const sql = query(
      'sql',
      `SELECT eventID FROM events WHERE "userIdentity.userName" = 'ann' ORDER BY _time DESC`,
    )
    const wanted = ['ann-20-2', 'ann-10-1', 'ann-0-0'].map(eventID => ({ eventID }))
    for (const called of [sigma, spl, sumo, sql]) {
      expect(called.code).toBe(0)
      expect(rows(called.out)).toEqual(wanted)
    }
  })

  test('only rules on single events are queries', () => {
    const text =
      'title: c\nid: c\nlevel: low\ncorrelation: {type: event_count, rules: [x], timespan: 5m, condition: {gte: 2}}\n'
    const called = query('sigma', text)
    expect(called.code).toBe(2)
    expect(called.err).toContain('it is a correlation; rules that remember run in hunt')
  })

  test('an empty file gives no rows', () => {
    const empty = written(folder, 'empty.jsonl', '')
    const called = nephoscope(['query', 'spl', '* | table user_arn', '--from', empty, '-t', 'jsonl'])
    expect([called.code, called.out]).toEqual([0, ''])
  })

  test('rows in every form', () => {
    const counts = 'eventName=GetObject | stats count by src_ip'
    expect(query('spl', counts, '-t', 'csv').out).toBe('src_ip,count\r\n192.0.2.7,6\r\n198.51.100.9,3\r\n')
    expect(query('spl', counts, '-t', 'table').out).toContain('2 rows')
    expect(query('spl', counts, '-t', 'chart').out).toContain('█')
    const file = join(folder, 'rows.parquet')
    expect(query('spl', counts, '-t', 'parquet', '-o', file).code).toBe(0)
    expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1')
  })

  test('time, columns, sources and indexes are chosen', () => {
    const bounds = ['--earliest', '2026-03-18T12:05:00Z', '--latest', '2026-03-18T12:10:00Z']
    expect(rows(query('spl', '* | stats count', ...bounds).out)).toEqual([{ count: 6 }])
    const mapped = ['--source-category', 'events.jsonl=own/logs', '--index', 'mine=events']
    expect(rows(query('sumo', '_sourceCategory=own/* | count', ...mapped).out)).toEqual([{ _count: 9 }])
    expect(rows(query('spl', 'index=mine | stats count', ...mapped).out)).toEqual([{ count: 9 }])
    expect(rows(query('spl', 'index=other | stats count', ...mapped).out)).toEqual([{ count: 0 }])
  })

  test('a lake is called by the files that it was made of, too', () => {
    const lake = join(folder, 'mapped')
    expect(nephoscope(['lake', 'ingest', logs, '--lake', lake]).code).toBe(0)
    const from = ['--from', lake, '-t', 'jsonl']
    const mapped = ['--source-category', 'ev*.jsonl=own/logs', '--index', 'mine=events', ...from]
    const sumo = nephoscope(['query', 'sumo', '_sourceCategory=own/* | count by _sourceCategory', ...mapped])
    expect(rows(sumo.out)).toEqual([{ _sourceCategory: ['own/logs'], _count: 9 }])
    const spl = nephoscope(['query', 'spl', 'index=mine | stats count by index', ...mapped])
    expect(rows(spl.out)).toEqual([{ index: 'mine', count: 9 }])
    const other = ['--source-category', 'nothing=own/logs', '--strict', ...from]
    expect(rows(nephoscope(['query', 'sumo', '_sourceCategory=own/* | count', ...other]).out)).toEqual([])
  })

  test('the ledger says which fields nothing has', () => {
    const ledger = join(folder, 'ledger.json')
    expect(query('spl', 'eventName=GetObject | stats count by nowhere', '--ledger', ledger).code).toBe(0)
    expect(JSON.parse(readFileSync(ledger, 'utf8'))).toMatchObject({
      rules: [{ id: 'query', missing: ['nowhere'] }],
      totals: { events: 9 },
    })
    const strict = query('spl', 'eventName=GetObject | stats count by sourceIpAdress', '--strict')
    expect(strict.code).toBe(2)
    expect(strict.err).toContain('error[query/unknown-field]')
    expect(strict.err).toContain('did you mean "sourceIPAddress"?')
  })

  test.each([
    [['query', 'kql', 'x'], 'there is no language "kql"'],
    [['query', 'sql', 'SELECT 1'], 'there is nothing to read'],
    [['query', 'spl', '@nowhere.spl', '--from', logs], 'nowhere.spl cannot be read'],
    [['query', 'spl', '*', '--from', logs, '--macros', 'nowhere.conf'], 'cannot be read'],
    [['query', 'spl', '*', '--from', logs, '--lookups', 'nowhere'], 'there is no file or folder nowhere'],
    [['query', 'spl', '*', '--from', logs, '--threads', '0'], 'whole number from 1 to 256'],
    [['query', 'spl', '*', '--from', logs, '--memory', 'much'], 'whole number of MB'],
    [['query', 'spl', '*', '--from', logs, '--earliest', 'then'], 'Write it like 2024-05-01'],
    [['query', 'spl', '*', '--from', logs, '--index', 'x'], 'NAME=PART-OF-PATH'],
    [['query', 'spl', '*', '--from', logs, '-t', 'parquet'], 'Parquet is written to a file'],
    [
      ['query', 'spl', '*', '--from', logs, '--earliest', '2024-05-02', '--latest', '2024-05-01'],
      'no time lies',
    ],
    [['query', 'spl', '| lookup nowhere a', '--from', logs], 'no lookup'],
    [['query', 'sql', '', '--from', logs], 'there is no statement'],
    [['query', 'sql', 'SELEC 1', '--from', logs], 'syntax error'],
  ])('%s', (args, message) => {
    const called = nephoscope(args)
    expect(called.code).toBe(2)
    expect(called.err).toContain(message)
    expect(called.out).toBe('')
  })
})

describe('query sql: a statement of somebody else', () => {
  const file = join(folder, 'stolen.csv')
  test.each([
    `SELECT * FROM read_text('${secret}')`,
    `SELECT * FROM '${logs}'`,
    `SELECT * FROM read_csv('${secret}')`,
    `SELECT * FROM glob('${folder}/*')`,
    'SELECT * FROM duckdb_secrets()',
  ])('reads no file: %s', text => {
    const called = query('sql', text)
    expect([called.code, called.out]).toEqual([2, ''])
    expect(called.err).toMatch(/Permission Error|disabled/)
  })

  test.each([
    `COPY events TO '${file}'`,
    `COPY (SELECT 1) TO '${file}'`,
    `EXPORT DATABASE '${file}'`,
    `ATTACH '${file}'`,
    `CREATE TABLE x AS SELECT 1`,
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    'RESET lock_configuration',
    'DROP VIEW events',
    'DELETE FROM "loaded events"',
    'SELECT 1; SELECT 2',
    `SELECT 1; COPY events TO '${file}'`,
    'CALL pragma_version()',
    'EXPLAIN SELECT 1',
  ])('does nothing but select: %s', text => {
    const called = query('sql', text)
    expect([called.code, called.out]).toEqual([2, ''])
    expect(existsSync(file)).toBe(false)
  })

  test('writes the rows of a SELECT where the user wants them, and only there', () => {
    const wanted = join(folder, 'wanted.parquet')
    expect(query('sql', 'SELECT eventID FROM events -- all', '-t', 'parquet', '-o', wanted).code).toBe(0)
    expect(existsSync(wanted)).toBe(true)
    const bad = query('sql', `SELECT 1) TO '${file}'; COPY (SELECT 1`, '-t', 'parquet', '-o', wanted)
    expect(bad.code).toBe(2)
    expect(existsSync(file)).toBe(false)
  })
})

describe('explain', () => {
  test('shows the search as read with its macros, its plan and its SQL', () => {
    const macros = written(folder, 'macros.conf', '[cloudtrail]\ndefinition = sourcetype=aws:cloudtrail\n')
    const called = nephoscope([
      'explain',
      'spl',
      '`cloudtrail` eventName=GetObject | stats count by user_arn',
      '--macros',
      macros,
    ])
    expect(called.code).toBe(0)
    expect(called.out).toContain(
      'search sourcetype=aws:cloudtrail eventName=GetObject | stats count by user_arn',
    )
    expect(called.out).toMatch(/group by user_arn: .* = count_rows\(\)/)
    expect(called.out).toMatch(/WITH "step1" AS/)
  })

  test('says why a search cannot run', () => {
    const called = nephoscope(['explain', 'sumo', '* | parze "a*" as b'])
    expect(called.code).toBe(2)
    expect(called.err).toContain('parze')
  })
})

describe('rules check', () => {
  const many = written(
    folder,
    'many.jsonl',
    [
      { id: 'a', language: 'spl', text: 'eventName=x | stats count by user' },
      { id: 'b', search: 'eventName=x | mstats avg(x)' },
      { id: 'c', query: '* | where a = "b" | count by c' },
      { id: 'd', language: 'sumo', text: '* | where (' },
      { id: 'e', text: '*' },
      { id: 'f', search: '`unknown_macro` eventName=x' },
    ]
      .map(line => `${JSON.stringify(line)}\n`)
      .join(''),
  )

  test('says of each search whether it parses, whether it compiles, and what is in the way', () => {
    const called = nephoscope(['rules', 'check', many, '--json'])
    expect(called.code).toBe(1)
    const verdicts = (rows(called.out) as readonly { id: string; parses: boolean; compiles: boolean }[]).map(
      ({ id, parses, compiles }) => [id, parses, compiles],
    )
    expect(verdicts).toEqual([
      ['a', true, true],
      ['b', true, false],
      ['c', true, true],
      ['d', false, false],
      ['e', false, false],
      ['f', true, false],
    ])
    expect(called.err).toContain('6 searches: 4 (66.7 %) parse, 2 (33.3 %) compile')
  })

  test('files and folders of searches, and the languages of lines that do not say', () => {
    written(folder, 'one.spl', 'eventName=x | table user')
    written(folder, 'two.sumo', '* | count')
    const called = nephoscope(['rules', 'check', join(folder, 'one.spl'), join(folder, 'two.sumo')])
    expect(called.code).toBe(0)
    expect(called.out).toMatch(/compiles +one/)
    expect(called.out).toContain('2 searches: 2 (100.0 %) parse, 2 (100.0 %) compile')
    const lineOnly = written(folder, 'line.jsonl', '{"id":"z","text":"* | count"}\n')
    expect(nephoscope(['rules', 'check', lineOnly, '--language', 'sumo']).code).toBe(0)
    const mixed = temporaryFolder()
    written(mixed, 'one.spl', 'eventName=x')
    written(mixed, 'many.jsonl', '{"id":"a","search":"x"}\n{"id":"b","query":"x"}\n')
    written(mixed, 'events.jsonl', '{"id":"a","eventName":"x"}\n')
    expect(nephoscope(['rules', 'check', mixed]).out).toContain('3 searches: 3 (100.0 %) parse')
  })
})
