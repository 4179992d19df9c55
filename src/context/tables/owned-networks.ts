import { column, list, oneWordOf, type Table } from '../column.ts'
import { provenance, relation } from './columns.ts'

export const ownedNetworks: Table = {
  name: 'owned_networks',
  kind: 'inventory',
  about: 'Networks from which your people and machines call: offices, NAT gateways, VPNs.',
  columns: [
    column('cidr', 'network', 'Addresses.'),
    column('asn', 'asn', 'An autonomous system that is all yours.'),
    column('name', 'text', 'What people call it.'),
    relation,
    oneWordOf('use', ['office', 'nat', 'vpn', 'datacenter', 'cloud'], 'What it is.'),
    list(column('accounts', 'account', 'Accounts it serves.')),
    ...provenance,
  ],
  key: ['cidr', 'asn'],
  oneOf: [['cidr', 'asn']],
  reviewDays: 180,
}
