import { type JsonObject, textMember } from '../../core/json.ts'
import { accountOf, configuration, itemsOfTypes, nameTag } from './config-items.ts'
import type { Importer } from './importer.ts'
import { type FoundNetwork, networkItems, networkRow, textsIn } from './networks.ts'

/** Public addresses that AWS Config knows: elastic ones, those of NAT gateways and of the other ends of VPNs, and public networks of VPCs. */
export const configNetworks: Importer = {
  prints: 'AWS Config',
  tables: ['owned_networks'],
  items: value => networkItems((itemsOfTypes(value, ...Object.keys(READERS)) ?? []).flatMap(networksOf)),
  row: networkRow,
}

/** What each type of resource has of addresses, and what they are for. */
const READERS: {
  readonly [type: string]: { readonly use: string; read(own: JsonObject): readonly (string | undefined)[] }
} = {
  'AWS::EC2::EIP': { use: 'cloud', read: own => [textMember(own, 'publicIp')] },
  'AWS::EC2::NatGateway': { use: 'nat', read: own => textsIn(own, 'natGatewayAddresses', 'publicIp') },
  'AWS::EC2::CustomerGateway': { use: 'vpn', read: own => [textMember(own, 'ipAddress')] },
  'AWS::EC2::VPC': {
    use: 'cloud',
    read: own => [
      textMember(own, 'cidrBlock'),
      ...textsIn(own, 'cidrBlockAssociationSet', 'cidrBlock'),
      ...textsIn(own, 'ipv6CidrBlockAssociationSet', 'ipv6CidrBlock'),
    ],
  },
}

function networksOf(item: JsonObject): readonly FoundNetwork[] {
  const reader = READERS[textMember(item, 'resourceType') ?? '']
  const found = reader?.read(configuration(item)) ?? []
  const name = nameTag(item) ?? textMember(item, 'resourceId')
  const account = accountOf(item)
  return found.flatMap(address =>
    address === undefined ? [] : [{ address, use: reader?.use ?? 'cloud', name, account }],
  )
}
