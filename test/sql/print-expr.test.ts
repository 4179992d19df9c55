import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import type { Expr } from '../../src/plan/expr.ts'
import { print } from '../../src/plan/print.ts'
import { compile } from '../../src/scan/compile.ts'
import { duckdb } from '../../src/sql/duckdb.ts'
import { printExpr } from '../../src/sql/print-expr.ts'
import { sql } from '../../src/sql/sql.ts'
import { testDatabase } from '../database.ts'
import { eventsFor, expr, leaf } from '../plain/arbitrary.ts'
import { evaluate } from '../plain/evaluate.ts'
import { answers, fill, kept, knownOf } from './event-rows.ts'

/** `RUNS=5000` tries more. */
const runs = Number(process.env['RUNS'] ?? 12)

const database = await testDatabase()

const plans = fc.array(fc.oneof({ weight: 3, arbitrary: leaf }, expr), { minLength: 12, maxLength: 12 })
const cases = plans.chain(found =>
  fc.tuple(fc.constant(found), eventsFor(found), eventsFor(found), fc.boolean()),
)

test(`a condition in SQL means what the scan and the plain evaluator mean (${runs} times 12 plans)`, async () => {
  let [told, open] = [0, 0]
  const agree = async ([plans, some, others, nothing]: readonly [
    readonly Expr[],
    readonly JsonObject[],
    readonly JsonObject[],
    boolean,
  ]): Promise<void> => {
    const events = [...some, ...others].map(kept)
    await fill(database, events)
    const table = knownOf(events, nothing)
    const printed = plans.map(where => printExpr(where, { table, dialect: duckdb }))
    const found = await answers(
      database,
      printed.map(({ may, must, sure }) =>
        sure ? may : sql`CASE WHEN ${must} THEN TRUE WHEN NOT ${may} THEN FALSE END`,
      ),
    )
    for (const [at, where] of plans.entries()) {
      const compiled = compile(where)
      for (const [number, event] of events.entries()) {
        const [said, meant] = [found[number]?.[at], evaluate(where, event)]
        const shown = (): string => `${print(where)}\n${JSON.stringify(event)}\n${printed[at]?.may}`
        if (compiled(event) !== meant) throw new Error(`the scan says ${!meant}, not ${meant}\n${shown()}`)
        if (said !== undefined && said !== meant) throw new Error(`${said}, not ${meant}\n${shown()}`)
        if (said === undefined && printed[at]?.sure !== false)
          throw new Error(`nothing, not ${meant}\n${shown()}`)
        said === undefined ? open++ : told++
      }
    }
  }
  await fc.assert(fc.asyncProperty(cases, agree), {
    numRuns: runs,
    endOnFailure: process.env['SHRINK'] === undefined,
  })
  expect(open * 10).toBeLessThan(told)
}, 600_000)
