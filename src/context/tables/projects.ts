import { column, oneWordOf, required, type Table } from '../column.ts'
import { provenance, relation } from './columns.ts'

export const projects: Table = {
  name: 'projects',
  kind: 'inventory',
  about: 'Google Cloud projects that are expected.',
  columns: [
    required(column('id', 'account', 'The id, not the name.')),
    column('number', 'text', 'The number by which logs also call it.'),
    column('name', 'text', 'What people call it.'),
    relation,
    oneWordOf('environment', ['production', 'staging', 'development', 'sandbox'], 'What it is for.'),
    column('owner', 'text', 'Who answers for it.'),
    ...provenance,
  ],
  key: ['id'],
  reviewDays: 90,
}
