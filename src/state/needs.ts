import type { CorrelationRule } from '../plan/state-rule.ts'
import { fieldFor } from './group-key.ts'

/** Rule id -> the fields of its events that rules over it need, each once. */
export function fieldsNeeded(rules: readonly CorrelationRule[]): ReadonlyMap<string, readonly string[]> {
  const needed = new Map<string, Set<string>>()
  const need = (rule: string, fields: readonly string[]): void => {
    const known = needed.get(rule) ?? new Set()
    for (const field of fields) known.add(field)
    needed.set(rule, known)
  }
  for (const rule of rules) {
    const names = namesOf(rule)
    for (const base of rule.rules)
      need(
        base,
        names.map(name => fieldFor(rule, name, base)),
      )
    if (rule.type !== 'chain') continue
    for (const { rules: bases, links, differs = [] } of rule.steps)
      for (const base of bases)
        need(
          base,
          [...links.flat(), ...differs].map(({ field }) => field),
        )
    for (const { step, field } of [
      ...rule.entity,
      ...rule.steps.flatMap(({ links, differs = [] }) => [...links.flat(), ...differs].map(({ to }) => to)),
    ])
      for (const base of rule.steps[step]?.rules ?? []) need(base, [field])
  }
  return new Map([...needed].map(([rule, fields]) => [rule, [...fields]]))
}

/** The names of values that a rule looks at in every event. */
function namesOf(rule: CorrelationRule): readonly string[] {
  switch (rule.type) {
    case 'chain':
      return []
    case 'first_seen':
      return [...rule.groupBy, ...rule.field]
    case 'volume':
      return [...rule.groupBy, ...(rule.field === undefined ? [] : [rule.field]), ...(rule.peers ?? [])]
    case 'absence':
      return [...rule.groupBy, ...rule.neighbours]
    default:
      return [...rule.groupBy, ...rule.field]
  }
}
