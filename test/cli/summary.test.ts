import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder, written } from '../temporary-folder.ts'
import { nephoscope } from './caller.ts'
import { event, stopLogging, trail } from './logs.ts'

const folder = temporaryFolder()
const records = [event(1), event(2), event(2), stopLogging(30, { errorCode: 'AccessDenied' })]
const logs = written(folder, 'logs.json', trail(records))

test('the table has totals, bars and the most frequent values', () => {
  const { code, out, err } = nephoscope(['summary', logs, '-t', 'table', '--top', '1'])
  expect(code).toBe(0)
  expect(out).toContain('4 records: 3 distinct events, 1 duplicate')
  expect(out).toContain('2 succeeded, 1 denied')
  expect(out).toContain('From 2024-05-01 10:01:00 to 2024-05-01 10:30:00 UTC')
  expect(out).toContain('a bar is 5 minutes, the highest 2 events')
  expect(out).toMatch(/^███$/m)
  expect(out).toContain('2   66.7 %  s3.amazonaws.com ListBuckets')
  expect(out).toContain('1   33.3 %  … in 1 other value')
  expect(out).toContain('2   66.7 %  without one')
  expect(err).toBe('')
})

test('json has the same', () => {
  const { code, out, err } = nephoscope(['summary', logs])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    events: 3,
    duplicates: 1,
    by: { action: { distinct: 2, top: [{ value: 's3.amazonaws.com ListBuckets', events: 2 }, {}] } },
  })
  expect(err).toContain('Nothing was lost.')
  expect(err).not.toContain('Rules')
})

test('copies in standard input are counted once too', () => {
  const { code, out } = nephoscope(['summary', '-'], trail(records))
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ events: 3, by: { account: { events: 3 } } })
})

test('nothing to read is 2, a loss 3 and told', () => {
  expect(nephoscope(['summary']).code).toBe(2)
  expect(nephoscope(['summary', logs, '--top', '0']).code).toBe(2)
  const lost = nephoscope(['summary', logs, join(folder, 'none.json'), '-t', 'table'])
  expect(lost.code).toBe(3)
  expect(lost.err).toContain('none.json')
})
