import { expect, test } from 'vitest'
import { loadRules } from '../../src/rules/load.ts'
import { huntAll, scanOf } from '../detect/scans.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo } from './lake.ts'

const rules = loadRules(['content/aws'])

/** What is found in logs of a lake or of files. */
async function findingsOf(input: string, range: { readonly from?: number; readonly to?: number }) {
  const selection = { include: [], exclude: [] }
  const how = { selection, keepDuplicates: false, strict: false, profile: false }
  const { findings, ledger } = await huntAll({ ...scanOf([input], range), ...how, rules })
  return { findings, events: ledger.totals.distinct }
}

test.each([
  ['all of it', {}],
  ['some hours', { from: Date.parse('2026-05-12T12:00:00Z'), to: Date.parse('2026-05-13T02:30:00Z') }],
])('a hunt on a lake finds what it finds in the files, with their places: %s', async (_, range) => {
  const lake = temporaryFolder()
  await addTo(lake, ['samples'])
  const [before, after] = [await findingsOf('samples', range), await findingsOf(lake, range)]
  expect(before.findings.length).toBeGreaterThan(0)
  expect(after).toEqual(before)
})
