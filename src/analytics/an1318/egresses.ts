import type { AnalyticEvent, World } from '../analytic.ts'
import { flowOf, leaves } from '../flow.ts'
import { type Alert, MOST_ALERTS } from './alerts.ts'
import { learn, leave } from './chain.ts'
import type { Coverage } from './coverage.ts'
import { fetcherOf, fetchOf, MOST_FETCHES } from './fetches.ts'
import type { Groups } from './groups.ts'
import { lookupOf } from './lookups.ts'
import type { Watches } from './watches.ts'

interface Around {
  readonly watches: Watches
  readonly groups: Groups
  readonly coverage: Coverage
}

/** What machines that are watched do on the network, and what is said of them. */
export class Egresses {
  private readonly world: World
  private readonly around: Around

  constructor(world: World, around: Around) {
    this.world = world
    this.around = around
  }

  flow(event: AnalyticEvent): void {
    const { watches, groups, coverage } = this.around
    const flow = flowOf(event)
    if (flow === undefined) return
    coverage.flowed(flow)
    const found = watches.of(flow)
    if (found === undefined) return
    const left = leaves(this.world, flow)
    if (left === 'no') return
    const { chain, by } = found
    const kept = chain.egress.length
    const lookup = chain.names.get(flow.to)
    leave(chain, { flow, by, blocked: left === 'blocked', ...(lookup === undefined ? {} : { lookup }) })
    if (chain.egress.length === kept) return
    groups.add(chain, event)
    if (lookup !== undefined) groups.add(chain, lookup.event)
  }

  lookup(event: AnalyticEvent): void {
    const { watches, coverage } = this.around
    const lookup = lookupOf(event)
    if (lookup === undefined) return
    coverage.resolved(lookup)
    const found = watches.of({ ...lookup, provider: 'aws' })
    if (found !== undefined) learn(found.chain, lookup)
  }

  fetch(event: AnalyticEvent): void {
    const { watches, groups } = this.around
    const machine = fetcherOf(event)
    const found =
      machine === undefined ? undefined : watches.of({ provider: 'aws', machine, from: '', event })
    if (found === undefined || found.chain.fetches.length >= MOST_FETCHES) return
    const fetch = fetchOf(this.world.context, event)
    if (fetch === undefined) return
    found.chain.fetches.push(fetch)
    groups.add(found.chain, event)
  }

  alert(alert: (Alert & { readonly machine: string }) | undefined): void {
    const { watches, groups } = this.around
    if (alert === undefined) return
    const found = watches.of({ provider: 'aws', machine: alert.machine, from: '', event: alert.event })
    if (found === undefined || found.chain.alerts.length >= MOST_ALERTS) return
    found.chain.alerts.push(alert)
    groups.add(found.chain, alert.event)
  }
}
