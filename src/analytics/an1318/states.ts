import { type AnalyticEvent, all, first } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Launches } from './launches.ts'
import type { Watches } from './watches.ts'

const MOST_ADDRESSES = 100_000

/** Machines that are started and ended, and public addresses that they get. */
export class States {
  private readonly watches: Watches
  private readonly launches: Launches
  /** Allocation -> public address. */
  private readonly addresses = new BoundedMap<string, string>(MOST_ADDRESSES)

  constructor(watches: Watches, launches: Launches) {
    this.watches = watches
    this.launches = launches
  }

  take(event: AnalyticEvent): void {
    const { action, outcome } = event.hit.event
    if (outcome === 'denied') return
    if (action === 'AllocateAddress' || action === 'AssociateAddress') {
      this.address(event)
      return
    }
    const asked = all(event, 'requestParameters.instancesSet.items.instanceId')
    const machines = asked.length > 0 ? asked : all(event, 'responseElements.instancesSet.items.instanceId')
    for (const machine of machines) {
      if (action === 'TerminateInstances') this.watches.end(machine, event.time)
      else this.launches.started(machine, event)
    }
  }

  /** Public addresses are mostly known by the id of their allocation. */
  private address(event: AnalyticEvent): void {
    const allocated = first(event, 'responseElements.allocationId')
    const given = first(event, 'responseElements.publicIp')
    if (allocated !== undefined && given !== undefined) this.addresses.set(allocated, given)
    const of =
      first(event, 'requestParameters.instanceId') ?? first(event, 'requestParameters.networkInterfaceId')
    const address =
      first(event, 'requestParameters.publicIp') ??
      this.addresses.get(first(event, 'requestParameters.allocationId') ?? '')
    if (of !== undefined && address !== undefined) this.watches.address(of, address)
  }
}
