import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadRows } from '../../../src/engines/duckdb/load-rows.ts'
import { RowFile } from '../../../src/engines/duckdb/row-file.ts'
import { finished } from '../../../src/plan/pipeline.ts'
import type { Cell } from '../../../src/plan/relation.ts'
import { column } from '../../../src/plan/scalars.ts'
import { sql } from '../../../src/sql/sql.ts'
import { testDatabase } from '../../database.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const folder = temporaryFolder()
const database = await testDatabase()

type PlacedRow = readonly (readonly [string, Cell])[]

/** @param arrival the numbers of the rows as they come, with the file to which each goes */
async function loaded(
  rows: readonly PlacedRow[],
  arrival: readonly (readonly [row: number, file: number])[],
) {
  const files = [0, 1, 2].map(file => new RowFile(join(folder, `rows-${file}.jsonl`)))
  for (const [row, file] of arrival) files[file]?.add(row, rows[row] ?? [])
  const columns = await loadRows(
    database,
    'rows',
    files.map(file => file.end()),
  )
  const order = [{ value: column('$row', 'number'), descending: false }]
  const relation = finished({ relation: { op: 'table', table: 'rows', columns }, order })
  return { columns, rows: await database.first(relation, 1000) }
}

const cell = fc.oneof(
  fc.constantFrom<Cell>(null, 'a', '7', 'naïve "x"', '\u0000', []),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  fc.array(fc.constantFrom('p', 'q', ''), { maxLength: 3 }),
)
const row = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'A', 'b', '__proto__', "it's"), cell), {
  selector: ([name]) => name,
})

test('a table is the same, however its rows are spread over files and in whatever order they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 8 }).chain(rows => {
        const numbers = rows.map((_, number) => number)
        const files = fc.array(fc.nat(2), { minLength: rows.length, maxLength: rows.length })
        const mixed = fc.shuffledSubarray(numbers, { minLength: numbers.length })
        return fc.tuple(fc.constant(rows), mixed, files)
      }),
      async ([rows, mixed, files]) => {
        const inOrder = await loaded(
          rows,
          rows.map((_, number) => [number, 0]),
        )
        const spread = await loaded(
          rows,
          mixed.map((number, at) => [number, files[at] ?? 0]),
        )
        expect(spread).toEqual(inOrder)
      },
    ),
    { numRuns: 40 },
  )
})

test('a wide table is the same, whatever the kinds of its rows', async () => {
  const rows = Array.from({ length: 9 }, (_, number) => {
    const own = Array.from({ length: 100 }, (_, at) => [`k${number % 3}-${at}`, `v${at}`] as const)
    return [['all', number] as const, ['odd', number % 2 === 0 ? ['a', 'b'] : 'c'] as const, ...own]
  })
  const tables = []
  for (const kinds of [1, 3]) {
    const files = Array.from(
      { length: kinds },
      (_, kind) => new RowFile(join(folder, `wide-${kind}`), `${kind}`),
    )
    for (const [number, row] of rows.entries()) files[number % kinds]?.add(number, row)
    const columns = await loadRows(
      database,
      'wide',
      files.map(file => file.end()),
      sql`n <> 4`,
    )
    const order = [{ value: column('$row', 'number'), descending: false }]
    const relation = finished({ relation: { op: 'table', table: 'wide', columns }, order })
    tables.push({ columns, rows: await database.first(relation, 1000) })
  }
  expect(tables[1]).toEqual(tables[0])
  expect(tables[0]?.rows.length).toBe(8)
})
