import { column, list, required, type Table } from '../column.ts'
import { provenance, relation } from './columns.ts'

export const tenants: Table = {
  name: 'tenants',
  kind: 'inventory',
  about: 'Entra tenants that are expected.',
  columns: [
    required(column('id', 'account', 'The UUID.')),
    column('name', 'text', 'What people call it.'),
    list(column('domains', 'text', 'Domains of its users.')),
    relation,
    ...provenance,
  ],
  key: ['id'],
  reviewDays: 365,
}
