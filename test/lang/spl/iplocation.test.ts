import { expect, test } from 'vitest'
import { splSearch } from '../../../src/lang/spl/search.ts'
import type { Environment } from '../../../src/plan/lowering.ts'
import { columnsOf } from '../../../src/plan/relation.ts'
import { environmentOf } from '../sumo/environment.ts'

const environment: Environment = {
  ...environmentOf([{ name: 'ip', type: 'text' }]),
  geo: address =>
    address === '192.0.2.1' ? { city: 'Bern', continent: 'Europe', timeZone: 'Europe/Zurich' } : undefined,
}

/** The fields of a search's rows, and its plan as text. */
function located(text: string): { readonly names: readonly string[]; readonly plan: string } {
  const read = splSearch(text)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const lowering = read.value.lower(environment)
  expect(lowering.next({ rows: [], more: false }).done).toBe(false)
  const { done, value } = lowering.next({ rows: [{ address: '192.0.2.1' }], more: false })
  if (done !== true) throw new Error('it asks again')
  return { names: columnsOf(value.relation).map(({ name }) => name), plan: JSON.stringify(value) }
}

test('iplocation tells the place of an address, and with allfields its continent, metro code and time zone too', () => {
  const few = located('* | iplocation ip')
  expect(few.names).toEqual(['ip', 'City', 'Country', 'Region', 'lat', 'lon'])
  expect(few.plan).toContain('"Bern"')
  const all = located('* | iplocation prefix=src_ allfields=t ip')
  expect(all.names.slice(6)).toEqual(['src_Continent', 'src_MetroCode', 'src_Timezone'])
  expect(all.plan).toContain('"Europe/Zurich"')
})
