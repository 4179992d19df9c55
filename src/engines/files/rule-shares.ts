import type { CorrelationRule } from '../../plan/state-rule.ts'

/**
 * Rules in at most so many shares that weigh about the same. Rules that are over each other stay together; the order
 * of rules stays as it was.
 */
export function ruleShares(
  rules: readonly CorrelationRule[],
  most: number,
  weight: (rule: CorrelationRule) => number,
): readonly (readonly CorrelationRule[])[] {
  const shares = Array.from({ length: most }, () => ({ rules: new Set<CorrelationRule>(), weight: 0 }))
  const families = familiesOf(rules).map(family => ({
    family,
    weight: family.reduce((sum, rule) => sum + weight(rule), 0),
  }))
  for (const { family, weight: own } of families.sort((a, b) => b.weight - a.weight)) {
    const lightest = shares.reduce((a, b) => (b.weight < a.weight ? b : a))
    for (const rule of family) lightest.rules.add(rule)
    lightest.weight += own
  }
  return shares
    .filter(share => share.rules.size > 0)
    .map(share => rules.filter(rule => share.rules.has(rule)))
}

function familiesOf(rules: readonly CorrelationRule[]): readonly (readonly CorrelationRule[])[] {
  const families = new Map(rules.map(rule => [rule.meta.id, [rule]]))
  for (const rule of rules)
    for (const id of rule.rules) {
      const [own, other] = [families.get(rule.meta.id), families.get(id)]
      if (own === undefined || other === undefined || own === other) continue
      own.push(...other)
      for (const member of other) families.set(member.meta.id, own)
    }
  return [...new Set(families.values())]
}
