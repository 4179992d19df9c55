import type { Random } from '../random.ts'
import { ownAddress } from './addresses.ts'
import type { Account, Machine, Network, NetworkName } from './types.ts'

/** A network of three subnets; `block` is its second octet, which no two networks share. */
export function makeNetwork(
  random: Random,
  name: NetworkName,
  account: Account,
  place: { readonly region: string; readonly block: number },
): Network {
  const { region, block } = place
  const form = name === 'production' || name === 'analytics' ? 'long' : 'short'
  return {
    name,
    account,
    region,
    id: `vpc-0${random.hex(16)}`,
    cidr: `10.${block}.0.0/16`,
    subnets: ['a', 'b', 'c'].map((zone, index) => ({
      id: `subnet-0${random.hex(16)}`,
      zone: `${region}${zone}`,
      prefix: `10.${block}.${index * 32 + random.whole(0, 31)}.`,
    })),
    group: `sg-0${random.hex(16)}`,
    publicAddress: ownAddress(random),
    storageEndpoint: `vpce-0${random.hex(16)}`,
    ...(name === 'unlogged' ? {} : { flowLog: { id: `fl-0${random.hex(16)}`, form } }),
  }
}

/** A machine with an address of one of the network's subnets. */
export function makeMachine(random: Random, network: Network, address?: string): Machine {
  const subnet =
    network.subnets.find(({ prefix }) => address?.startsWith(prefix)) ?? random.pick(network.subnets)
  const mac = [0x02, ...Array.from({ length: 5 }, () => random.whole(0, 255))]
  return {
    id: `i-0${random.hex(16)}`,
    interfaceId: `eni-0${random.hex(16)}`,
    address: address ?? `${subnet.prefix}${random.whole(10, 250)}`,
    mac: mac.map(byte => byte.toString(16).padStart(2, '0')).join(':'),
    network,
    subnet,
  }
}
