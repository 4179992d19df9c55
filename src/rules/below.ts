import type { Rule } from '../plan/rule.ts'

/** A rule and all that it is over, however far down, each once; itself first. */
export function below(rule: Rule, byId: ReadonlyMap<string, Rule>): readonly Rule[] {
  const found = new Set<Rule>()
  const visit = (one: Rule): void => {
    if (found.has(one)) return
    found.add(one)
    if (one.kind !== 'correlation') return
    for (const id of one.rules) {
      const other = byId.get(id)
      if (other !== undefined) visit(other)
    }
  }
  visit(rule)
  return [...found]
}
