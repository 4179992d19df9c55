import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CorrelationRule } from '../../src/plan/state-rule.ts'
import { hopesOf, Prospects, Wanted } from '../../src/state/prospects.ts'
import type { Signal } from '../../src/state/signal.ts'
import { detect, signal, stateRule } from './signals.ts'

const AB = 'rules: [a, b]\ngroup-by: [user]'
const RULES: readonly CorrelationRule[] = [
  stateRule('event_count', `${AB}\ntimespan: 60s\ncondition: {gte: 3}`),
  stateRule('event_count', `${AB}\ntimespan: 150s\ncondition: {eq: 4}`),
  stateRule('event_count', 'rules: a\ngroup-by: [user, v]\ntimespan: 90s\ncondition: {gt: 1, lt: 5}'),
  stateRule('value_count', `${AB}\ntimespan: 120s\ncondition: {field: v, gte: 3}`),
  stateRule('value_sum', `${AB}\ntimespan: 100s\ncondition: {field: v, gte: 9}`),
  stateRule('value_avg', `${AB}\ntimespan: 100s\ncondition: {field: v, gt: 4}`),
  stateRule('value_median', `${AB}\ntimespan: 60s\ncondition: {field: v, lt: 2}`),
  stateRule('volume', `${AB}\ntimespan: 1m\ncondition: {deviation: 0.5, gte: 2}\nminimum: 2`),
  stateRule('temporal', `${AB}\ntimespan: 30s`),
]

const value = fc.constantFrom('-4', '1', '2', '3', '5', '8', 'none')
const signals = fc
  .array(
    fc.record({
      rule: fc.constantFrom('a', 'b'),
      seconds: fc.integer({ min: 0, max: 600 }),
      user: fc.constantFrom([], ['ann'], ['bob'], ['cy'], ['dan'], ['ann', 'bob']),
      v: fc.oneof(
        fc.constant([]),
        value.map(one => [one]),
        fc.tuple(value, value),
      ),
    }),
    { maxLength: 40 },
  )
  .map(all => all.map(({ rule, seconds, user, v }, at) => signal(rule, seconds, { user, v }, `e${at}`)))

/** What is kept if two threads see one half each. */
function kept(rules: readonly CorrelationRule[], all: readonly Signal[]): readonly Signal[] {
  const bases = new Set(['a', 'b'])
  const threads = [new Prospects(rules, bases), new Prospects(rules, bases)]
  const tickets = all.map((one, at) => threads[at % 2]?.note(one) ?? 0)
  const hopes = hopesOf(
    rules,
    bases,
    threads.map(thread => thread.noted()),
  )
  const wanted = new Wanted(rules, bases, hopes)
  return all.filter((one, place) => wanted.of(one.rule, tickets[place] ?? 0, () => one))
}

test('to leave out signals of which nothing can come changes nothing', () => {
  let left = 0
  fc.assert(
    fc.property(signals, fc.subarray([...RULES], { minLength: 1, maxLength: 3 }), (all, chosen) => {
      const rules = chosen.map((rule, at) => ({ ...rule, meta: { ...rule.meta, id: `over-${at}` } }))
      const wanted = kept(rules, all)
      left += all.length - wanted.length
      expect(detect(rules, wanted, { end: 600 })).toEqual(detect(rules, all, { end: 600 }))
    }),
    { numRuns: Number(process.env['RUNS'] ?? 300) },
  )
  expect(left).toBeGreaterThan(0)
})

test('many groups and spans have amounts of their own', () => {
  const rule = stateRule('event_count', 'rules: a\ngroup-by: [user]\ntimespan: 60s\ncondition: {gte: 2}')
  const single = Array.from({ length: 3000 }, (_, at) =>
    signal('a', at * 10, { user: `u${at % 1500}` }, `e${at}`),
  )
  const twice = [1, 2].map(at => signal('a', at, { user: 'twice' }, `t${at}`))
  expect(kept([rule], [...single, ...twice]).map(({ id }) => id)).toEqual(['t1', 't2'])
})

test('a name that means different fields to different rules is measured for each', () => {
  const lines = 'group-by: [user]\nrules: a\ntimespan: 60s\ncondition: {field: n, gte: 5}'
  const over: readonly CorrelationRule[] = ['x', 'y'].map(field =>
    stateRule(
      'value_sum',
      `${lines}
aliases: {n: {a: ${field}}}`,
    ),
  )
  const rules = over.map((rule, at) => ({ ...rule, meta: { ...rule.meta, id: `over-${at}` } }))
  const all = [signal('a', 1, { user: 'ann', x: '1', y: '9' })]
  expect(kept(rules, all)).toEqual(all)
})
