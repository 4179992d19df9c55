import { column, required, type Table } from '../column.ts'
import { provenance, provider } from './columns.ts'

export const imageVendors: Table = {
  name: 'image_vendors',
  kind: 'inventory',
  about: 'Accounts, projects and publishers whose images are those of a trusted vendor.',
  columns: [
    required(column('owner', 'text', 'The account, project, alias or publisher.')),
    provider,
    required(column('name', 'text', 'Who that is.')),
    ...provenance,
  ],
  key: ['provider', 'owner'],
  reviewDays: 365,
}
