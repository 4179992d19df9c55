import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bound, CorrelationType, WindowRule } from '../../src/plan/state-rule.ts'
import { keyOf } from '../../src/state/group-key.ts'
import type { Detection, Signal } from '../../src/state/signal.ts'
import { correlate } from '../plain/correlate.ts'
import { detect, signal, stateRule } from './signals.ts'

const RULES: Record<CorrelationType, string> = {
  event_count: 'condition: {gte: 3}',
  value_count: 'condition: {field: v, gte: 2}',
  value_sum: 'condition: {field: v, gte: 12}',
  value_avg: 'condition: {field: v, gt: 4}',
  value_percentile: 'condition: {field: v, percentile: 75, gte: 5}',
  value_median: 'condition: {field: v, lt: 3}',
  temporal: 'condition: {gte: 2}',
  temporal_ordered: '',
}
const TYPES = Object.keys(RULES) as readonly CorrelationType[]

function ruleOf(type: CorrelationType, groupBy: string, condition = RULES[type]): WindowRule {
  const lines = `rules: [a, b, c]\ngroup-by: ${groupBy}\ntimespan: 10s\n${condition}`
  return stateRule(type, lines.trimEnd())
}

const value = fc.constantFrom('1', '2', '3', '5', '8', 'none', ' 2 ')
const arbitrarySignal = fc.record({
  rule: fc.constantFrom('a', 'b', 'c'),
  seconds: fc.integer({ min: 0, max: 40 }),
  user: fc.constantFrom([], ['ann'], ['bob'], ['ann', 'bob']),
  v: fc.oneof(
    fc.constant([]),
    value.map(one => [one]),
    fc.tuple(value, value),
  ),
})
const arbitrarySignals = fc
  .array(arbitrarySignal, { maxLength: 30 })
  .map(all => all.map(({ rule, seconds, user, v }, place) => signal(rule, seconds, { user, v }, `e${place}`)))

/** Bounds of any kind, where the type takes them. */
function anyBounds(rule: WindowRule): fc.Arbitrary<readonly Bound[]> {
  if (rule.type === 'temporal_ordered') return fc.constant(rule.condition)
  const order = fc.constantFrom<Bound['order']>('gt', 'gte', 'lt', 'lte', 'eq', 'neq')
  const bound = fc.record({ order, value: fc.constantFrom(0, 1, 2, 3, 5) })
  return fc.array(bound, { minLength: 1, maxLength: 3 })
}

/** Groups with the times at which detections begin and end. */
function spells(detections: readonly Detection[]): readonly string[] {
  return detections.map(({ key, time, to }) => `${key} ${time} ${to}`).sort()
}

describe.each(TYPES)('%s', type => {
  const rule = ruleOf(type, 'user')
  test('fires for the groups of the plain evaluator, from and to its times, whatever the bounds', () => {
    fc.assert(
      fc.property(arbitrarySignals, anyBounds(rule), (signals, condition) => {
        const bounded = { ...rule, condition }
        const plain = correlate(bounded, signals).flatMap(({ group, spells: own }) => {
          const key = keyOf((JSON.parse(group) as (string | null)[]).map(one => one ?? undefined))
          return own.map(([first, last]) => `${key} ${first} ${last}`)
        })
        const found = detect([bounded], signals)
        expect(spells(found)).toEqual(plain.sort())
        expect(found.filter(({ from, time }) => !(from <= time))).toEqual([])
      }),
      { numRuns: Number(process.env['RUNS'] ?? 200) },
    )
  })

  test('a snapshot at any time changes nothing', () => {
    fc.assert(
      fc.property(arbitrarySignals, fc.nat(30), (signals, restoreAfter) => {
        expect(detect([rule], signals, { restoreAfter })).toEqual(detect([rule], signals))
      }),
      { numRuns: Number(process.env['RUNS'] ?? 50) },
    )
  })
})

