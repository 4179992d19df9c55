import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AbsenceRule, VolumeRule } from '../../src/plan/state-rule.ts'
import type { Detection } from '../../src/state/signal.ts'
import { silences } from '../plain/absence.ts'
import { newTuples } from '../plain/first-seen.ts'
import { outliers } from '../plain/volume.ts'
import { detect, signal, stateRule } from './signals.ts'

const numRuns = Number(process.env['RUNS'] ?? 150)
/** So many seconds at most, in ms. */
const span = (most: number) => fc.integer({ min: 1, max: most }).map(seconds => seconds * 1000)
const END = 200

/** Signals of two rules in some seconds; `n` is a number, and `w` follows from `u`. */
const drawn = fc
  .array(
    fc.record({
      rule: fc.constantFrom('a', 'a', 'b'),
      seconds: fc.integer({ min: 0, max: 90 }),
      u: fc.subarray(['1', '2', '3'], { maxLength: 2 }),
      v: fc.subarray(['1', '2']),
      n: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 40 },
  )
  .map(all =>
    all.map(({ rule, seconds, u, v, n }, at) =>
      signal(rule, seconds, { u, v, n: String(n), w: (u[0] ?? '1') < '3' ? 'low' : 'high' }, `e${at}`),
    ),
  )
/** Of each event one group: the neighbours of a group are the same in all its events. */
const single = drawn.map(all =>
  all.map(one => ({ ...one, values: { ...one.values, u: one.values['u']?.slice(0, 1) ?? [] } })),
)

const texts = (all: readonly unknown[]): readonly string[] => all.map(one => JSON.stringify(one)).sort()
const groupText = ({ group }: Detection): string => JSON.stringify(group.map(value => value ?? null))

const FIRST_SEEN = stateRule('first_seen', 'rules: [a, b]\ngroup-by: [u]\nfield: v')
const VOLUME = stateRule('volume', 'rules: [a, b]\ngroup-by: [u]\ntimespan: 1h')
const ABSENCE = stateRule('absence', 'rules: a\ngroup-by: [u]\ntimespan: 1h')

test('first_seen tells of what looking back from each time finds', () => {
  const rules = fc
    .record({
      learning: span(20),
      minimum: fc.integer({ min: 1, max: 4 }),
      forget: span(40),
      field: fc.constantFrom(['v'], ['v', 'n']),
    })
    .map(drawn => ({ ...FIRST_SEEN, ...drawn }))
  fc.assert(
    fc.property(rules, drawn, (rule, signals) => {
      const found = detect([rule], signals, { end: END }).map(detection => {
        if (detection.facts.kind !== 'first_seen') return detection
        const { values, known, events, since } = detection.facts
        const { time } = detection
        return { group: groupText(detection), tuple: JSON.stringify(values), time, known, events, since }
      })
      expect(texts(found)).toEqual(texts(newTuples(rule, signals)))
    }),
    { numRuns },
  )
})

test('volume tells of the spans that lists of all spans before make stand out', () => {
  const bounds: fc.Arbitrary<VolumeRule['condition']> = fc.constantFrom(
    [],
    [{ order: 'gte', value: 2 }],
    [
      { order: 'gt', value: 3 },
      { order: 'lte', value: 15 },
    ],
  )
  const rules = fc
    .record({
      timespan: span(6),
      minimum: fc.integer({ min: 1, max: 5 }),
      history: span(40),
      deviation: fc.constantFrom(0, 0.5, 1, 3),
      peers: fc.constantFrom(undefined, [], ['v']),
      field: fc.constantFrom(undefined, 'n'),
      condition: bounds,
    })
    .map(({ peers, field, ...drawn }): VolumeRule => {
      const more = { ...(peers === undefined ? {} : { peers }), ...(field === undefined ? {} : { field }) }
      return { ...VOLUME, ...drawn, ...more }
    })
  fc.assert(
    fc.property(rules, drawn, (rule, signals) => {
      const found = detect([rule], signals, { end: END }).map(detection => {
        if (detection.facts.kind !== 'volume') return detection
        const { value, own, peers } = detection.facts
        const past = (one: typeof own) => one && { spans: one.spans, median: one.median }
        return {
          group: groupText(detection),
          from: detection.from,
          value,
          ...(own && { own: past(own) }),
          ...(peers && { peers: past(peers) }),
        }
      })
      expect(texts(found)).toEqual(texts(outliers(rule, signals)))
    }),
    { numRuns },
  )
})

test('absence tells of the silences that are found by looking at each by itself', () => {
  const rules = fc
    .record({
      timespan: span(15),
      grace: fc.integer({ min: 0, max: 8 }).map(seconds => seconds * 1000),
      minimum: fc.integer({ min: 1, max: 4 }),
      neighbours: fc.constantFrom([], ['w']),
      disabling: fc.constantFrom([], ['b']),
    })
    .map((drawn): AbsenceRule => ({ ...ABSENCE, ...drawn, rules: ['a', ...drawn.disabling] }))
  fc.assert(
    fc.property(rules, single, (rule, signals) => {
      const found = detect([rule], signals, { end: END }).map(detection => {
        if (detection.facts.kind !== 'absence') return detection
        const { last, events, neighbours } = detection.facts
        const { time, variant } = detection
        return { group: groupText(detection), last, time, events, neighbours, raised: variant === 'raised' }
      })
      expect(texts(found)).toEqual(texts(silences(rule, signals, END * 1000)))
    }),
    { numRuns },
  )
})
