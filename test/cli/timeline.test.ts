import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { lines, nephoscope, nephoscopeToHead } from './caller.ts'
import { event, KEY, rule, stopLogging, trail } from './logs.ts'

const folder = temporaryFolder()
const stops = written(folder, 'stops.yml', rule('Trail stopped', 'StopLogging'))
const from = (sourceIPAddress: string) => ({ sourceIPAddress })
const logs = written(
  folder,
  'logs.json',
  trail([stopLogging(4, from('203.0.113.9')), event(1), event(2, { errorCode: 'AccessDenied' }), event(3)]),
)
const call = (...more: string[]) => nephoscope(['timeline', logs, '-r', stops, '--entity', KEY, ...more])

test('the table tells the whole and then each event', () => {
  const { code, out, err } = call('-t', 'table', '--limit', '3')
  expect(code).toBe(0)
  const [head = '', list = ''] = out.split('\n\nuser alice')
  expect(head).toContain('4 events: 4 as actor, 3 succeeded, 1 denied.')
  expect(head.replaceAll('\n', ' ')).toContain(
    'First seen 2024-05-01 10:01:00, last seen 2024-05-01 10:04:00 UTC.',
  )
  expect(head).toMatch(/^ +1 {2}high {2}Trail stopped$/m)
  expect(head).toMatch(/^address\n +3 {2}192\.0\.2\.1 .*\n +1 {2}203\.0\.113\.9 /m)
  expect(list).toMatch(/^2024-05-01 10:02:00 {2}actor {6}denied {5}ListBuckets {2}AccessDenied {2}s3$/m)
  expect(list).toContain('… and 1 later event')
  expect(err).toContain('Nothing was lost.')
  const all = call('-t', 'table').out
  expect(all).toMatch(/StopLogging .*\n +high {2}Trail stopped\n +new address 203\.0\.113\.9\n$/)
})

test('every other format has all events', () => {
  const rows = lines(call().out).map(line => JSON.parse(line))
  expect(rows.map(row => row.time.slice(11, 16))).toEqual(['10:01', '10:02', '10:03', '10:04'])
  expect(rows[3]).toMatchObject({ marks: [{ rule_id: 'trail-stopped' }], new: { address: ['203.0.113.9'] } })
  const { head, events } = JSON.parse(call('-t', 'json').out)
  expect(head).toMatchObject({ entity: KEY, events: 4 })
  expect(events).toEqual(rows)
  expect(call('-o', join(folder, 'out.csv')).out).toBe('')
  expect(lines(readFileSync(join(folder, 'out.csv'), 'utf8'))).toHaveLength(5)
})

test('an entity that nobody names is told', () => {
  const { code, out, err } = nephoscope(['timeline', logs, '-r', stops, '--entity', 'nobody'])
  expect(code).toBe(0)
  expect(out).toBe('')
  expect(err).toContain('None of 4 events names nobody.')
  expect(nephoscope(['timeline', logs, '-r', stops, '--entity', 'nobody', '-t', 'table']).out).toContain(
    'check the spelling',
  )
})

test('wrong usage is 2, a loss 3', () => {
  expect(nephoscope(['timeline', logs])).toMatchObject({ code: 2, out: '' })
  expect(nephoscope(['timeline', logs, '--entity', ' ']).code).toBe(2)
  expect(nephoscope(['timeline', '--entity', KEY]).code).toBe(2)
  expect(call('--limit', '0').code).toBe(2)
  expect(call(join(folder, 'none.json')).code).toBe(3)
})

test('hostile values are escaped, and a reader that has had enough is no failure', async () => {
  const hostile = 'x\u001b[31m\u202e\u0000\ud800\n=1+1'
  const bad = event(1, {
    sourceIPAddress: hostile,
    errorCode: hostile,
    requestParameters: { bucketName: hostile },
  })
  const file = written(folder, 'hostile.json', trail([bad, stopLogging(2)]))
  for (const format of ['table', 'csv']) {
    const { code, out } = nephoscope(['timeline', file, '-r', stops, '--entity', 'alice', '-t', format])
    expect(code).toBe(0)
    expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e\ufffd]/)
  }
  const many = written(folder, 'many.json', trail(Array.from({ length: 3000 }, (_, number) => event(number))))
  const head = await nephoscopeToHead(['timeline', many, '-r', stops, '--entity', 'alice', '-q'])
  expect(head).toMatchObject({ code: 0, err: '' })
})
