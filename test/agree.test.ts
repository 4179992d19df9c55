import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../src/core/json.ts'
import type { Expr, Leaf } from '../src/plan/expr.ts'
import { print } from '../src/plan/print.ts'
import { compile } from '../src/scan/compile.ts'
import { RuleIndex } from '../src/scan/rule-index.ts'
import { partOf } from '../src/scan/time-part.ts'
import { eventsFor, expr, leaf } from './plain/arbitrary.ts'
import { evaluate } from './plain/evaluate.ts'
import { timePart } from './plain/time-part.ts'

/** `RUNS=20000` tries more; `SEED=…` repeats what a failure printed. */
const runs = Number(process.env['RUNS'] ?? 400)
const seed = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) }

test(`the scan means what the plain evaluator means (${runs} plans)`, () => {
  const cases = expr.chain(where => fc.tuple(fc.constant(where), eventsFor([where])))
  const agree = ([where, events]: readonly [Expr, readonly JsonObject[]]): void => {
    const compiled = compile(where)
    for (const one of events) {
      const [found, meant] = [compiled(one), evaluate(where, one)]
      if (found !== meant) throw new Error(`${found}, not ${meant}\n${print(where)}\n${JSON.stringify(one)}`)
    }
  }
  fc.assert(fc.property(cases, agree), { numRuns: runs, ...seed })
})

/** The same event as another program might write it: spaces, `\/` and `\u…` where none are needed. */
function respelled(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[:,]/g, token =>
    token.startsWith('"')
      ? token
          .replace(/\\.|[a-f]/g, unit => (unit.length > 1 ? unit : `\\u00${unit.charCodeAt(0).toString(16)}`))
          .replaceAll('/', '\\/')
      : ` ${token} `,
  )
}

test(`the rule index finds exactly the rules that match (${runs / 2} sets of rules)`, () => {
  const agree = ([plans, events]: readonly [readonly Expr[], readonly JsonObject[]]): void => {
    const index = new RuleIndex(plans.map(where => ({ where })))
    const texts = events.map(one => JSON.stringify(one))
    const check = (one: JsonObject, text: string): void => {
      const found = index.matches(one, text).join(' ')
      const meant = plans.flatMap((where, place) => (evaluate(where, one) ? [place] : [])).join(' ')
      const shown = () => plans.map((where, place) => `${place}: ${print(where)}`).join('\n')
      if (found !== meant) throw new Error(`found ${found}, meant ${meant}\n${text}\n${shown()}`)
    }
    events.forEach((one, place) => {
      check(one, texts[place] ?? '')
    })
    // By now it has seen enough to file the rules anew.
    for (let seen = 0; seen < 260; seen++) {
      const place = seen % events.length
      index.matches(events[place] ?? {}, texts[place] ?? '')
    }
    events.forEach((one, place) => {
      check(one, respelled(texts[place] ?? ''))
    })
  }
  const sets = fc.array(fc.oneof(expr, leaf), { maxLength: 12 })
  const cases = sets.chain(plans => fc.tuple(fc.constant(plans), eventsFor(plans)))
  fc.assert(fc.property(cases, agree), { numRuns: runs / 2, ...seed })
})

test('the week of every day of sixty years, and of the year 1, is the same', () => {
  const days = [...Array(22_000).keys()].map(day => new Date(Date.UTC(1999, 0, 1 + day)).toISOString())
  const first = days.slice(0, 365).map(day => day.replace('1999', '0001'))
  const other = [...days, ...first].filter(day => partOf(day, 'week') !== timePart(day, 'week'))
  expect(other).toEqual([])
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
