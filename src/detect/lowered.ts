import type { Finding } from '../findings/finding.ts'
import type { FindingHead, FindingList } from '../findings/finding-list.ts'

/** Events of which one asks whether they are harmless: those of findings all of whose events are known. */
export function doubtedEvents(findings: FindingList, techniques: ReadonlySet<string>): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const head of findings.heads) {
    if (!canBeLowered(head, techniques)) continue
    const { evidence } = head.whole()
    if (head.count > evidence.length) continue
    for (const { event_id } of evidence) if (event_id !== '') ids.add(event_id)
  }
  return ids
}

/**
 * Findings every event of which an analytic has judged harmless, with what the organisation knows, become informational and say
 * why. Only of rules that are about nothing but the techniques that the analytic judges.
 */
export function lowered(
  findings: FindingList,
  techniques: ReadonlySet<string>,
  cleared: ReadonlyMap<string, string>,
): FindingList {
  if (cleared.size === 0) return findings
  return findings.with(
    findings.heads.map(head => {
      const reasons = canBeLowered(head, techniques) ? reasonsFor(head.whole(), cleared) : undefined
      return reasons === undefined ? head : loweredHead(head, reasons)
    }),
  )
}

/** Why each event of the finding is harmless; undefined if one may not be. */
function reasonsFor(
  { count, evidence }: Finding,
  cleared: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  if (count > evidence.length) return undefined
  const reasons = evidence.map(({ event_id }) => cleared.get(event_id))
  if (reasons.some(reason => reason === undefined)) return undefined
  return [...new Set(reasons.flatMap(reason => reason ?? []))].sort()
}

const MOST_REASONS = 5

function loweredHead(head: FindingHead, reasons: readonly string[]): FindingHead {
  const whole = (): Finding => {
    const finding = head.whole()
    const because = [
      ...(finding.because ?? []),
      ...reasons.slice(0, MOST_REASONS).map(reason => `lowered from ${finding.level}: ${reason}`),
    ]
    return { ...finding, level: 'informational', because }
  }
  const { id, rule_id, title, attack, first_time, last_time, count, entity } = head
  return { id, rule_id, title, level: 'informational', attack, first_time, last_time, count, entity, whole }
}

/** Is a finding about nothing but what an analytic judges? */
export function canBeLowered(
  { level, attack }: Pick<FindingHead, 'level' | 'attack'>,
  techniques: ReadonlySet<string>,
): boolean {
  return (
    level !== 'informational' &&
    attack.some(id => techniques.has(id)) &&
    attack.every(id => techniques.has(id))
  )
}
