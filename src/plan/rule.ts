import type { Level } from '../core/level.ts'
import type { LogSource } from '../core/log-source.ts'
import type { Expr, Field } from './expr.ts'

/** What a rule says about itself, in the words of its language. */
export interface RuleMeta {
  /** The rule's own id, or one made of its title when it has none. Unique among the loaded rules. */
  readonly id: string
  readonly name?: string
  readonly title: string
  readonly level: Level
  readonly status?: string
  readonly description?: string
  readonly author?: string
  readonly references: readonly string[]
  /** As written, such as `attack.t1685.002`. */
  readonly tags: readonly string[]
  readonly falsepositives: readonly string[]
  /** Fields worth showing beside a match. */
  readonly fields: readonly string[]
  /** The dotted field whose value groups the hits into findings; by default the actor. */
  readonly entity?: string
  /** Ids that stood for this rule before. */
  readonly related: readonly string[]
}

/** Where a rule was read from. */
export interface RuleOrigin {
  /** The file as the user named it, or `builtin`. */
  readonly file: string
  /** Number of the document in the file, from 0. */
  readonly document: number
  readonly line: number
}

/** A rule that looks at one event at a time. */
export interface DetectionRule {
  readonly kind: 'detection'
  readonly meta: RuleMeta
  readonly logsource: LogSource
  readonly where: Expr
  readonly origin: RuleOrigin
}

export type CorrelationType =
  | 'event_count'
  | 'value_count'
  | 'temporal'
  | 'temporal_ordered'
  | 'value_sum'
  | 'value_avg'
  | 'value_percentile'
  | 'value_median'

/** A bound on an aggregate; two bounds make a range. */
export type Bound = { readonly order: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'; readonly value: number }

/** A rule over the hits of other rules. Parsed and checked; it runs where state is kept. */
export interface CorrelationRule {
  readonly kind: 'correlation'
  readonly meta: RuleMeta
  readonly type: CorrelationType
  /** Ids of the rules it is over, resolved. */
  readonly rules: readonly string[]
  readonly groupBy: readonly string[]
  /** Milliseconds. */
  readonly timespan: number
  readonly condition: readonly Bound[]
  readonly field: readonly string[]
  readonly percentile?: number
  /** Alias -> rule id -> field. */
  readonly aliases: { readonly [alias: string]: { readonly [rule: string]: string } }
  /** Whether the hits of its base rules are findings of their own. */
  readonly generate: boolean
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
