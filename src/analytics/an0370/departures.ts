import type { World } from '../analytic.ts'
import type { Cases } from '../cases.ts'
import { type Flow, leaves } from '../flow.ts'
import { approvalOf, worse } from './approval.ts'
import type { BulkFlows } from './bulk-flows.ts'
import { decide } from './decide.ts'
import { gatherDecision, gatherObject } from './gather.ts'
import { BLOCKED, type Judging } from './judging.ts'
import { MachineReads, type Reads, readOf } from './machine-reads.ts'
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
const MOST_DESTINATIONS = 1000
const MOST_FLOWS = 20

interface Desk {
  readonly world: World
  readonly cases: Cases
  readonly judging: Judging
  readonly sessions: OpenSessions
  readonly bulk: BulkFlows
  /** Event id -> why it is harmless. */
  readonly cleared: Map<string, string>
  /** ms after a read within which what the machine sends is its consequence. */
  readonly window: number
}

/** Own machines that read sensitive buckets and then send data to outside, which only flow logs show. */
export class Departures {
  private readonly desk: Desk
  private readonly machines: MachineReads
  private readonly places: Places
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
    const reads = this.machines.add(session, move)
    if (reads === undefined) return
    this.watched += 1
    const told = this.desk.sessions.get(keyOf(reads))?.told
    if (told === undefined) return
    gatherObject(told, readOf(move))
    this.desk.cases.add(told.case, move.event)
    this.desk.cleared.delete(move.event.hit.evidence.event_id)
  }

  flow(flow: Flow): void {
    const { world, bulk } = this.desk
    if (SERVICES.has(flow.service ?? '')) return
    const found = this.machines.before(flow)
    const machine = flow.machine ?? flow.interface ?? `${flow.account} ${flow.from}`
    const { network } = fromOf(world.geo, flow.to)
    // Before it is added: what is usual is what was there before.
    const most = mostRead(found, flow.event.time)
    if (most !== undefined && leaves(world, flow) !== 'no') this.sent(most, flow, network)
    const bytes = this.places.add(machine, network, flow.event.time, flow.bytes)
    if (found.length === 0 && bytes >= bulk.least)
      bulk.add(flow, { machine, bytes, places: this.places, network })
  }

  private sent(reads: Reads, flow: Flow, network: string): void {
    const { time } = flow.event
    const sum = reads.sent.get(flow.to) ?? new Recent(this.desk.window)
    if (reads.sent.size < MOST_DESTINATIONS) reads.sent.set(flow.to, sum)
    sum.add(time, flow.bytes)
    reads.sum.forget(time)
    const session = this.desk.sessions.get(keyOf(reads))
    if (session?.told !== undefined) {
      this.put(session, session.told, flow)
      return
    }
    reads.flows.push(flow)
    if (reads.flows.length > MOST_FLOWS) reads.flows.shift()
    if (this.isMuch(reads, flow, sum, network)) this.open(reads, flow, network)
  }

  /** As much as was read, or to a place that is blocked; and not what is sent there always. */
  private isMuch(reads: Reads, flow: Flow, { bytes }: Recent, network: string): boolean {
    if (leaves(this.desk.world, flow) === 'blocked') return true
    if (bytes < LEAST_SENT || bytes < LEAST_SHARE * reads.sum.bytes) return false
    return this.places.news(network, flow.event.time, bytes) !== 'usual'
  }

  private open(reads: Reads, flow: Flow, network: string): void {
    const { world, cases, judging, sessions, cleared } = this.desk
    const { session: of, sum, events, moves, flows } = reads
    const move = departure(of.latest, flow)
    const decision = decide(world.context, move)
    const key = keyOf(reads)
    const session = sessions.touch(key, () => newSession({ ...of, key, latest: move }))
    session.listThenGet = of.listThenGet
    session.deniedThenAllowed = of.deniedThenAllowed
    const told = judging.open(session, move, decision, approvalOf(world.context, move, flow.bytes))
    for (const one of moves) {
      gatherObject(told, one)
      cleared.delete(one.id)
    }
    told.paths.beyond += sum.count - moves.length
    told.objects = sum.count
    told.bytes = sum.bytes
    told.kinds.set('read', sum.count)
    for (const event of events) {
      cases.add(told.case, event)
      note(told.addresses, event.hit.event.address)
      note(told.agents, event.hit.event.userAgent)
    }
    told.credentials.set(
      of.latest.credential.id ?? `-${of.latest.credential.kind}`,
      of.latest.credential.kind,
    )
    const news = this.places.news(network, flow.event.time, sum.bytes)
    if (news === 'new') note(told.newDestinations, decision.destination)
    for (const one of flows) this.put(session, told, one)
  }

  /** One more connection of the machine. */
  private put(session: Session, told: Told, flow: Flow): void {
    const { world, cases, sessions } = this.desk
    const move = departure(session.latest, flow)
    const decision = decide(world.context, move)
    session.latest = move
    sessions.touch(session.key, () => session)
    cases.add(told.case, flow.event)
    send(told, flow)
    gatherDecision(told, move, decision)
    note(told.countries, fromOf(world.geo, flow.to).country)
    const blocked = decision.rule === 'blocked'
    const approval = blocked ? BLOCKED : approvalOf(world.context, move, told.sent?.bytes)
    told.approval = worse(told.approval, approval)
    if (approval.entry !== undefined && approval.verdict === 'approved')
      world.approved(approval.entry, flow.event.hit.evidence.event_id)
  }
}

/** What an address of these holds is the provider's: which bucket is behind it flow logs do not tell. */
const SERVICES: ReadonlySet<string> = new Set(['S3', 'DYNAMODB', 'AMAZON', 'ROUTE53'])

/** Of several buckets that a machine read, what left is most likely of the one that it read most of. */
function mostRead(found: readonly Reads[], now: number): Reads | undefined {
  for (const { sum } of found) sum.forget(now)
  return found.reduce<Reads | undefined>(
    (most, reads) => (most === undefined || reads.sum.bytes > most.sum.bytes ? reads : most),
    undefined,
  )
}

function keyOf({ session, machine, bucket }: Reads): string {
  const [caller = ''] = JSON.parse(session.key) as readonly string[]
  return JSON.stringify([caller, machine, bucket, 'flow'])
}

/** Counts a connection as one by which data left. */
export function send(told: Told, flow: Flow): void {
  const { time } = flow.event
  told.sent ??= { bytes: 0, connections: 0, from: time, to: time, machine: machineOf(flow) }
  told.sent.bytes += flow.bytes
  told.sent.connections += 1
  told.sent.to = time
  told.kinds.set('departure', told.sent.connections)
  told.succeeded += 1
}

function machineOf({ machine, interface: card, from }: Flow): string {
  return machine ?? (card === undefined ? from : `${card} (${from})`)
}

/** The reader, who now sends to where a connection goes. */
function departure(read: Move, { to, event }: Flow): Move {
  return {
    ...read,
    kind: 'departure',
    log: 'flow',
    destinations: [{ kind: 'host', name: to }],
    event: { ...read.event, time: event.time },
  }
}
