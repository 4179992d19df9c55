import { column, required, type Table } from '../column.ts'
import { provenance, relation } from './columns.ts'

export const organizations: Table = {
  name: 'organizations',
  kind: 'inventory',
  about: 'AWS organisations that are expected.',
  columns: [
    required(column('id', 'account', 'Such as o-exampleorgid.')),
    column('name', 'text', 'What people call it.'),
    relation,
    column('management_account', 'account', 'The account that manages it.'),
    ...provenance,
  ],
  key: ['id'],
  reviewDays: 365,
}
