import { BoundedMap } from '../bounded-map.ts'
import type { Flow } from '../flow.ts'
import type { Chain } from './chain.ts'
import type { Machine } from './launch.ts'

/** Chains that are watched at once; the one that has been watched longest goes first. */
const MOST = 100_000

/** By what a machine is known. */
type Where = Pick<Flow, 'provider' | 'machine' | 'interface' | 'network' | 'account' | 'from' | 'event'>

/** Finds the machine that a connection is of: by its id, its interface, or its address while it lives. */
export class Watches {
  private readonly byKey = new Map<string, Chain>()
  private readonly queue: Chain[] = []
  private head = 0
  private readonly watched: number
  private readonly over: (chain: Chain) => void
  /** Hardware addresses on Azure and when they first spoke: a new machine has a new one. */
  private readonly adapters = new BoundedMap<string, number>(MOST)
  evicted = 0

  /** @param over takes each chain when so many ms are over */
  constructor(watched: number, over: (chain: Chain) => void) {
    this.watched = watched
    this.over = over
  }

  add(chain: Chain): void {
    this.queue.push(chain)
    for (const key of keysOf(chain)) this.know(chain, key)
    if (this.queue.length - this.head <= MOST) return
    this.evicted++
    this.close()
  }

  /** Chains that were watched for long enough are over. */
  advance(time: number): void {
    for (let next = this.queue[this.head]; next !== undefined; next = this.queue[this.head]) {
      if (time - next.from <= this.watched) return
      this.close()
    }
  }

  /** No more comes. */
  finish(): void {
    while (this.head < this.queue.length) this.close()
  }

  /** The address of a machine that has ended is anybody's. */
  end(machine: string, time: number): void {
    const chain = this.byKey.get(`machine ${machine}`)
    if (chain === undefined) return
    const found = chain.launch.machines.find(({ id }) => id === machine)
    for (const key of found === undefined ? [] : machineKeys(chain, found)) this.forget(chain, key)
    if (chain.launch.machines.every(({ id }) => !this.byKey.has(`machine ${id}`))) chain.ended = time
  }

  /** A public address that a machine gets. */
  address(of: string, address: string): void {
    const chain = this.byKey.get(`machine ${of}`) ?? this.byKey.get(`interface ${of}`)
    if (chain !== undefined) this.know(chain, `public ${address}`)
  }

  /** The chain that a connection belongs to, and by what. */
  of(flow: Where): { readonly chain: Chain; readonly by: string } | undefined {
    for (const [key, by] of this.keysFor(flow)) {
      const chain = this.byKey.get(key)
      if (chain !== undefined && chain.from <= flow.event.time) return { chain, by }
    }
    return undefined
  }

  private *keysFor(flow: Where): Generator<readonly [key: string, by: string]> {
    const { machine, interface: card, account, from, provider } = flow
    if (machine !== undefined) yield [`machine ${machine}`, 'its id']
    if (card !== undefined) yield [`interface ${card}`, `its interface ${card}`]
    // What names the machine or its interface is surer than an address that is used again.
    if (machine === undefined && card === undefined)
      yield [`address ${account} ${from}`, `its address ${from}`]
    yield [`public ${from}`, `its public address ${from}`]
    if (provider === 'azure' && card !== undefined) yield* this.newAdapter(flow, card)
  }

  private *newAdapter(flow: Where, card: string): Generator<readonly [string, string]> {
    const since = this.adapters.get(card)
    if (since === undefined) this.adapters.set(card, flow.event.time)
    const chain = this.byKey.get(`network ${flow.network}`)
    if (chain === undefined || (since !== undefined && since < chain.from)) return
    chain.guessed ??= card
    if (chain.guessed === card)
      yield [`network ${flow.network}`, `a network adapter (${card}) that first spoke after the launch`]
  }

  private know(chain: Chain, key: string): void {
    this.byKey.set(key, chain)
    chain.keys.add(key)
  }

  private forget(chain: Chain, key: string): void {
    if (this.byKey.get(key) === chain) this.byKey.delete(key)
  }

  private close(): void {
    const chain = this.queue[this.head++]
    if (chain === undefined) return
    for (const key of chain.keys) this.forget(chain, key)
    if (this.head > 1000 && this.head * 2 > this.queue.length) {
      this.queue.splice(0, this.head)
      this.head = 0
    }
    this.over(chain)
  }
}

function keysOf(chain: Chain): readonly string[] {
  const { launch } = chain
  const network = launch.provider === 'azure' ? [`network ${launch.network}`] : []
  return [...launch.machines.flatMap(machine => machineKeys(chain, machine)), ...network]
}

function machineKeys({ launch }: Chain, { id, interfaces, addresses }: Machine): readonly string[] {
  const { account } = launch.event.hit.event
  return [
    `machine ${id}`,
    ...interfaces.map(card => `interface ${card}`),
    ...addresses.map(address => `address ${account} ${address}`),
  ]
}
