import { expect, test } from 'vitest'
import { Macros } from '../../../src/engines/duckdb/macros.ts'
import { duckdbMacros } from '../../../src/sql/duckdb-macros.ts'
import { sql } from '../../../src/sql/sql.ts'
import { withDatabase } from '../../database.ts'

const inner = sql`CREATE MACRO inner_of(x) AS x + 1`
const outer = sql`CREATE MACRO outer_of(x) AS inner_of(x) * 2`
const other = sql`CREATE MACRO other_of(x) AS x`

test('a statement gets the macros that it uses, those that they use before them, each once', () => {
  const macros = new Macros([outer, inner, other])
  expect(macros.take('SELECT Outer_of (1), count(*)')).toEqual([inner, outer])
  expect(macros.take('SELECT inner_of(1), outer_of(2)')).toEqual([])
  expect(macros.take('SELECT "other_of"(1)')).toEqual([other])
})

test('every macro can be made alone', async () => {
  for (const definition of duckdbMacros) {
    const needed = new Macros(duckdbMacros).take(definition)
    expect(needed).toContain(definition)
  }
  await withDatabase(async database => {
    for (const definition of duckdbMacros) await database.execute(definition)
  })
})
