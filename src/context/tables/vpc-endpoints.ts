import { column, required, type Table } from '../column.ts'
import { provenance } from './columns.ts'

export const vpcEndpoints: Table = {
  name: 'vpc_endpoints',
  kind: 'inventory',
  about: 'VPC endpoints that are yours.',
  columns: [
    required(column('id', 'text', 'Such as vpce-0a1b2c3d.')),
    column('account', 'account', 'The account that owns it.'),
    column('vpc', 'text', 'The VPC it is in.'),
    column('service', 'text', 'What it leads to.'),
    ...provenance,
  ],
  key: ['id'],
  reviewDays: 90,
}
