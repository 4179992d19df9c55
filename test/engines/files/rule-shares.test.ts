import { expect, test } from 'vitest'
import { ruleShares } from '../../../src/engines/files/rule-shares.ts'
import type { CorrelationRule } from '../../../src/plan/state-rule.ts'
import { stateRule } from '../../state/signals.ts'

function over(id: string, rules: readonly string[]): CorrelationRule {
  const rule = stateRule('temporal' as 'chain', 'rules: [a, b]\ntimespan: 1m') as CorrelationRule
  return { ...rule, rules, meta: { ...rule.meta, id } }
}

const idsOf = (shares: readonly (readonly CorrelationRule[])[]): readonly (readonly string[])[] =>
  shares.map(share => share.map(({ meta }) => meta.id))

test('rules that are over each other stay together, in their order; the others even out the weight', () => {
  const rules = [
    over('r', ['a']),
    over('s', ['r', 'b']),
    over('t', ['c']),
    over('u', ['s']),
    over('v', ['d']),
  ]
  const shares = ruleShares(rules, 2, ({ meta }) => (meta.id === 'v' ? 4 : 2))
  expect(idsOf(shares)).toEqual([
    ['r', 's', 'u'],
    ['t', 'v'],
  ])
})

test('there are no empty shares', () => {
  expect(idsOf(ruleShares([over('r', ['a'])], 3, () => 0))).toEqual([['r']])
  expect(ruleShares([], 3, () => 0)).toEqual([])
})
