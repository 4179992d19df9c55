import { LEVELS } from '../core/level.ts'
import type { Finding } from './finding.ts'
import { compare } from './value-counts.ts'

/** Findings by first time (those without one first), then the more serious, then rule, entity and id. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(compareFindings)
}

/** The same, but the most serious first. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => compareLevels(a, b) || compareFindings(a, b))
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTimes(a.first_time, b.first_time) ||
    compareLevels(a, b) ||
    compare(a.rule_id, b.rule_id) ||
    compare(a.entity.kind, b.entity.kind) ||
    compare(a.entity.value, b.entity.value) ||
    compare(a.id, b.id)
  )
}

function compareLevels(a: Finding, b: Finding): number {
  return LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level)
}

function compareTimes(a: string, b: string): number {
  // Without its Z, a time on the second comes before one with milliseconds.
  return a === b ? 0 : compare(a.slice(0, -1), b.slice(0, -1))
}
