import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printRelation as asText } from '../../src/plan/print-relation.ts'
import type { Relation } from '../../src/plan/relation.ts'
import { shownColumns } from '../../src/sql/print-relation.ts'
import { testDatabase } from '../database.ts'
import { relation } from '../plain/arbitrary-relation.ts'
import { rowsOf, shown } from '../plain/relation.ts'

/** `RUNS=5000` tries more. */
const runs = Number(process.env['RUNS'] ?? 120)

const database = await testDatabase()

test(`a plan over rows gives in SQL what the plain evaluator gives (${runs} plans)`, async () => {
  let rows = 0
  const agree = async (plan: Relation): Promise<void> => {
    const columns = shownColumns(plan)
    const found = (await database.first(plan, 100_000)).map(row =>
      shown(new Map(columns.map(({ name }, at) => [name, row[at] ?? null]))),
    )
    const meant = rowsOf(plan).map(shown)
    rows += meant.length
    expect([...found].sort(), asText(plan)).toEqual([...meant].sort())
  }
  await fc.assert(fc.asyncProperty(relation, agree), { numRuns: runs })
  expect(rows).toBeGreaterThan(runs)
}, 600_000)