test.each(TYPES)('%s is the same in whatever order its signals come', type => {
  const rule = ruleOf(type, '[user, v]')
  fc.assert(
    fc.property(arbitrarySignals, fc.infiniteStream(fc.nat()), (signals, order) => {
      const shuffled = [...signals]
        .map(one => ({ one, at: order.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
      expect(
        detect(
          [rule],
          shuffled.map(({ one }) => one),
        ),
      ).toEqual(detect([rule], signals))
    }),
    { numRuns: 25 },
  )
})

describe('the edges of a window', () => {
  const rule = ruleOf('event_count', 'user', 'condition: {gte: 2}')
  const both = (seconds: number): readonly Signal[] => [
    signal('a', 0, { user: 'ann' }),
    signal('a', seconds, { user: 'ann' }),
  ]
  test('both ends belong to it', () => expect(detect([rule], both(10))).toHaveLength(1))
  test('a second more is too much', () => expect(detect([rule], both(11))).toHaveLength(0))
})

test('what happens in one second is judged together: of exactly 2 there are no 3', () => {
  const rule = ruleOf('event_count', 'user', 'condition: {eq: 2}')
  const three = ['e1', 'e2', 'e3'].map(id => signal('a', 5, { user: 'ann' }, id))
  expect(detect([rule], three)).toEqual([])
})

test('a burst is one detection, with its peak', () => {
  const rule = ruleOf('event_count', 'user')
  const burst = [1, 2, 3, 4, 5, 6].map(at => signal('a', at, { user: 'ann' }))
  const [only, ...others] = detect([rule], burst)
  expect(others).toEqual([])
  expect(only).toMatchObject({
    time: 3000,
    from: 1000,
    to: 6000,
    facts: { value: 3, peak: 6, peakTime: 6000 },
  })
})

test('a window after a pause is a detection of its own', () => {
  const rule = ruleOf('event_count', 'user')
  const times = [1, 2, 3, 100, 101, 102]
  expect(
    detect(
      [rule],
      times.map(at => signal('a', at, { user: 'ann' })),
    ).map(({ time }) => time),
  ).toEqual([3000, 102_000])
})

test('aliases give fields of different rules one name', () => {
  const lines = 'rules: [a, b]\ngroup-by: [who]\ntimespan: 10s\naliases: {who: {a: userName, b: user.name}}'
  const rule = stateRule('temporal', lines)
  const found = detect([rule], [signal('a', 1, { userName: 'ann' }), signal('b', 2, { 'user.name': 'ann' })])
  expect(found.map(({ group }) => group)).toEqual([['ann']])
})

test('keys of objects are no values', () => {
  const rule = ruleOf('event_count', '__proto__', 'condition: {gte: 2}')
  const found = detect([rule], [signal('a', 1), signal('a', 2)])
  expect(found.map(({ group }) => group)).toEqual([[undefined]])
})

test('a correlation over a correlation takes its detections as signals', () => {
  const inner = ruleOf('event_count', 'user')
  const outer: WindowRule = stateRule('temporal', 'rules: [a, b]\ngroup-by: [user]\ntimespan: 60s')
  const named: WindowRule = { ...outer, rules: ['over', 'd'], meta: { ...outer.meta, id: 'outer' } }
  const signals = [...[1, 2, 3].map(at => signal('a', at, { user: 'ann' })), signal('d', 30, { user: 'ann' })]
  const found = detect([named, inner], signals)
  expect(found.map(({ rule, time }) => [rule, time])).toEqual([
    ['over', 3000],
    ['outer', 30_000],
  ])
})

test('with too many groups those that are silent for the longest time go, and are counted', () => {
  const rule = ruleOf('event_count', 'user', 'condition: {gte: 2}')
  const many = Array.from({ length: 3000 }, (_, at) => signal('a', 0, { user: `u${at}` }, `e${at}`))
  const again = [signal('a', 1, { user: 'late' }), signal('a', 2, { user: 'late' })]
  expect(detect([rule], [...many, ...again], { most: 2000 }).map(({ group }) => group)).toEqual([['late']])
})
