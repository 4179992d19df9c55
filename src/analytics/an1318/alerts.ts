import { field } from '../../plan/expr.ts'
import { type AnalyticEvent, all, first } from '../analytic.ts'
import { base } from '../base.ts'

const MACHINE = 'resource.instanceDetails.instanceId'

/** What GuardDuty says of machines. */
export const alerts = base({
  id: 'an1318-alerts',
  title: 'Findings of GuardDuty about machines',
  logsource: { product: 'aws', service: 'guardduty' },
  where: { kind: 'exists', of: field(MACHINE) },
  carry: [MACHINE, 'type', 'severity', 'title'],
})

/** A finding of GuardDuty about a machine. */
export interface Alert {
  readonly event: AnalyticEvent
  readonly type: string
  readonly severity: string
}

/** Alerts of one chain that are kept. */
export const MOST_ALERTS = 20

export function alertOf(event: AnalyticEvent): (Alert & { readonly machine: string }) | undefined {
  const machine = all(event, MACHINE)[0]
  const type = first(event, 'type')
  if (machine === undefined || type === undefined) return undefined
  return { event, machine, type, severity: first(event, 'severity') ?? 'unknown' }
}
