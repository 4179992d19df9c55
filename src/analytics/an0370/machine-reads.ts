import type { AnalyticEvent } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Flow } from '../flow.ts'
import type { Move } from './move.ts'
import { Recent } from './recent.ts'
import type { Session } from './session.ts'

const MOST_MACHINES = 2000
/** Reads of one machine and bucket whose events, and whose objects, are kept: the latest. */
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

export function readOf({ event, object, bytes }: Move): OneRead {
  return {
    time: event.time,
    id: event.hit.evidence.event_id,
    ...(object === undefined ? {} : { object }),
    ...(bytes === undefined ? {} : { bytes }),
  }
}

/** What one own machine read of one sensitive bucket within the window. */
export interface Reads {
  /** `machine i-0abc` */
  readonly machine: string
  readonly bucket: string
  /** Who reads, with which credentials. */
  readonly session: Session
  last: number
  readonly sum: Recent
  readonly events: AnalyticEvent[]
  readonly moves: OneRead[]
  /** Address -> what was sent there. */
  readonly sent: Map<string, Recent>
  readonly flows: Flow[]
}

/** Own machines that read sensitive buckets, by what their connections are known by. */
export class MachineReads {
  private readonly window: number
  /** Key of the machine -> bucket -> reads. */
  private readonly machines = new BoundedMap<string, Map<string, Reads>>(MOST_MACHINES)

  constructor(window: number) {
    this.window = window
  }

  get evicted(): number {
    return this.machines.evicted
  }

  /** What the machine read so far; `undefined` if nothing tells which machine it is. */
  add(session: Session, move: Move): Reads | undefined {
    const [machine, ...others] = machineKeys(move)
    if (machine === undefined) return undefined
    const buckets = this.machines.get(machine) ?? new Map<string, Reads>()
    for (const key of [machine, ...others]) this.machines.set(key, buckets)
    const { time } = move.event
    const known = buckets.get(session.bucket)
    const reads =
      known !== undefined && time - known.last <= this.window ? known : this.begin(machine, session)
    buckets.set(session.bucket, reads)
    reads.last = time
    reads.sum.add(time, move.bytes ?? 0)
    keep(reads.events, move.event, MOST_EVENTS)
    keep(reads.moves, readOf(move), MOST_OBJECTS)
    return reads
  }

  /** What the machine of a connection read within the window before it. */
  before({ machine, account, from, event }: Flow): readonly Reads[] {
    const buckets =
      (machine === undefined ? undefined : this.machines.get(`machine ${machine}`)) ??
      this.machines.get(`address ${account} ${from}`)
    if (buckets === undefined) return []
    return [...buckets.values()].filter(({ last }) => event.time - last <= this.window)
  }

  private begin(machine: string, session: Session): Reads {
    return {
      machine,
      bucket: session.bucket,
      session,
      last: 0,
      sum: new Recent(this.window),
      events: [],
      moves: [],
      sent: new Map(),
      flows: [],
    }
  }
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

function keep<Value>(list: Value[], value: Value, most: number): void {
  list.push(value)
  if (list.length > most) list.shift()
}
