import { parseNetwork } from '../../core/ip.ts'
import { isObject, type Json, type JsonObject, member, textMember } from '../../core/json.ts'
import { isPrivate } from '../network-verdict.ts'
import type { ImportedCells } from './importer.ts'

/** An address or network that a resource has. */
export interface FoundNetwork {
  readonly address: string
  readonly use: string
  readonly name: string | undefined
  readonly account: string | undefined
}

/** Public networks, each once, as items of an importer; nothing if there is none. */
export function networkItems(found: readonly FoundNetwork[]): readonly Json[] | undefined {
  const networks = found.flatMap(itemOf)
  // A gateway's address is an elastic one too: what says more of it stands first.
  const byAddress = new Map(networks.sort((a, b) => rank(b) - rank(a)).map(one => [one['cidr'], one]))
  if (byAddress.size === 0) return undefined
  return [...byAddress.values()].sort((a, b) => (text(a) < text(b) ? -1 : 1))
}

export function networkRow(item: JsonObject): ImportedCells {
  const [cidr, name, use, account] = ['cidr', 'name', 'use', 'account'].map(key => textMember(item, key))
  return { cidr, name, use, accounts: account === undefined ? [] : [account] }
}

/** A text of each object of a list. */
export function textsIn(item: JsonObject, list: string, key: string): readonly (string | undefined)[] {
  const items = member(item, list)
  return Array.isArray(items) ? items.filter(isObject).map(one => textMember(one, key)) : []
}

function itemOf({ address, use, name, account }: FoundNetwork): readonly JsonObject[] {
  const network = parseNetwork(address)
  if (typeof network === 'string' || isPrivate(network)) return []
  const cidr = address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`
  const more = { ...(name === undefined ? {} : { name }), ...(account === undefined ? {} : { account }) }
  return [{ cidr, use, ...more }]
}

const text = (network: JsonObject): string => textMember(network, 'cidr') ?? ''
const rank = (network: JsonObject): number => (network['use'] === 'cloud' ? 1 : 0)
