import type { Level } from '../core/level.ts'
import type { FindingHead } from '../findings/finding-list.ts'

/** What one rule found. */
export interface RuleCount {
  readonly title: string
  readonly level: Level
  readonly findings: number
  readonly events: number
}

/** The rules with the most findings first, then those with the most events, then by title. */
export function ruleCounts(findings: readonly FindingHead[]): readonly RuleCount[] {
  const counts = new Map<string, RuleCount>()
  for (const { rule_id, title, level, count } of findings) {
    const before = counts.get(rule_id) ?? { title, level, findings: 0, events: 0 }
    counts.set(rule_id, { ...before, findings: before.findings + 1, events: before.events + count })
  }
  return [...counts.values()].sort(
    (a, b) => b.findings - a.findings || b.events - a.events || (a.title < b.title ? -1 : 1),
  )
}
