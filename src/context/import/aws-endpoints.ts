import { textMember } from '../../core/json.ts'
import { type Importer, listUnder } from './importer.ts'

export const awsEndpoints: Importer = {
  prints: 'aws ec2 describe-vpc-endpoints',
  tables: ['vpc_endpoints'],
  items: value => listUnder(value, 'VpcEndpoints'),
  row(endpoint) {
    const id = textMember(endpoint, 'VpcEndpointId')
    if (id === undefined) return 'it has no VpcEndpointId'
    return {
      id,
      account: textMember(endpoint, 'OwnerId'),
      vpc: textMember(endpoint, 'VpcId'),
      service: textMember(endpoint, 'ServiceName'),
    }
  },
}
