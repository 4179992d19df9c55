import { type Ip, type IpNetwork, inNetwork, parseNetwork } from '../core/ip.ts'
import { accountVerdict, listed } from './account-verdict.ts'
import type { Context } from './context.ts'
import { addressOf } from './network-index.ts'
import { caveats, unlisted, type Verdict, verdict } from './verdict.ts'

/** Addresses that nobody on the internet has: private, shared, loopback, link-local, unique local. */
const PRIVATE: readonly IpNetwork[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap(text => {
  const network = parseNetwork(text)
  return typeof network === 'string' ? [] : [network]
})

/** Is the address one that nobody on the internet has? */
export function isPrivate(ip: Ip): boolean {
  return PRIVATE.some(network => inNetwork(ip, network))
}

export interface NetworkHints {
  /** Number of the autonomous system, where a database tells. */
  readonly asn?: number
}

/**
 * Where a call comes from, by the address that the log has. Names of services, `AWS Internal` and Google's `private` are
 * no addresses: somebody stands behind them, and who is not known.
 */
export function networkVerdict(
  context: Context,
  address: string | undefined,
  { asn }: NetworkHints = {},
): Verdict {
  if (address === undefined || address === '') return verdict('unknown', 'no-value')
  const ip = addressOf(address)
  if (ip === undefined) return verdict('unknown', wordRule(address))
  const [blocked] = context.lookups.around('blocked_destinations', 'destination', ip)
  if (blocked !== undefined) return verdict('external', 'blocked', { entry: blocked })
  const [entry] = context.lookups.around('owned_networks', 'cidr', ip)
  if (entry !== undefined) return listed(context, entry)
  if (isPrivate(ip)) return verdict('internal', 'private-address')
  const [byNumber] = asn === undefined ? [] : context.lookups.named('owned_networks', 'asn', String(asn))
  if (byNumber !== undefined) return listed(context, byNumber)
  const [cloud] = context.lookups.around('provider_networks', 'cidr', ip)
  if (cloud !== undefined)
    return verdict('external', 'cloud-unowned', {
      entry: cloud,
      caveats: caveats(context, ['owned_networks']),
    })
  return unlisted(context, 'owned_networks', 'public-address')
}

/** Is the VPC endpoint, through which a call came, one of ours? Its owner decides if no entry does. */
export function endpointVerdict(context: Context, id: string | undefined, account?: string): Verdict {
  if (id === undefined || id === '') return verdict('unknown', 'no-value')
  const [entry] = context.lookups.named('vpc_endpoints', 'id', id)
  if (entry !== undefined) return listed(context, entry)
  if (account !== undefined) return accountVerdict(context, account)
  const nowhere = unlisted(context, 'vpc_endpoints')
  // Nothing tells whose it is: that would be said of its owner, not of the endpoint.
  return { ...nowhere, verdict: 'unknown' }
}

function wordRule(text: string): Verdict['rule'] {
  if (text === 'AWS Internal') return 'provider-console'
  if (/^[a-z0-9.-]+\.amazonaws\.com$/i.test(text)) return 'provider-service'
  return text === 'private' || text === 'gce-internal-ip' ? 'provider-internal-address' : 'not-an-address'
}
