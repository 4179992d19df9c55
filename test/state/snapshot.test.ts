import { deserialize, serialize } from 'node:v8'
import { expect, test } from 'vitest'
import type { CorrelationRule } from '../../src/plan/state-rule.ts'
import type { Detection, Signal } from '../../src/state/signal.ts'
import { StateRun } from '../../src/state/state-run.ts'
import { instants, signal, stateRule } from './signals.ts'

const BASE = 'rules: [a, b]\ngroup-by: [u]\ntimespan: 9s'
/** Of every kind one, and one over two others. */
const TEXTS: Readonly<Record<string, string>> = {
  event_count: `${BASE}\ncondition: {gte: 3}`,
  value_count: `${BASE}\ncondition: {field: v, gte: 2}`,
  value_sum: `${BASE}\ncondition: {field: n, gte: 0.7}`,
  value_avg: `${BASE}\ncondition: {field: n, gt: 0.3}`,
  value_median: `${BASE}\ncondition: {field: n, gt: 0.3}`,
  value_percentile: `${BASE}\ncondition: {field: n, percentile: 90, gt: 0.3}`,
  temporal: BASE,
  temporal_ordered: BASE,
  first_seen: 'rules: a\ngroup-by: [u]\nfield: [v, n]\nlearning: 5s\nminimum: 2\nforget: 15s',
  volume: 'rules: [a, b]\ngroup-by: [u]\ntimespan: 3s\nminimum: 2\npeers: [v]\ncondition: {deviation: 0.5}',
  absence: 'rules: a\ngroup-by: [u]\ntimespan: 4s\ngrace: 2s\nminimum: 1\ndisabled-by: b',
  chain: `steps:
- {name: first, rule: a}
- {name: second, rule: b, link: [{v: first.v}, {u: first.u}], within: 9s, optional: true}
- {name: no, rule: c, link: {u: first.u}, within: 2s, absent: true}
- {name: last, rule: [c, d], link: {u: first.u}, within: 9s}
group-by: [first.u]
incomplete: low`,
}
const OVER = 'rules: [a, b]\ngroup-by: [u]\ntimespan: 20s'
const KINDS = Object.keys(TEXTS)
const RULES: readonly CorrelationRule[] = [
  ...KINDS.map(kind => named(kind, stateRule(kind as CorrelationRule['type'], TEXTS[kind] ?? ''))),
  {
    ...named('over', stateRule('temporal' as CorrelationRule['type'], OVER)),
    rules: ['event_count', 'value_sum'],
  },
]

function named(id: string, rule: CorrelationRule): CorrelationRule {
  return { ...rule, meta: { ...rule.meta, id } }
}

/** Numbers from 0 to below `limit`, the same for the same seed. */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** So many times with a signal or several in each. */
function stream(seed: number, times: number): readonly (readonly [number, readonly Signal[]])[] {
  const below = numbers(seed)
  const any = (...values: readonly string[]): readonly string[] => values.filter(() => below(3) > 0)
  const signals: Signal[] = []
  for (let at = 0, seconds = 0; at < times; at++, seconds += 1 + below(below(8) === 0 ? 20 : 3))
    for (let more = 1 + below(3); more > 0; more--) {
      const values = { u: any('1', '2'), v: any('x', 'y'), n: `0.${1 + below(9)}` }
      signals.push(signal(['a', 'a', 'b', 'c', 'd'][below(5)] ?? 'a', seconds, values, `e${below(1e6)}`))
    }
  return instants(signals)
}

const POINTS = 1000
const TIMES = 20

test('what is saved at any of 1,000 points and restored gives the same detections, of all kinds', () => {
  const seen = new Set<string>()
  let points = 0
  for (let seed = 1; points < POINTS; seed++) {
    const times = stream(seed, TIMES)
    const end = (times.at(-1)?.[0] ?? 0) + 10_000
    const found: Detection[] = []
    const saved: { readonly data: Buffer; readonly before: number }[] = []
    const run = new StateRun({ rules: RULES, observable: () => true, found: one => found.push(one) })
    for (const [time, now] of times) {
      saved.push({ data: serialize(run.snapshot()), before: found.length })
      run.take(time, now)
    }
    run.finish(end)
    const wanted = found.map(one => JSON.stringify(one))
    for (const [place, { data, before }] of saved.entries()) {
      const later: Detection[] = []
      const options = { rules: RULES, observable: () => true, found: (one: Detection) => later.push(one) }
      const restored = new StateRun({ ...options, saved: deserialize(data) })
      for (const [time, now] of times.slice(place)) restored.take(time, now)
      restored.finish(end)
      expect(later.map(one => JSON.stringify(one)).join('\n')).toBe(wanted.slice(before).join('\n'))
      points++
    }
    for (const { rule } of found) seen.add(rule)
  }
  expect([...seen].sort()).toEqual(RULES.map(({ meta }) => meta.id).sort())
})
