import fc from 'fast-check'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { addTo, anEvent, eventFile } from './lake.ts'
import { queried } from './queried.ts'

const values = fc.constantFrom(
  'x',
  'xy',
  '{y',
  '[z',
  'null',
  '2e5',
  7,
  1.5,
  2e25,
  true,
  null,
  { q: 'x' },
  ['x'],
  [],
)
const maybe = fc.option(values, { nil: undefined, freq: 3 })

/** Paths, and keys with dots that hide some of them, at the top and below. */
const events = fc.record(
  {
    name: maybe,
    dotted: fc.option(maybe, { nil: undefined, freq: 1 }),
    below: maybe,
    dottedBelow: fc.option(maybe, { nil: undefined, freq: 1 }),
  },
  { requiredKeys: ['name', 'dotted', 'below', 'dottedBelow'] },
)

const searches = fc
  .tuple(
    fc.constantFrom('requestParameters.name', 'requestParameters.a.b'),
    fc.constantFrom('x', 'x*', '{*', '{y', '*z', 'null', '2e*', 'true'),
    fc.boolean(),
  )
  // With a table the lake gives columns, without one whole events.
  .map(([field, value, table]) => `${field}="${value}"${table ? ` | table eventID ${field}` : ''}`)

test('a search finds in a lake what it finds in the files that the lake was made of', async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(events, { minLength: 30, maxLength: 30 }),
      fc.boolean(),
      fc.array(searches, { minLength: 4, maxLength: 4 }),
      async (drawn, isDotted, texts) => {
        const file = eventFile(
          drawn.map(({ name, dotted, below, dottedBelow }, number) =>
            anEvent(number, {
              requestParameters: { name, a: { b: below }, ...(isDotted ? { 'a.b': dottedBelow } : {}) },
              ...(isDotted ? { 'requestParameters.name': dotted } : {}),
            }),
          ),
        )
        const lake = temporaryFolder()
        await addTo(lake, [file])
        for (const text of texts) {
          const [inLake, inFile] = await Promise.all([rowsOf(lake, text), rowsOf(file, text)])
          expect([text, inLake]).toEqual([text, inFile])
          found += inFile.length
        }
      },
    ),
    {
      numRuns: Number(process.env['RUNS'] ?? 3),
      endOnFailure: true,
      interruptAfterTimeLimit: 480_000,
    },
  )
  expect(found).toBeGreaterThan(0)
}, 600_000)

async function rowsOf(input: string, text: string): Promise<readonly string[]> {
  const { columns, rows } = await queried(input, 'spl', text)
  const shown = text.includes('table') ? columns : ['eventID']
  return rows.map(row => JSON.stringify(shown.map(name => row[columns.indexOf(name)]))).sort()
}
