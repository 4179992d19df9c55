import { column, list, oneWordOf, required, type Table } from '../column.ts'
import { provenance, provider } from './columns.ts'

export const criticalServices: Table = {
  name: 'critical_services',
  kind: 'inventory',
  about: 'Services and resources that must never be switched off.',
  columns: [
    required(
      column('name', 'pattern', 'A service such as cloudtrail.amazonaws.com, or the ARN of a resource.'),
    ),
    provider,
    oneWordOf('criticality', ['high', 'critical'], 'critical if not said.'),
    list(column('accounts', 'account', 'Accounts where that holds; all if not said.')),
    required(column('owner', 'text', 'Who answers for it.')),
    ...provenance,
  ],
  key: ['provider', 'name'],
  reviewDays: 180,
}
