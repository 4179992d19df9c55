import { column, required, type Table } from '../column.ts'
import { provenance } from './columns.ts'

export const blockedDestinations: Table = {
  name: 'blocked_destinations',
  kind: 'inventory',
  about: 'Buckets, accounts and networks to which nothing may go, whatever else is said of them.',
  columns: [
    required(column('destination', 'place', 'A bucket or account, a pattern of them, or a network.')),
    column('reason', 'text', 'Why.'),
    ...provenance,
  ],
  key: ['destination'],
  reviewDays: 365,
}
