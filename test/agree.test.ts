import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../src/core/json.ts'
import type { Expr, Leaf } from '../src/plan/expr.ts'
import { print } from '../src/plan/print.ts'
import type { DetectionRule } from '../src/plan/rule.ts'
import { compile } from '../src/scan/compile.ts'
import { RuleIndex } from '../src/scan/rule-index.ts'
import { eventsFor, expr, leaf } from './plain/arbitrary.ts'
import { evaluate } from './plain/evaluate.ts'

/** `RUNS=20000` tries more; `SEED=…` repeats what a failure printed. */
const runs = Number(process.env['RUNS'] ?? 1000)
const seed = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) }

function rule(where: Expr, index: number): DetectionRule {
  const lists = { references: [], tags: [], falsepositives: [], fields: [], related: [] }
  return {
    kind: 'detection',
    meta: { id: `rule-${index}`, title: `Rule ${index}`, level: 'low', ...lists },
    logsource: {},
    where,
    origin: { file: 'test', document: 0, line: 1 },
  }
}

test(`the scan means what the plain evaluator means (${runs} plans)`, () => {
  const cases = expr.chain(where => fc.tuple(fc.constant(where), eventsFor([where])))
  const agree = ([where, events]: readonly [Expr, readonly JsonObject[]]): void => {
    const compiled = compile(where)
    for (const one of events) {
      expect(compiled(one), `${print(where)}\n${JSON.stringify(one)}`).toBe(evaluate(where, one))
    }
  }
  fc.assert(fc.property(cases, agree), { numRuns: runs, ...seed })
})

/** The same event as another program might write it: spaces, `\\/` and `\\u…` where none are needed. */
function respelled(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[:,]/g, token =>
    token.startsWith('"')
      ? token
          .replace(/\\.|[a-f]/g, unit => (unit.length > 1 ? unit : `\\u00${unit.charCodeAt(0).toString(16)}`))
          .replaceAll('/', '\\/')
      : ` ${token} `,
  )
}

test(`the rule index finds exactly the rules that match (${Math.ceil(runs / 4)} sets of rules)`, () => {
  const agree = ([plans, events]: readonly [readonly Expr[], readonly JsonObject[]]): void => {
    const index = new RuleIndex(plans.map(rule))
    const check = (one: JsonObject, text: string): void => {
      const expected = plans.flatMap((where, place) => (evaluate(where, one) ? [place] : []))
      expect([...index.matches(one, text)], `${plans.map(print).join('\n\n')}\n\n${text}`).toEqual(expected)
    }
    for (const one of events) check(one, JSON.stringify(one))
    // By now it has seen enough to file the rules anew.
    for (let seen = 0; seen < 300; seen += events.length)
      for (const one of events) index.matches(one, JSON.stringify(one))
    for (const one of events) check(one, respelled(JSON.stringify(one)))
  }
  const sets = fc.array(expr, { maxLength: 12 })
  const cases = sets.chain(plans => fc.tuple(fc.constant(plans), eventsFor(plans)))
  fc.assert(fc.property(cases, agree), { numRuns: Math.ceil(runs / 4), ...seed })
})

test('the random plans and events meet: every kind of test is now true and now false', () => {
  const counts = new Map<string, { yes: number; all: number }>()
  const cases = leaf.chain(where => fc.tuple(fc.constant(where), eventsFor([where])))
  const count = ([where, events]: readonly [Leaf, readonly JsonObject[]]): void => {
    const before = counts.get(where.kind) ?? { yes: 0, all: 0 }
    const yes = events.filter(one => evaluate(where, one)).length
    counts.set(where.kind, { yes: before.yes + yes, all: before.all + events.length })
  }
  fc.assert(fc.property(cases, count), { numRuns: 2000, seed: 1 })
  expect([...counts].filter(([, { yes, all }]) => yes * 50 < all || yes * 50 > all * 49)).toEqual([])
})
