import type { Finding } from '../findings/finding.ts'

/** Events of which one asks whether they are harmless: those of findings all of whose events are known. */
export function doubtedEvents(
  findings: readonly Finding[],
  techniques: ReadonlySet<string>,
): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const finding of findings) {
    if (!canBeLowered(finding, techniques)) continue
    for (const { event_id } of finding.evidence) if (event_id !== '') ids.add(event_id)
  }
  return ids
}

/**
 * Findings every event of which an analytic has judged harmless, with what the organisation knows, become informational and say
 * why. Only of rules that are about nothing but the techniques that the analytic judges.
 */
export function lowered(
  findings: readonly Finding[],
  techniques: ReadonlySet<string>,
  cleared: ReadonlyMap<string, string>,
): readonly Finding[] {
  if (cleared.size === 0) return findings
  return findings.map(finding => {
    if (!canBeLowered(finding, techniques)) return finding
    const reasons = finding.evidence.map(({ event_id }) => cleared.get(event_id))
    if (reasons.some(reason => reason === undefined)) return finding
    const distinct = [...new Set(reasons.flatMap(reason => reason ?? []))].sort()
    const because = [
      ...(finding.because ?? []),
      ...distinct.slice(0, MOST_REASONS).map(reason => `lowered from ${finding.level}: ${reason}`),
    ]
    return { ...finding, level: 'informational', because }
  })
}

const MOST_REASONS = 5

function canBeLowered({ level, count, attack, evidence }: Finding, techniques: ReadonlySet<string>): boolean {
  return (
    level !== 'informational' &&
    attack.some(id => techniques.has(id)) &&
    attack.every(id => techniques.has(id)) &&
    count <= evidence.length
  )
}
