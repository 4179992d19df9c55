import { column, oneWordOf, required, type Table } from '../column.ts'
import { provenance, provider } from './columns.ts'

export const sensitiveBuckets: Table = {
  name: 'sensitive_buckets',
  kind: 'inventory',
  about: 'Buckets and containers whose data matters.',
  columns: [
    required(column('name', 'pattern', 'The name, or a pattern of names.')),
    provider,
    column('account', 'account', 'The account, subscription or project that owns it.'),
    required(
      oneWordOf(
        'classification',
        ['public', 'internal', 'confidential', 'restricted', 'regulated', 'log'],
        'How much its data matters; log is a bucket of logs.',
      ),
    ),
    required(column('data_owner', 'text', 'Who answers for the data.')),
    ...provenance,
  ],
  key: ['provider', 'name'],
  reviewDays: 90,
}
