import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { splSearch } from '../../src/lang/spl/search.ts'
import type { Search } from '../../src/plan/lowering.ts'
import { anEvent } from '../lake/lake.ts'
import { search as sumo } from '../lang/sumo/queries.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { run } from './run-query.ts'

const folder = temporaryFolder()

const odd = join(folder, 'odd.jsonl')
const escaped = JSON.stringify(anEvent(1, { userAgent: 'Needle' })).replace('Needle', 'N\\u0065edle')
writeFileSync(
  odd,
  [
    escaped,
    JSON.stringify(anEvent(2, { userAgent: 'a needle' })),
    JSON.stringify(anEvent(3, { requestParameters: { needle: 1 } })),
    JSON.stringify(anEvent(4, { userAgent: 'needleſ knob' })),
    JSON.stringify(anEvent(5, { userAgent: 'NEEDLE\u212anob' })),
    JSON.stringify({ _raw: JSON.stringify(anEvent(6)), note: 'needle' }),
    JSON.stringify({ message: 'a needle of no known log' }),
    JSON.stringify(anEvent(7)),
  ].join('\n'),
)

async function rowsOf(search: Search, style: 'splunk' | 'sumo') {
  return (await run(search, [odd], style)).rows
}

/** The rows where the words are looked for before, and where they are not. */
async function bothWays({ words, ...without }: Search, style: 'splunk' | 'sumo') {
  expect(words).toBeDefined()
  return [await rowsOf({ words: words ?? [], ...without }, style), await rowsOf(without, style)] as const
}

test.each([
  ['needle', 4],
  ['needle*', 6],
  ['*eedles', 1],
  ['needleknob', 1],
  ['hay OR needle', 4],
])('SPL: %s finds what it finds without a look for words, in odd spelling too', async (text, count) => {
  const search = splSearch(`${text} | table eventID userAgent`)
  if (!search.ok) throw new Error(`the search cannot be read: ${text}`)
  const [quick, slow] = await bothWays(search.value, 'splunk')
  expect(quick).toEqual(slow)
  expect(quick.length).toBe(count)
})

test.each(['needle', '"needle"', 'needle*', 'hay or needle'])(
  'Sumo Logic: %s finds what it finds without a look for words, in odd spelling too',
  async text => {
    const [quick, slow] = await bothWays(sumo(`${text} | fields eventID, userAgent`), 'sumo')
    expect(quick).toEqual(slow)
    expect(quick.length).toBeGreaterThan(3)
  },
)
