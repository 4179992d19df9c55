import type { AnalyticEvent } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Flow } from '../flow.ts'
import type { Move } from './move.ts'
import { Recent } from './recent.ts'
import type { Session } from './session.ts'

const MOST_MACHINES = 2000
/** Callers and buckets of one machine; addresses to which it sends. */
const MOST_READS = 50
const MOST_DESTINATIONS = 1000
/** Reads of one caller and bucket whose events, and whose objects, are kept: the latest. */
const MOST_EVENTS = 20
const MOST_OBJECTS = 500

/** One object that was read. */
export interface OneRead {
  /** UTC ms */
  readonly time: number
  /** Of the event. */
  readonly id: string
  readonly object?: string
  readonly bytes?: number
}

export interface Amount {
  readonly count: number
  readonly bytes: number
}

/** What one caller on an own machine read of one sensitive bucket, without a pause as long as the window. */
export interface Reads extends Amount {
  /** `machine i-0abc` */
  readonly machine: string
  /** Who reads, with which credentials, of which bucket. */
  readonly session: Session
  /** UTC ms of the latest. */
  last: number
  count: number
  bytes: number
  /** Those of the window. */
  readonly recent: Recent
  /** The latest. */
  readonly events: AnalyticEvent[]
  readonly objects: OneRead[]
  /** Address -> how many of them were told as sent there. */
  readonly told: BoundedMap<string, Amount>
}

/** An own machine that reads sensitive buckets. */
export interface Machine {
  /** Key of the session -> what it read. */
  readonly reads: BoundedMap<string, Reads>
  /** Address -> what it sent there that is not told. */
  readonly sent: BoundedMap<string, Recent>
  /** The latest connections that are not told. */
  readonly flows: Flow[]
}

/** Own machines that read sensitive buckets, by what their connections are known by. */
export class MachineReads {
  private readonly window: number
  private readonly machines = new BoundedMap<string, Machine>(MOST_MACHINES)

  constructor(window: number) {
    this.window = window
  }

  get evicted(): number {
    return this.machines.evicted
  }

  /** Is anything known by which to tell the machine? */
  add(session: Session, move: Move): boolean {
    const [name, ...others] = machineKeys(move)
    if (name === undefined) return false
    const machine = this.machines.get(name) ?? newMachine()
    for (const key of [name, ...others]) this.machines.set(key, machine)
    const { time } = move.event
    const known = machine.reads.get(session.key)
    const reads = known !== undefined && time - known.last <= this.window ? known : this.begin(name, session)
    machine.reads.set(session.key, reads)
    addRead(reads, move)
    return true
  }

  /** The machine of a connection, if it is one that reads. */
  get({ machine, account, from }: Flow): Machine | undefined {
    const byId = machine === undefined ? undefined : this.machines.get(`machine ${machine}`)
    return byId ?? this.machines.get(`address ${account} ${from}`)
  }

  private begin(machine: string, session: Session): Reads {
    return {
      machine,
      session,
      last: 0,
      count: 0,
      bytes: 0,
      recent: new Recent(this.window),
      events: [],
      objects: [],
      told: new BoundedMap(MOST_DESTINATIONS),
    }
  }
}

/** Reads of the window that are not told yet as sent to an address: how many, and the latest of them. From now on they are. */
export function takeReads(
  reads: Reads,
  to: string,
): Amount & { readonly events: readonly AnalyticEvent[]; readonly objects: readonly OneRead[] } {
  const { count, bytes, recent, told, events, objects } = reads
  const before = told.get(to) ?? { count: 0, bytes: 0 }
  told.set(to, { count, bytes })
  const fresh = Math.min(count - before.count, recent.count)
  return {
    count: fresh,
    bytes: Math.min(bytes - before.bytes, recent.bytes),
    events: latest(events, fresh),
    objects: latest(objects, fresh),
  }
}

export function keep<Value>(list: Value[], value: Value, most: number): void {
  list.push(value)
  if (list.length > most) list.shift()
}

function newMachine(): Machine {
  return { reads: new BoundedMap(MOST_READS), sent: new BoundedMap(MOST_DESTINATIONS), flows: [] }
}

function addRead(reads: Reads, { event, object, bytes }: Move): void {
  const { time, hit } = event
  reads.last = time
  reads.count += 1
  reads.bytes += bytes ?? 0
  reads.recent.add(time, bytes ?? 0)
  keep(reads.events, event, MOST_EVENTS)
  const one = {
    time,
    id: hit.evidence.event_id,
    ...(object === undefined ? {} : { object }),
    ...(bytes === undefined ? {} : { bytes }),
  }
  keep(reads.objects, one, MOST_OBJECTS)
}

/** The last so many of a list. */
export function latest<Value>(list: readonly Value[], count: number): readonly Value[] {
  return list.slice(Math.max(0, list.length - count))
}

/** The machine whose role calls, and the private address from which it does. */
function machineKeys({ event }: Move): readonly string[] {
  const { actor, address, account } = event.hit.event
  const machine = /^i-[0-9a-f]{8,17}$/.test(actor.session ?? '') ? [`machine ${actor.session}`] : []
  const owner = actor.account ?? account
  const own = address === undefined || !PRIVATE.test(address) ? [] : [`address ${owner} ${address}`]
  return [...machine, ...own]
}

const PRIVATE =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/i
