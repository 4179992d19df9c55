import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChainLink, ChainRule, ChainStep } from '../../src/plan/state-rule.ts'
import type { Signal } from '../../src/state/signal.ts'
import { wholeChains } from '../plain/chain.ts'
import { detect, signal, stateRule } from './signals.ts'

/** Forms of chains: the latest chain does not always stand for those before it. */
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
  'all steps on a key of the first one': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 9s}
- {name: s2, rule: c, link: {k: s0.k}, within: 12s}`,
  'a step that must be absent': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 12s, absent: true}
- {name: s2, rule: c, link: {k: s0.k}, within: 12s}`,
  'an absent step with a shorter gap': `
- {name: s0, rule: a}
- {name: s1, rule: b, link: {k: s0.k}, within: 5s, absent: true}
- {name: s2, rule: c, link: {k: s0.k}, within: 12s}`,
  'an absent step at the end': `
- {name: s0, rule: a}
- {name: s1, rule: c, link: {m: s0.m}, within: 9s}
- {name: s2, rule: b, link: {k: s0.k}, within: 12s, absent: true}`,
  'events of one rule': `
- {name: s0, rule: a}
- {name: s1, rule: a, link: {k: s0.k}, within: 9s}
- {name: s2, rule: [a, b], link: {k: s1.k}, within: 9s}`,
} as const

/** Signals in so many seconds: the fewer, the more of them come in one. */
function drawn(seconds: number): fc.Arbitrary<readonly Signal[]> {
  const one = fc.record({
    rule: fc.constantFrom('a', 'b', 'c', 'd'),
    seconds: fc.integer({ min: 0, max: seconds }),
    k: fc.subarray(['1', '2', '3']),
    m: fc.subarray(['1', '2']),
  })
  return fc
    .array(one, { maxLength: 12 })
    .map(all => all.map(({ rule, seconds, k, m }, at) => signal(rule, seconds, { k, m }, `e${at}`)))
}
const signals = fc.oneof(drawn(30), drawn(4))

const rules = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1, maxLength: 2 })
const field = fc.constantFrom('k', 'm')
const step = fc.record({
  rules,
  within: fc.integer({ min: 2, max: 14 }),
  absent: fc.boolean(),
  links: fc.uniqueArray(fc.record({ field, to: field, step: fc.nat(2) }), {
    minLength: 1,
    maxLength: 2,
    selector: link => link.field,
  }),
})
/** Any chain of two to four steps, each linked to some of those before it that have to come. */
const anyChain = fc
  .tuple(rules, fc.array(step, { minLength: 1, maxLength: 3 }))
  .map(([first, rest]): ChainRule => {
    const steps: ChainStep[] = [{ name: 's0', rules: first, links: [], within: 0, need: 'required' }]
    for (const { rules: own, within, absent, links } of rest) {
      const before = steps.flatMap(({ need }, place) => (need === 'required' ? [place] : []))
      const way = links.map(({ field: name, to, step: wanted }): ChainLink => {
        return { field: name, to: { step: before[wanted % before.length] ?? 0, field: to } }
      })
      const need = absent ? 'absent' : 'required'
      steps.push({ name: `s${steps.length}`, rules: own, links: [way], within: within * 1000, need })
    }
    const { incomplete: _, ...chain } = BASE
    return { ...chain, rules: ['a', 'b', 'c', 'd'], steps }
  })
const BASE = stateRule(
  'chain',
  'steps:\n- {name: s0, rule: a}\n- {name: s1, rule: b, link: {k: s0.k}, within: 9s}',
)

/** Each event that ends a chain is told of, and what is told of is a chain. */
function agrees(rule: ChainRule, given: readonly Signal[]): void {
  const chains = wholeChains(rule, given)
  const found = detect([rule], given, { end: 99 }).map(({ facts }) =>
    facts.kind === 'chain' ? facts.steps.map(({ step, id }) => `${step} ${id}`) : [],
  )
  expect(new Set(found.map(of => of.at(-1)))).toEqual(new Set(chains.map(of => named(of).at(-1))))
  const all = new Set(chains.map(of => named(of).join(', ')))
  expect(found.filter(of => !all.has(of.join(', ')))).toEqual([])
}

function named(chain: ReturnType<typeof wholeChains>[number]): readonly string[] {
  return chain.flatMap((one, step) => (one === undefined ? [] : [`${step} ${one.id}`]))
}

const numRuns = Number(process.env['RUNS'] ?? 150)

test.each(Object.entries(FORMS))('chains end where trying all of them says: %s', (_, lines) => {
  const rule = stateRule('chain', `steps:${lines}`)
  fc.assert(
    fc.property(signals, given => agrees(rule, given)),
    { numRuns },
  )
})

test('so does any chain without optional steps', () => {
  fc.assert(
    fc.property(anyChain, signals, (rule, given) => agrees(rule, given)),
    { numRuns },
  )
})
