import { parseNetwork } from '../../core/ip.ts'
import { isObject, type JsonObject, member, textMember } from '../../core/json.ts'
import { isPrivate } from '../network-verdict.ts'
import { accountOf, configuration, itemsOfTypes, nameTag } from './config-items.ts'
import type { Importer } from './importer.ts'

/** Public addresses that AWS Config knows: elastic ones, those of NAT gateways and of the other ends of VPNs, and public networks of VPCs. */
export const configNetworks: Importer = {
  prints: 'AWS Config',
  tables: ['owned_networks'],
  items(value) {
    const networks = (itemsOfTypes(value, ...Object.keys(READERS)) ?? []).flatMap(networksOf)
    // A gateway's address is an elastic one too: what says more of it stands first.
    const byAddress = new Map(networks.sort((a, b) => rank(b) - rank(a)).map(one => [one['cidr'], one]))
    return byAddress.size === 0
      ? undefined
      : [...byAddress.values()].sort((a, b) => (text(a) < text(b) ? -1 : 1))
  },
  row: item => {
    const [cidr, name, use, account] = ['cidr', 'name', 'use', 'account'].map(key => textMember(item, key))
    return { cidr, name, use, accounts: account === undefined ? [] : [account] }
  },
}

const text = (network: JsonObject): string => textMember(network, 'cidr') ?? ''
const rank = (network: JsonObject): number => (network['use'] === 'cloud' ? 1 : 0)

/** What each type of resource has of addresses, and what they are for. */
const READERS: {
  readonly [type: string]: { readonly use: string; read(own: JsonObject): readonly (string | undefined)[] }
} = {
  'AWS::EC2::EIP': { use: 'cloud', read: own => [textMember(own, 'publicIp')] },
  'AWS::EC2::NatGateway': { use: 'nat', read: own => membersOf(own, 'natGatewayAddresses', 'publicIp') },
  'AWS::EC2::CustomerGateway': { use: 'vpn', read: own => [textMember(own, 'ipAddress')] },
  'AWS::EC2::VPC': {
    use: 'cloud',
    read: own => [
      textMember(own, 'cidrBlock'),
      ...membersOf(own, 'cidrBlockAssociationSet', 'cidrBlock'),
      ...membersOf(own, 'ipv6CidrBlockAssociationSet', 'ipv6CidrBlock'),
    ],
  },
}

function networksOf(item: JsonObject): readonly JsonObject[] {
  const reader = READERS[textMember(item, 'resourceType') ?? '']
  const found = reader?.read(configuration(item)) ?? []
  const name = nameTag(item) ?? textMember(item, 'resourceId')
  const account = accountOf(item)
  return found.flatMap(address => {
    const network = address === undefined ? '' : parseNetwork(address)
    if (address === undefined || typeof network === 'string' || isPrivate(network)) return []
    const cidr = address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`
    const more = { ...(name === undefined ? {} : { name }), ...(account === undefined ? {} : { account }) }
    return [{ cidr, use: reader?.use ?? 'cloud', ...more }]
  })
}

function membersOf(own: JsonObject, list: string, key: string): readonly (string | undefined)[] {
  const items = member(own, list)
  return Array.isArray(items) ? items.filter(isObject).map(item => textMember(item, key)) : []
}
