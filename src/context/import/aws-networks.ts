import { isObject, type Json, type JsonObject, textMember } from '../../core/json.ts'
import { type Importer, listUnder, tag } from './importer.ts'
import { type FoundNetwork, networkItems, networkRow, textsIn } from './networks.ts'

/** Public addresses as `aws ec2` prints them: elastic ones, those of NAT gateways and of the other ends of VPNs, and public networks of VPCs. */
export const awsNetworks: Importer = {
  prints: 'aws ec2 describe-addresses, describe-nat-gateways or describe-vpcs',
  tables: ['owned_networks'],
  // Most VPCs have private networks only: there is nothing to take over, which is no mistake.
  items: value =>
    READERS.some(({ list }) => listUnder(value, list) !== undefined)
      ? (networkItems(READERS.flatMap(reader => networksIn(value, reader))) ?? [])
      : undefined,
  row: networkRow,
}

interface Reader {
  /** The list of what is printed, and the id of each item. */
  readonly list: string
  readonly id: string
  readonly owner?: string
  readonly use: string
  read(item: JsonObject): readonly (string | undefined)[]
}

const READERS: readonly Reader[] = [
  {
    list: 'Addresses',
    id: 'AllocationId',
    owner: 'NetworkInterfaceOwnerId',
    use: 'cloud',
    read: item => [textMember(item, 'PublicIp')],
  },
  {
    list: 'NatGateways',
    id: 'NatGatewayId',
    use: 'nat',
    read: item => textsIn(item, 'NatGatewayAddresses', 'PublicIp'),
  },
  {
    list: 'CustomerGateways',
    id: 'CustomerGatewayId',
    use: 'vpn',
    read: item => [textMember(item, 'IpAddress')],
  },
  {
    list: 'Vpcs',
    id: 'VpcId',
    owner: 'OwnerId',
    use: 'cloud',
    read: item => [
      textMember(item, 'CidrBlock'),
      ...textsIn(item, 'CidrBlockAssociationSet', 'CidrBlock'),
      ...textsIn(item, 'Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlock'),
    ],
  },
]

function networksIn(value: Json, { list, id, owner, use, read }: Reader): readonly FoundNetwork[] {
  return (listUnder(value, list) ?? []).filter(isObject).flatMap(item => {
    const name = tag(item, 'name') ?? textMember(item, id)
    const account = owner === undefined ? undefined : textMember(item, owner)
    return read(item).flatMap(address => (address === undefined ? [] : [{ address, use, name, account }]))
  })
}
