import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wholeChains } from '../plain/chain.ts'
import { detect, signal, stateRule } from './signals.ts'

/** Forms of chains in which the latest chain of each value stands for all before it. */
const FORMS = {
  'each step on a key of the one before it': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 9s}
- {name: s2, rule: c, link: {m: s1.m}, within: 7s}`,
  'four steps on one key': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 9s}
- {name: s2, rule: c, link: {k: s1.k}, within: 12s}
- {name: s3, rule: d, link: {k: s2.k}, within: 5s}`,
  'several ways': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: [{k: s0.k}, {m: s0.m}], within: 9s}
- {name: s2, rule: c, link: [{k: s1.k, m: s1.m}, {m: s1.k}], within: 12s}`,
  'a key of the first step that only the last one has': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 9s}
- {name: s2, rule: c, link: {m: s0.m}, within: 12s}`,
  'an optional step': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 9s, optional: true}
- {name: s2, rule: c, link: {k: s0.k}, within: 12s}`,
} as const

/** Forms that are so only where every field has one value. */
const SCALAR_FORMS = {
  'all steps on a key of the first one': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 9s}
- {name: s2, rule: c, link: {k: s0.k}, within: 12s}`,
  'a step that must be absent': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 12s, absent: true}
- {name: s2, rule: c, link: {k: s0.k}, within: 12s}`,
} as const

function drawn(values: (all: readonly string[]) => fc.Arbitrary<readonly string[]>) {
  const one = fc.record({
    rule: fc.constantFrom('a', 'b', 'c', 'd'),
    seconds: fc.integer({ min: 0, max: 30 }),
    k: values(['1', '2', '3']),
    m: values(['1', '2']),
  })
  return fc
    .array(one, { maxLength: 14 })
    .map(all => all.map(({ rule, seconds, k, m }, at) => signal(rule, seconds, { k, m }, `e${at}`)))
}

const lists = drawn(all => fc.subarray([...all]))
const scalars = drawn(all => fc.subarray([...all], { maxLength: 1 }))

function agrees(steps: string, signals: typeof lists): void {
  const rule = stateRule('chain', `steps:${steps}`)
  fc.assert(
    fc.property(signals, given => {
      const chains = wholeChains(rule, given)
      const found = detect([rule], given, { end: 99 }).map(({ facts }) =>
        facts.kind === 'chain' ? facts.steps.map(({ step, id }) => `${step} ${id}`) : [],
      )
      // Each event that ends a chain is told of, and what is told of is a chain.
      expect(new Set(found.map(of => of.at(-1)))).toEqual(new Set(chains.map(of => named(of).at(-1))))
      const all = new Set(chains.map(of => named(of).join(', ')))
      expect(found.filter(of => !all.has(of.join(', ')))).toEqual([])
    }),
    { numRuns: Number(process.env['RUNS'] ?? 300) },
  )
}

function named(chain: ReturnType<typeof wholeChains>[number]): readonly string[] {
  return chain.flatMap((one, step) => (one === undefined ? [] : [`${step} ${one.id}`]))
}

test.each(Object.entries(FORMS))('chains end where trying all of them says: %s', (_, steps) =>
  agrees(steps, lists),
)

test.each(Object.entries(SCALAR_FORMS))('so they do with one value a field: %s', (_, steps) =>
  agrees(steps, scalars),
)
