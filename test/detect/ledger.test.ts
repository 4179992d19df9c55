import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hunt } from '../../src/detect/hunt.ts'
import type { LedgerTotals } from '../../src/findings/ledger.ts'
import { event, rule } from '../cli/logs.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { rulesOf, scanOf } from './scans.ts'

const folder = temporaryFolder()

let made = 0

/** The totals of a hunt through files of such lines. */
async function totals(...files: readonly (readonly string[])[]): Promise<LedgerTotals> {
  const inputs = files.map(lines => {
    const path = join(folder, `${made++}.json`)
    writeFileSync(path, lines.join('\n'))
    return path
  })
  const { watch, ...scan } = scanOf(inputs)
  const { ledger } = await hunt({
    ...scan,
    rules: rulesOf([rule('Listed', 'ListBuckets')]),
    selection: { include: [], exclude: [] },
    keepDuplicates: false,
    strict: false,
    profile: false,
    watch: { ...watch, hit: () => {} },
  })
  return ledger.totals
}

const at = (number: number, eventTime: string | number | null): string =>
  JSON.stringify(event(number, { eventTime }))

describe('the first and the last time', () => {
  test('are found by what they mean, and told as written', async () => {
    const found = await totals(
      [at(1, '2024-05-01T10:00:00Z'), at(2, '2024-05-01T12:30:00+05:00')],
      [at(3, '2024-05-01 09:00:00'), at(4, 1714561200)],
    )
    expect(found).toMatchObject({ first_time: '2024-05-01T12:30:00+05:00', last_time: '1714561200' })
  })
  test('leave out what is no time', async () => {
    const found = await totals([at(1, 'yesterday'), at(2, null), at(3, '2024-05-01T10:00:00Z'), at(4, 7)])
    expect(found).toMatchObject({
      first_time: '2024-05-01T10:00:00Z',
      last_time: '2024-05-01T10:00:00Z',
      without_time: 3,
    })
    expect(await totals([at(1, '')])).not.toHaveProperty('first_time')
  })
  test('may be of the year 1', async () => {
    const found = await totals([at(1, '2024-05-01T10:00:00Z'), at(2, '0001-01-01T00:00:00Z')])
    expect(found).toMatchObject({ first_time: '0001-01-01T00:00:00Z', without_time: 0 })
  })
})

test('every record has a place', async () => {
  const differing = JSON.stringify(event(1, { awsRegion: 'eu-north-1' }))
  const lines = [at(1, ''), differing, differing, JSON.stringify({ a: 1 }), '{"a":oops}', at(2, '')]
  const found = await totals([...lines, JSON.stringify(event(1, { eventTime: '' }), null, 1)])
  expect(found).toMatchObject({ records: 7, events: 5, failed: 1, apart: { unrecognised: 1 } })
  expect(found).toMatchObject({ distinct: 2, duplicates: 2, conflicting: 1 })
})
