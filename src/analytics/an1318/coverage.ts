import type { World } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Flow } from '../flow.ts'
import { awsFlows, azureFlows, gcpFlows } from '../flow-bases.ts'
import type { Launch, Provider } from './launch.ts'
import type { Lookup } from './lookups.ts'

const FLOWS: Readonly<Record<Provider, string>> = {
  aws: awsFlows.rule.meta.id,
  gcp: gcpFlows.rule.meta.id,
  azure: azureFlows.rule.meta.id,
}
const MOST = 200_000

/** Which networks have a flow log: those of which connections were read. */
export class Coverage {
  private readonly world: World
  private readonly networks = new BoundedMap<string, true>(MOST)
  /** Interface -> network, of all launches: the default format of AWS names no network. */
  private readonly networkOf = new BoundedMap<string, string>(MOST)
  private readonly unplaced = new BoundedMap<string, true>(MOST)

  /** Networks of which queries to the resolver were read. */
  private readonly resolving = new BoundedMap<string, true>(MOST)

  constructor(world: World) {
    this.world = world
  }

  launched({ machines, network }: Launch): void {
    if (network === undefined) return
    for (const { interfaces } of machines)
      for (const card of interfaces)
        if (this.networkOf.get(card) === undefined) this.networkOf.set(card, network)
  }

  flowed(flow: Flow): void {
    const network =
      flow.network ?? (flow.interface === undefined ? undefined : this.networkOf.get(flow.interface))
    if (network === undefined) {
      if (flow.account !== undefined && this.unplaced.get(flow.account) === undefined)
        this.unplaced.set(flow.account, true)
    } else if (this.networks.get(network) === undefined) this.networks.set(network, true)
  }

  resolved({ network }: Lookup): void {
    if (network !== undefined && this.resolving.get(network) === undefined) this.resolving.set(network, true)
  }

  /** Were the queries of the network of a launch read? */
  resolves({ network }: Launch): boolean {
    return network !== undefined && this.resolving.get(network) === true
  }

  /** Was any log of clicks read? */
  get clicks(): boolean {
    return this.world.observable('an1318-clicks')
  }

  /** Why connections of the launched machines could not be seen; nothing if they could. */
  blindness({ provider, network, event }: Launch): string | undefined {
    if (!this.world.observable(FLOWS[provider])) return 'no flow log was read'
    if (network !== undefined && this.networks.get(network) === true) return undefined
    const { account } = event.hit.event
    if (account !== undefined && this.unplaced.get(account) === true)
      return `flow logs of account ${account} were read, but nothing shows that they are of network ${network ?? 'unknown'}`
    return `no flow log of network ${network ?? 'unknown'} was read`
  }
}
