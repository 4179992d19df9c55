import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fieldsOf, type Open, OpenTransactions } from '../../../src/lang/spl/lower/open-transactions.ts'
import { splSearch } from '../../../src/lang/spl/search.ts'
import { SearchBench } from '../../search-harness.ts'

/** `RUNS=2000` tries more. */
const runs = Number(process.env['RUNS'] ?? 4)

let bench: SearchBench
beforeAll(async () => {
  bench = await SearchBench.open()
})
afterAll(() => bench.close())

const options = fc.record(
  {
    maxspan: fc.constantFrom('1', '4', '9'),
    maxpause: fc.constantFrom('1', '3'),
    maxevents: fc.constantFrom('1', '2', '3'),
    startswith: fc.constant('eval(b=1)'),
    endswith: fc.constant('(e=1)'),
    mvlist: fc.constantFrom('t', 'n'),
    keepevicted: fc.constant('t'),
    keeporphans: fc.constant('t'),
  },
  { requiredKeys: [] },
)
const maybe = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const event = fc.record({
  _time: fc.nat(30),
  b: maybe(['1']),
  e: maybe(['1']),
  u: maybe(['x', 'y']),
  n: fc.constantFrom('p', 'q', 'r'),
})

async function rowsOf(search: string, events: readonly object[]): Promise<readonly string[]> {
  const read = splSearch(search)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const numbered = events.map((each, place) => JSON.parse(JSON.stringify({ ...each, place })))
  const { rows } = await bench.run(read.value, 'splunk', numbered)
  return rows.map(row => JSON.stringify(row)).sort()
}

test('whether events are gone through one by one or not, their transactions are the same', async () => {
  const all = fc.asyncProperty(
    fc.array(event, { maxLength: 14 }),
    options,
    fc.constantFrom('', 'u'),
    async (events, given, field) => {
      const written = Object.entries(given).map(([name, value]) => `${name}=${value}`)
      const search = `* | transaction ${[field, ...written].join(' ')}`
      expect(await rowsOf(`${search} maxopentxn=1000`, events), search).toEqual(await rowsOf(search, events))
    },
  )
  await fc.assert(all, { numRuns: runs })
}, 600_000)

const values = fc.array(fc.constantFrom('a', 'b', null), { minLength: 3, maxLength: 3 })
const step = fc.record({ values, closes: fc.boolean(), sharing: fc.boolean() })

test('the transaction that is found was used last of those that fit', () => {
  const all = fc.property(fc.array(step, { maxLength: 40 }), steps => {
    const pool = new OpenTransactions(steps.map(each => fieldsOf(each.values)))
    for (const each of steps) {
      const found = pool.find(each.values, each.sharing)
      const fitting = pool.all.filter(open => fits(open, each.values, each.sharing))
      expect(found).toBe(fitting.at(-1))
      if (each.closes && found !== undefined) pool.close(found)
      else if (found !== undefined) pool.use(joined(found, each.values))
      else pool.use(joined(opened(), each.values))
    }
  })
  fc.assert(all, { numRuns: 100 })
})

function fits(open: Open, wanted: readonly (string | null)[], sharing: boolean): boolean {
  const both = wanted.map((value, at) => [value, open.values[at]]).filter(pair => !pair.includes(null))
  return both.every(([one, other]) => one === other) && (!sharing || both.length > 0)
}

function opened(): Open {
  const nothing = [null, null, null]
  return {
    places: [],
    newest: 0,
    oldest: 0,
    values: nothing,
    fields: 0,
    started: false,
    ended: false,
    use: 0,
  }
}

function joined(open: Open, more: readonly (string | null)[]): Open {
  for (const [at, value] of more.entries()) if (value !== null) open.values[at] = value
  open.fields |= fieldsOf(more)
  return open
}
