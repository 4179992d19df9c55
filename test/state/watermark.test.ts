import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Detection, Signal } from '../../src/state/signal.ts'
import { StateRun } from '../../src/state/state-run.ts'
import { Watermark } from '../../src/state/watermark.ts'
import { detect, inOrder, signal, stateRule } from './signals.ts'

const RULES = [
  stateRule('event_count', 'rules: [a, b]\ngroup-by: [u]\ntimespan: 5s\ncondition: {eq: 2}'),
  stateRule('temporal_ordered', 'rules: [a, b]\ngroup-by: [u]\ntimespan: 5s'),
  stateRule(
    'chain',
    'steps: [{name: x, rule: a}, {name: y, rule: b, link: {u: x.u}, within: 5s}]\nincomplete: low',
  ),
]
const LATENESS = 4

test.each(RULES)('$type is the same in any order of arrival within the lateness', rule => {
  const arrivals = fc.array(
    fc.record({
      base: fc.constantFrom('a', 'b'),
      seconds: fc.nat(30),
      delay: fc.nat(LATENESS - 1),
      u: fc.constantFrom('1', '2'),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(arrivals, all => {
      const coming = all
        .map((one, place) => ({ ...one, signal: signal(one.base, one.seconds, { u: one.u }, `e${place}`) }))
        .sort((a, b) => a.seconds + a.delay - (b.seconds + b.delay))
      const { detections, late } = stream(
        rule,
        coming.map(one => one.signal),
      )
      expect(late).toBe(0)
      expect(detections).toEqual(
        detect(
          [rule],
          coming.map(one => one.signal),
        ),
      )
    }),
    { numRuns: 100 },
  )
})

function stream(rule: (typeof RULES)[number], signals: readonly Signal[]) {
  const detections: Detection[] = []
  const run = new StateRun({ rules: [rule], observable: () => true, found: one => detections.push(one) })
  const watermark = new Watermark(() => LATENESS * 1000)
  for (const one of signals) {
    watermark.add('source', one)
    for (const { time, signals: now } of watermark.ready()) run.take(time, now)
  }
  for (const { time, signals: now } of watermark.rest()) run.take(time, now)
  run.finish(0)
  return { detections: inOrder(detections), late: watermark.late.get('source') ?? 0 }
}

test('what comes later than agreed is counted and left out', () => {
  const watermark = new Watermark(() => 10_000)
  watermark.add('s', signal('a', 100))
  expect([...watermark.ready()]).toEqual([])
  watermark.add('s', signal('a', 120))
  expect([...watermark.ready()].map(({ time }) => time)).toEqual([100_000])
  watermark.add('s', signal('a', 109))
  watermark.add('s', signal('a', 110))
  expect([...watermark.late]).toEqual([['s', 1]])
})

test('a source that has not spoken holds the others, and one that is silent can be moved on', () => {
  const watermark = new Watermark(source => (source === 'flow' ? 60_000 : 0))
  watermark.expect('flow')
  watermark.add('trail', signal('a', 100))
  watermark.add('trail', signal('a', 200))
  expect([...watermark.ready()]).toEqual([])
  watermark.advance('flow', 170_000)
  expect([...watermark.ready()].map(({ time }) => time)).toEqual([100_000])
})
