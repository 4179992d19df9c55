import { column, required, type Table } from '../column.ts'
import { provenance, purpose, relation } from './columns.ts'

export const subscriptions: Table = {
  name: 'subscriptions',
  kind: 'inventory',
  about: 'Azure subscriptions that are expected.',
  columns: [
    required(column('id', 'account', 'The UUID.')),
    column('name', 'text', 'What people call it.'),
    column('tenant', 'account', 'The tenant it belongs to.'),
    relation,
    ...purpose,
    ...provenance,
  ],
  key: ['id'],
  reviewDays: 90,
}
