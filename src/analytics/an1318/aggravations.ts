import type { Context } from '../../context/context.ts'
import type { Chain, Egress } from './chain.ts'

/** Ports at which pools of miners listen. */
const POOL_PORTS: ReadonlySet<number> = new Set([3333, 4444, 5555, 7777, 14433, 14444, 45700])
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443])
/** Ports at which other resolvers are asked: what they answered nobody logs. */
const RESOLVER_PORTS: ReadonlySet<number> = new Set([53, 853])
const MUCH = 100_000_000

/**
 * What makes a whole chain critical.
 * @param resolved the names that the machine looked up are known
 */
export function aggravations(
  context: Context,
  chain: Chain,
  window: number,
  resolved: boolean,
): readonly string[] {
  const soon = chain.egress.filter(({ flow }) => flow.event.time - chain.from <= window)
  const blocked = soon.find(one => one.blocked)
  const named = soon.find(({ lookup }) => lookup !== undefined && isBlocked(context, lookup.name))
  const pool = soon.find(({ flow }) => POOL_PORTS.has(flow.port))
  const bare = resolved ? bareAddress(soon) : undefined
  return [
    ...(blocked === undefined ? [] : [`${blocked.flow.to} is a blocked destination`]),
    ...(named === undefined ? [] : [`${named.lookup?.name} is a blocked destination`]),
    ...(pool === undefined ? [] : [`port ${pool.flow.port} is one of mining pools`]),
    ...(bare === undefined
      ? []
      : [`HTTP(S) to the bare address ${bare.flow.to}: the machine looked up no name for it`]),
    ...(chain.bytes > MUCH ? ['more than 100 MB left'] : []),
    ...chain.alerts.slice(0, 3).map(({ type }) => `GuardDuty says ${type}`),
  ]
}

function isBlocked({ lookups }: Context, name: string): boolean {
  return lookups.named('blocked_destinations', 'destination', name).length > 0
}

/** A connection of the web to an address that no lookup gave; none where the machine asks a resolver of its own. */
function bareAddress(soon: readonly Egress[]): Egress | undefined {
  if (soon.some(({ flow }) => RESOLVER_PORTS.has(flow.port))) return undefined
  return soon.find(({ flow, lookup }) => lookup === undefined && WEB_PORTS.has(flow.port))
}
