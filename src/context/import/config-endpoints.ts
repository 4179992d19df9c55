import { textMember } from '../../core/json.ts'
import { accountOf, configuration, itemsOfTypes } from './config-items.ts'
import type { Importer } from './importer.ts'

/** VPC endpoints that AWS Config knows. */
export const configEndpoints: Importer = {
  prints: 'AWS Config',
  tables: ['vpc_endpoints'],
  items: value => itemsOfTypes(value, 'AWS::EC2::VPCEndpoint'),
  row(item) {
    const own = configuration(item)
    const id = textMember(item, 'resourceId') ?? textMember(own, 'vpcEndpointId')
    if (id === undefined) return 'it has no resourceId'
    return {
      id,
      account: accountOf(item) ?? textMember(own, 'ownerId'),
      vpc: textMember(own, 'vpcId'),
      service: textMember(own, 'serviceName'),
    }
  },
}
