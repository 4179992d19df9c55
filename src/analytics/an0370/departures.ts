import type { World } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Cases } from '../cases.ts'
import { type Flow, leaves } from '../flow.ts'
import { approvalOf, worse } from './approval.ts'
import type { BulkFlows } from './bulk-flows.ts'
import { decide } from './decide.ts'
import { departure, keyOf, mostLikely, sendAll, takeIn } from './departure.ts'
import { gatherDecision } from './gather.ts'
import { BLOCKED, type Judging } from './judging.ts'
import { type Amount, keep, latest, type Machine, MachineReads, type Reads } from './machine-reads.ts'
import type { Move } from './move.ts'
import { fromOf } from './network.ts'
import type { OpenSessions } from './open-sessions.ts'
import { Places } from './places.ts'
import { Recent } from './recent.ts'
import { newSession, note, type Session, type Told } from './session.ts'

/** Less says nothing: programs ask for updates, and tell how they are. */
const LEAST_SENT = 1_000_000
/** Part of what was read that has to leave again; packed data is smaller. */
const LEAST_SHARE = 0.25
const MOST_FLOWS = 60
const MOST_TOLD = 10_000

interface Desk {
  readonly world: World
  readonly cases: Cases
  readonly judging: Judging
  readonly sessions: OpenSessions
  readonly bulk: BulkFlows
  /** ms after a read within which what the machine sends is its consequence. */
  readonly window: number
}

/** Connections of one machine to one address: the latest of them, and what they come to. */
interface Sending {
  readonly reads: Reads
  readonly flows: readonly Flow[]
  readonly amount: Amount
}

/** What a connection came to. */
type Outcome = 'nothing' | 'told' | 'approved'

/**
 * Own machines that read sensitive buckets and then send data to outside, which only flow logs show. What goes to one address
 * is one transfer, whatever else the machine sends at the time: an approval of it neither hides another, nor is lost with it.
 */
export class Departures {
  private readonly desk: Desk
  private readonly machines: MachineReads
  private readonly places: Places
  /** Machine and network -> what was told as sent there. */
  private readonly told = new BoundedMap<string, Recent>(MOST_TOLD)
  /** Reads by own machines that could have left again. */
  watched = 0

  constructor(desk: Desk) {
    this.desk = desk
    this.machines = new MachineReads(desk.window)
    this.places = new Places(desk.window)
  }

  get evicted(): number {
    return this.machines.evicted
  }

  /** An own machine reads an object of a sensitive bucket. */
  read(session: Session, move: Move): void {
    if (this.machines.add(session, move)) this.watched += 1
  }

  flow(flow: Flow): void {
    if (SERVICES.has(flow.service ?? '')) return
    const { world, bulk } = this.desk
    const { network } = fromOf(world.geo, flow.to)
    // Before it is added: what is usual is what was there before.
    const outcome = this.send(flow, network)
    const machine = senderOf(flow)
    const { time } = flow.event
    // What is agreed makes nothing usual: somebody else may have the next address.
    const bytes = this.places.add(machine, network, time, outcome === 'approved' ? 0 : flow.bytes)
    if (outcome !== 'nothing') return
    const told = this.told.get(`${machine} ${network}`)
    told?.forget(time)
    const untold = bytes - (told?.bytes ?? 0)
    if (untold >= bulk.least) bulk.add(flow, { machine, bytes: untold, places: this.places, network })
  }

  /** What is told as a transfer is not told once more as much that nobody can explain. */
  private explain(network: string, flow: Flow, bytes: number): void {
    const key = `${senderOf(flow)} ${network}`
    const told = this.told.get(key) ?? new Recent(2 * this.desk.window)
    this.told.set(key, told)
    told.add(flow.event.time, bytes)
  }

