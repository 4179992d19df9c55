import type { FieldValue } from '../../core/hit.ts'
import type { JsonObject } from '../../core/json.ts'
import type { ApprovalPlace, Expr } from '../../plan/expr.ts'
import type { DetectionRule } from '../../plan/rule.ts'
import { approvalsBetween, withoutApprovals, withTimeless } from '../../scan/approvals.ts'
import type { FactsOf } from './hit-facts.ts'

/** Table -> place in it of an approval. */
type Places = (record: JsonObject) => readonly FieldValue[]

/** What holds for events that do not meet a condition, and would but for approvals; undefined if it lets none speak. */
export function hiddenWhere(where: Expr): Expr | undefined {
  const without = withoutApprovals(where)
  return without === undefined ? undefined : { kind: 'and', of: [without, { kind: 'not', of: where }] }
}

/** Of an event that meets the condition: the approvals that would have kept it away if they had held then. */
export function lapsedApprovals(where: Expr): Places | undefined {
  const timeless = withTimeless(where)
  return timeless === undefined ? undefined : between(where, timeless)
}

function between(where: Expr, other: Expr): Places {
  const approvals = approvalsBetween(where, other)
  return record => approvals(record).map(asValue)
}

function asValue({ table, row }: ApprovalPlace): FieldValue {
  return { field: table, value: String(row) }
}

/** Of an event that approvals keep from matching: which they are, and nothing else. */
export function hiddenFacts({ where }: DetectionRule, rule: number): FactsOf {
  let hiding: Places | undefined
  return {
    rule,
    facts(record) {
      hiding ??= between(where, withoutApprovals(where) ?? where)
      return { matched: [], shown: [], approvals: hiding(record) }
    },
    carried: () => [],
  }
}
