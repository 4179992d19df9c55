import type { LogSource } from '../core/log-source.ts'
import type { Expr, Field } from './expr.ts'
import type { RuleMeta, RuleOrigin } from './rule-meta.ts'
import type { CorrelationRule } from './state-rule.ts'

export type { RuleMeta, RuleOrigin } from './rule-meta.ts'
export type { Bound, CorrelationRule, CorrelationType } from './state-rule.ts'

/** A rule that looks at one event at a time. */
export interface DetectionRule {
  readonly kind: 'detection'
  readonly meta: RuleMeta
  readonly logsource: LogSource
  readonly where: Expr
  readonly origin: RuleOrigin
}

export type Rule = DetectionRule | CorrelationRule

/** Every field that a condition reads, each name once, in order of appearance. */
export function fieldsOf(expr: Expr): readonly Field[] {
  const found = new Map<string, Field>()
  const visit = (node: Expr): void => {
    if (node.kind === 'and' || node.kind === 'or') node.of.forEach(visit)
    else if (node.kind === 'not') visit(node.of)
    else {
      if ('of' in node) found.set(node.of.name, found.get(node.of.name) ?? node.of)
      if (node.kind === 'same') found.set(node.other.name, found.get(node.other.name) ?? node.other)
    }
  }
  visit(expr)
  return [...found.values()]
}
