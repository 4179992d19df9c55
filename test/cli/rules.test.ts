import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { lines, nephoscope } from './caller.ts'
import { event, rule, stopLogging, trail } from './logs.ts'

const folder = temporaryFolder()
const stops = written(folder, 'stops.yml', rule('Trail stopped', 'StopLogging'))
const lists = written(folder, 'lists.yml', rule('Buckets listed', 'ListBuckets', 'low'))
const broken = written(folder, 'broken.yml', rule('Broken', 'x').replace('eventName:', 'eventName|contain:'))

test('check prints each problem with its place, in three forms', () => {
  const text = nephoscope(['rules', 'check', stops, lists, broken, '-m', 'high'])
  expect(text.code).toBe(1)
  expect(text.out).toContain(`--> ${broken}:9:5`)
  expect(text.out).toContain('1 rule sound, 1 refused, 0 warnings')
  const jsonl = nephoscope(['rules', 'check', stops, broken, '--json'])
  expect(lines(jsonl.out).map(line => JSON.parse(line).compiles)).toEqual([true, false])
  const sarif = nephoscope(['rules', 'check', broken, '-t', 'sarif'])
  expect(JSON.parse(sarif.out)).toMatchObject({
    $schema: expect.stringMatching(/^https:\/\/docs\.oasis-open\.org\//),
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'nephoscope', rules: [{ id: 'sigma/unknown-modifier' }] } },
        results: [
          {
            ruleId: 'sigma/unknown-modifier',
            level: 'error',
            locations: [{ physicalLocation: { region: { startLine: 9, startColumn: 5 } } }],
          },
        ],
      },
    ],
  })
})

test('check takes the form from the name of the file', () => {
  const file = join(folder, 'check.sarif')
  expect(nephoscope(['rules', 'check', stops, '-o', file])).toMatchObject({ code: 0, out: '' })
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: '2.1.0' })
})

test('where every rule is refused, a check exits as a hunt would', () => {
  expect(nephoscope(['rules', 'check', broken]).code).toBe(2)
  expect(nephoscope(['rules', 'test', broken]).code).toBe(2)
})

test('a refused rule goes by its id, even if its YAML is broken, else by its file', () => {
  const torn = written(folder, 'torn.yml', 'title: "Torn"\nid: torn-1 # mine\ndetection: [\n')
  const nameless = written(folder, 'nameless.yml', 'detection: 1\n')
  const { out } = nephoscope(['rules', 'check', torn, nameless, '--json'])
  expect(lines(out).map(line => JSON.parse(line))).toMatchObject([
    { id: nameless, title: 'untitled', file: nameless },
    { id: 'torn-1', title: 'Torn', file: torn },
  ])
})

test('explain says which part held on a record of a log, whatever form the log has', () => {
  const logs = written(folder, 'logs.json.gz', gzipSync(trail([event(1), stopLogging(2)])))
  const called = nephoscope(['rules', 'explain', 'stops', '-r', stops, '--event', logs, '--record', '1'])
  expect(called.code).toBe(0)
  for (const part of ['1. text', '2. logs', '3. plan']) expect(called.out).toContain(part)
  expect(called.out).toMatch(/4\. on record 1: matches\n.*\n.*\+ eventName = "StopLogging" .*"StopLogging"/)
  expect(called.out).not.toContain('record 0')
  expect(nephoscope(['explain', 'stops', '-r', stops, '--event', logs, '--record', '1']).out).toBe(called.out)
  expect(nephoscope(['explain', 'spl']).code).toBe(2)
  const piped = nephoscope(['rules', 'explain', stops, '--event', '-'], '{"eventName":"x"}')
  expect(piped.out).toContain('4. on record 0: does not match')
  expect(nephoscope(['rules', 'explain', stops, '--event', logs, '--record', '9']).code).toBe(2)
  const misspelt = nephoscope(['rules', 'explain', 'trail stoped', '-r', stops])
  expect(misspelt.code).toBe(2)
  expect(misspelt.err).toContain('did you mean "trail stopped"?')
})
