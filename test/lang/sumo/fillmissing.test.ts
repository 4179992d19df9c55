import { expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/core/diagnostic.ts'
import { environmentOf } from './environment.ts'
import { search } from './queries.ts'

const QUERY = '* | timeslice 1s | count by _timeslice, u | fillmissing timeslice, values("a", "b", "c") in u'
const MESSAGES = [
  { name: '_raw', type: 'text' },
  { name: '_time', type: 'number' },
  { name: 'u', type: 'text' },
] as const

test('fillmissing fills up the first 10000 combinations, with a note', () => {
  const notes: Diagnostic[] = []
  const lowering = search(QUERY).lower(environmentOf(MESSAGES, notes))
  const answer = { rows: [{ min: 0, max: 1e9 }], more: false }
  let step = lowering.next(answer)
  while (!step.done) step = lowering.next(answer)
  const [, added = ''] = /"op":"rows".*?"rows":(\[\[.*?\]\])/.exec(JSON.stringify(step.value)) ?? []
  const rows = JSON.parse(added) as readonly (readonly [number, string])[]
  expect(rows.length).toBe(9999)
  expect(rows.slice(-4)).toEqual([
    [3_331_000, 'c'],
    [3_332_000, 'a'],
    [3_332_000, 'b'],
    [3_332_000, 'c'],
  ])
  expect(notes.map(({ code }) => code)).toEqual(['sumo/fillmissing'])
})
