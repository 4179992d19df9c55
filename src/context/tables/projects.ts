import { column, required, type Table } from '../column.ts'
import { provenance, purpose, relation } from './columns.ts'

export const projects: Table = {
  name: 'projects',
  kind: 'inventory',
  about: 'Google Cloud projects that are expected.',
  columns: [
    required(column('id', 'account', 'The id, not the name.')),
    column('number', 'text', 'The number by which logs also call it.'),
    column('name', 'text', 'What people call it.'),
    relation,
    ...purpose,
    ...provenance,
  ],
  key: ['id'],
  reviewDays: 90,
}
