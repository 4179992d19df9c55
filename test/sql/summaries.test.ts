import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drive } from '../../src/engines/duckdb/drive.ts'
import { forgetRows, keepRows } from '../../src/engines/duckdb/kept-rows.ts'
import type { Lowering } from '../../src/plan/lowering.ts'
import type { Aggregate, Cell, Relation, WindowColumn } from '../../src/plan/relation.ts'
import type { Column, Scalar } from '../../src/plan/scalar.ts'
import { column } from '../../src/plan/scalars.ts'
import { testDatabase } from '../database.ts'

const database = await testDatabase()

const COLUMNS: readonly Column[] = [
  { name: 'id', type: 'number' },
  { name: 'user', type: 'text' },
  { name: 'value', type: 'number' },
  { name: '$hidden', type: 'list' },
]

const cells = fc.tuple(
  fc.constantFrom(null, '', 'ann', 'Ann', "bo'b"),
  fc.constantFrom(null, 0, 1, 2.5, -1),
  fc.constantFrom<Cell[]>(null, ['p'], ['p', 'q']),
)
const tables = fc
  .array(cells, { maxLength: 12 })
  .map(
    (rows): Relation => ({ op: 'rows', columns: COLUMNS, rows: rows.map((row, number) => [number, ...row]) }),
  )

function all(): readonly { readonly name: string; readonly value: Scalar }[] {
  return COLUMNS.map(({ name, type }) => ({ name, value: column(name, type) }))
}

/** The same rows, each a group of its own. */
function asGroups(from: Relation): Relation {
  return { op: 'group', from, by: all(), aggregates: [] }
}

const PARTITIONS: readonly (readonly Scalar[])[] = [
  [],
  [column('user', 'text')],
  [column('$hidden', 'list'), column('value', 'number')],
]
const AGGREGATES: readonly Omit<Aggregate, 'name'>[] = [
  { fn: 'count_rows', type: 'number' },
  { fn: 'count_distinct', of: column('user', 'text'), type: 'number' },
  { fn: 'max', of: column('user', 'text'), type: 'text' },
  { fn: 'values', of: column('$hidden', 'list'), type: 'list' },
  { fn: 'sum', of: column('value', 'number'), type: 'number' },
]

function windowOver(from: Relation): Relation {
  const columns = PARTITIONS.flatMap((partitionBy, nth) =>
    AGGREGATES.map((aggregate, which): WindowColumn => {
      // The last one takes the place of a column that others are made of.
      const name = nth === 2 && which === 4 ? 'value' : `made ${nth} ${which}`
      return { name, fn: 'aggregate', aggregate, partitionBy, orderBy: [], type: aggregate.type }
    }),
  )
  const rank: WindowColumn = {
    name: 'rank',
    fn: 'rank',
    partitionBy: [],
    orderBy: [{ value: column('user', 'text'), descending: false }],
    type: 'number',
  }
  return { op: 'window', from, columns: [...columns, rank] }
}

async function rowsOf(relation: Relation): Promise<readonly string[]> {
  return (await database.first(relation, 1000)).map(row => JSON.stringify(row)).sort()
}

test('what is said of a whole partition is the same for rows that are few and for all others', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async table => {
      const joined = windowOver(asGroups(table))
      expect(database.print(joined)).toContain('IS NOT DISTINCT FROM')
      expect(await rowsOf(joined)).toEqual(await rowsOf(windowOver(table)))
    }),
    { numRuns: Number(process.env['RUNS'] ?? 12) },
  )
})

test('rows that are kept stand for what they were computed from, hidden columns too', async () => {
  const [table] = fc.sample(
    tables.filter(one => one.op === 'rows' && one.rows.length > 4),
    { numRuns: 1, seed: 7 },
  )
  if (table === undefined) throw new Error('no rows')
  const part = asGroups(table)
  const whole: Relation = { op: 'select', from: windowOver(part), columns: all() }
  const before = await rowsOf(whole)
  await keepRows(database, part)
  expect(database.print(whole)).toContain('"kept1"')
  expect(await rowsOf(whole)).toEqual(before)
  await forgetRows(database)
  expect(database.print(whole)).not.toContain('"kept1"')
  expect(await rowsOf(whole)).toEqual(before)
})

test('sums that a question reads are computed once, also for what comes after it', async () => {
  const part = asGroups({ op: 'rows', columns: COLUMNS, rows: [[1, 'ann', 2, null]] })
  function* lowering(): Lowering<Relation> {
    const aggregates: readonly Aggregate[] = [
      { name: 'most', fn: 'max', of: column('value', 'number'), type: 'number' },
    ]
    const { rows } = yield { relation: { op: 'group', from: part, by: [], aggregates }, limit: 1, why: '' }
    expect(rows).toEqual([{ most: 2 }])
    return { op: 'filter', from: part, where: { kind: 'literal', value: true, type: 'boolean' } }
  }
  const relation = await drive(lowering(), database)
  expect(database.print(relation)).toContain('"kept1"')
  expect(await rowsOf(relation)).toEqual(['[1,"ann",2]'])
})
