import { column, list, oneWordOf, required, type Table } from '../column.ts'
import { provenance } from './columns.ts'

export const providerNetworks: Table = {
  name: 'provider_networks',
  kind: 'inventory',
  about: 'Public addresses of cloud providers, where anybody can rent a machine.',
  columns: [
    required(column('cidr', 'network', 'Addresses.')),
    required(oneWordOf('provider', ['aws', 'azure', 'gcp', 'other'], 'Whose they are.')),
    column('region', 'text', 'Where they are.'),
    list(column('services', 'text', 'What they are for.')),
    ...provenance,
  ],
  key: ['cidr', 'provider'],
  reviewDays: 90,
}
