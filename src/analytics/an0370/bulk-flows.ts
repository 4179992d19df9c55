import type { World } from '../analytic.ts'
import { type Flow, leaves } from '../flow.ts'
import type { Move } from './move.ts'
import type { Places } from './places.ts'

/** Machines and networks of which it is kept; connections of one of them. */
const MOST = 1000
const MOST_FLOWS = 20

/** Much that one machine sent to one network outside, of which nobody knows what it is. */
export interface Bulk {
  readonly machine: string
  readonly network: string
  readonly account: string
  /** The first connections after it was much. */
  readonly flows: Flow[]
  bytes: number
  connections: number
  readonly isNew: boolean
}

/** Much data that leaves own machines which read nothing that is recorded. */
export class BulkFlows {
  private readonly world: World
  /** Bytes that are much. */
  readonly least: number
  private readonly found = new Map<string, Bulk>()

  constructor(world: World, least: number) {
    this.world = world
    this.least = least
  }

  add(
    flow: Flow,
    of: {
      readonly machine: string
      readonly network: string
      readonly bytes: number
      readonly places: Places
    },
  ): void {
    const { machine, network, bytes, places } = of
    const key = `${machine} ${network}`
    const known = this.found.get(key)
    if (known !== undefined) {
      known.bytes += flow.bytes
      known.connections += 1
      if (known.flows.length < MOST_FLOWS) known.flows.push(flow)
      return
    }
    const { account } = flow
    if (account === undefined || this.found.size >= MOST || leaves(this.world, flow) === 'no') return
    const news = places.news(network, flow.event.time, bytes)
    if (news === 'usual') return
    this.found.set(key, {
      ...{ machine, network, account, bytes },
      flows: [flow],
      connections: 1,
      isNew: news === 'new',
    })
  }

  /** What goes to that address is told of. */
  explained(machine: string, network: string, to: string): void {
    const key = `${machine} ${network}`
    if (this.found.get(key)?.flows.every(flow => flow.to === to) === true) this.found.delete(key)
  }

  all(): Iterable<Bulk> {
    return this.found.values()
  }
}

/** Data that an own machine sends, as a move out of nobody knows what. */
export function bulkMove({ flows }: Bulk, bucket: string): Move | undefined {
  const [flow] = flows
  if (flow === undefined) return undefined
  return {
    kind: 'departure',
    event: flow.event,
    source: { name: bucket },
    destinations: [{ kind: 'host', name: flow.to }],
    credential: { kind: 'unknown' },
    anonymous: false,
    denied: false,
    log: 'flow',
  }
}
