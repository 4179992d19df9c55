import type { RuleMeta } from '../../plan/rule.ts'

/** What the analytic says of itself. */
export const meta: RuleMeta = {
  id: '6f0b7c1e-2a54-4a3e-9c55-0370a1d7e4b2',
  name: 'an0370',
  title: 'Objects moved from sensitive buckets to external endpoints (AN0370)',
  level: 'medium',
  status: 'test',
  description:
    'Judges each read, copy, replication, job, grant and share of cloud storage by where the data goes: to a destination that the ' +
    'request names, or to the caller. Inventories say whose that is, approvals whether it is a known workflow, and the past what is new. ' +
    'What is unknown is told as unknown. See docs/an0370.md.',
  references: ['https://attack.mitre.org/detectionstrategies/DET0131/'],
  tags: ['attack.exfiltration', 'attack.t1048', 'attack.t1537', 'attack.t1530'],
  falsepositives: [
    'Backup, replication, migration, analytics and file exchange that are not in approved_transfers',
    'Scanners and log shippers, and administrators who read buckets of logs',
  ],
  fields: [],
  related: [],
}
