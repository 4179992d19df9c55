import { LEVELS } from '../core/level.ts'
import { compare } from '../core/order.ts'
import type { Finding } from './finding.ts'

/** What findings are put in order by. */
type Ordered = Pick<Finding, 'id' | 'rule_id' | 'level' | 'first_time' | 'entity'>

/** Findings by first time (those without one first), then the more serious, then rule, entity and id. */
export function inOrder<One extends Ordered>(findings: readonly One[]): readonly One[] {
  return [...findings].sort(compareFindings)
}

/** The same, but the most serious first. */
export function bySeverity<One extends Ordered>(findings: readonly One[]): readonly One[] {
  return [...findings].sort((a, b) => compareLevels(a, b) || compareFindings(a, b))
}

function compareFindings(a: Ordered, b: Ordered): number {
  return (
    compareTimes(a.first_time, b.first_time) ||
    compareLevels(a, b) ||
    compare(a.rule_id, b.rule_id) ||
    compare(a.entity.kind, b.entity.kind) ||
    compare(a.entity.value, b.entity.value) ||
    compare(a.id, b.id)
  )
}

function compareLevels(a: Ordered, b: Ordered): number {
  return LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level)
}

function compareTimes(a: string, b: string): number {
  // Without its Z, a time on the second comes before one with milliseconds.
  return a === b ? 0 : compare(a.slice(0, -1), b.slice(0, -1))
}
