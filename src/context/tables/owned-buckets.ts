import { column, required, type Table } from '../column.ts'
import { provenance, provider } from './columns.ts'

/** Names are whole: anybody may give a bucket a name that begins like yours. */
export const ownedBuckets: Table = {
  name: 'owned_buckets',
  kind: 'inventory',
  about: 'Buckets and containers that are yours, by their whole names.',
  columns: [
    required(column('name', 'text', 'The whole name; in Azure a storage account, or account/container.')),
    provider,
    column('account', 'account', 'The account, subscription or project that owns it.'),
    column('region', 'text', 'Where it is.'),
    ...provenance,
  ],
  key: ['provider', 'name'],
  reviewDays: 30,
}