  private send(flow: Flow, network: string): Outcome {
    const machine = this.machines.get(flow)
    const whither = machine === undefined ? 'no' : leaves(this.desk.world, flow)
    if (machine === undefined || whither === 'no') return 'nothing'
    const reads = mostLikely(machine, flow, this.desk)
    if (reads === undefined) return 'nothing'
    const session = this.desk.sessions.get(keyOf(reads, flow))
    if (session?.told !== undefined) {
      const amount = { count: 1, bytes: flow.bytes }
      return this.put(session, session.told, { reads, flows: [flow], amount })
    }
    const sum = machine.sent.get(flow.to) ?? new Recent(this.desk.window)
    machine.sent.set(flow.to, sum)
    sum.add(flow.event.time, flow.bytes)
    keep(machine.flows, flow, MOST_FLOWS)
    const much = whither === 'blocked' || this.isMuch(reads, sum, flow, network)
    return much ? this.open(machine, sum, { reads, flow, network }) : 'nothing'
  }

  /** As much as was read, and not what is sent there always. */
  private isMuch({ recent }: Reads, { bytes }: Recent, { event }: Flow, network: string): boolean {
    if (bytes < LEAST_SENT || bytes < LEAST_SHARE * recent.bytes) return false
    return this.places.news(network, event.time, bytes) !== 'usual'
  }

  private open(
    machine: Machine,
    sum: Recent,
    { reads, flow, network }: { readonly reads: Reads; readonly flow: Flow; readonly network: string },
  ): Outcome {
    const { world, judging, sessions } = this.desk
    const of = reads.session
    const move = departure(of.latest, flow)
    const decision = decide(world.context, move)
    const key = keyOf(reads, flow)
    const session = sessions.touch(key, () => newSession({ ...of, key, latest: move }))
    session.listThenGet = of.listThenGet
    session.deniedThenAllowed = of.deniedThenAllowed
    const approval = approvalOf(world.context, move, sum.bytes)
    const told = judging.open(session, 'told', { move, decision, approval })
    const { id, kind } = of.latest.credential
    told.credentials.set(id ?? `-${kind}`, kind)
    const news = this.places.news(network, flow.event.time, reads.recent.bytes)
    if (news === 'new') note(told.newDestinations, decision.destination)
    machine.sent.delete(flow.to)
    const flows = latest(
      machine.flows.filter(({ to }) => to === flow.to),
      sum.count,
    )
    return this.put(session, told, { reads, flows, amount: sum })
  }

  /** More connections of the machine to that address. */
  private put(session: Session, told: Told, { reads, flows, amount }: Sending): Outcome {
    const { world, cases, sessions } = this.desk
    const flow = flows.at(-1)
    if (flow === undefined) return 'nothing'
    const move = departure(session.latest, flow)
    const decision = decide(world.context, move)
    session.latest = move
    told.latest = move
    sessions.touch(session.key, () => session)
    takeIn(this.desk, told, { reads, to: flow.to })
    for (const { event } of flows) cases.add(told.case, event)
    sendAll(told, flows, amount)
    gatherDecision(told, move, decision)
    const { country, network } = fromOf(world.geo, flow.to)
    note(told.countries, country)
    this.desk.bulk.explained(senderOf(flow), network, flow.to)
    const blocked = decision.rule === 'blocked'
    const approval = blocked ? BLOCKED : approvalOf(world.context, move, told.sent?.bytes)
    told.approval = worse(told.approval, approval)
    if (approval.entry === undefined || approval.verdict !== 'approved') {
      this.explain(network, flow, amount.bytes)
      return 'told'
    }
    for (const { event } of flows) world.approved(approval.entry, event.hit.evidence.event_id)
    return 'approved'
  }
}

function senderOf({ machine, interface: card, account, from }: Flow): string {
  return machine ?? card ?? `${account} ${from}`
}

/** What an address of these holds is the provider's: which bucket is behind it flow logs do not tell. */
const SERVICES: ReadonlySet<string> = new Set(['S3', 'DYNAMODB', 'AMAZON', 'ROUTE53'])
