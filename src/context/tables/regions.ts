import { column, list, oneWordOf, required, type Table } from '../column.ts'
import { provenance, provider } from './columns.ts'

export const regions: Table = {
  name: 'regions',
  kind: 'inventory',
  about: 'Regions that are used; any other is unused.',
  columns: [
    required(column('name', 'text', 'Such as eu-central-1.')),
    provider,
    oneWordOf('status', ['active', 'unused'], 'active if not said.'),
    list(column('accounts', 'account', 'Accounts that use it; all if not said.')),
    ...provenance,
  ],
  key: ['provider', 'name'],
  reviewDays: 180,
}
