import { column, oneWordOf, required, type Table } from '../column.ts'
import { provenance, purpose, relation } from './columns.ts'

export const accounts: Table = {
  name: 'accounts',
  kind: 'inventory',
  about: 'AWS accounts that are expected.',
  columns: [
    required(column('id', 'account', 'The 12 digits.')),
    column('name', 'text', 'What people call it.'),
    column('organization', 'account', 'The organisation it belongs to.'),
    relation,
    oneWordOf('status', ['active', 'suspended', 'closed'], 'What the organisation says of it.'),
    ...purpose,
    ...provenance,
  ],
  key: ['id'],
  reviewDays: 90,
}
