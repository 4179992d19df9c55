import type { Analytic, AnalyticResult } from '../analytics/analytic.ts'
import type { Finding } from '../findings/finding.ts'
import type { AnalyticPlan } from './analytic-plan.ts'
import { canBeLowered } from './lowered.ts'

/**
 * Findings of rows that were computed of many events become informational, and say why, where an analytic knows that all of
 * what they are about is harmless.
 */
export function settled(
  findings: readonly Finding[],
  { running }: AnalyticPlan,
  results: ReadonlyMap<Analytic, AnalyticResult>,
): readonly Finding[] {
  const techniques = new Set(running.flatMap(({ clears }) => clears))
  const judges = [...results.values()].flatMap(result => result.settled ?? [])
  return judges.length === 0
    ? findings
    : findings.map(finding => {
        if (finding.evidence.length > 0 || !canBeLowered(finding, techniques)) return finding
        const reason = judges.flatMap(judge => judge(finding) ?? [])[0]
        if (reason === undefined) return finding
        const because = [...(finding.because ?? []), `lowered from ${finding.level}: ${reason}`]
        return { ...finding, level: 'informational', because }
      })
}
