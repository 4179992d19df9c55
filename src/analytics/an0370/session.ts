import type { Row } from '../../context/row.ts'
import type { TransferApproval } from '../../context/transfer-approval.ts'
import type { Case } from '../cases.ts'
import type { Decision } from './decide.ts'
import type { News } from './history.ts'
import type { CredentialKind, Move, MoveKind } from './move.ts'
import { Pace } from './pace.ts'
import { Paths, type Room } from './paths.ts'

/** Values of one list of a session that are kept. */
const MOST = 50

/** What one set of credentials does from one network with one bucket, until it is silent for 24 hours. */
export interface Session {
  readonly key: string
  readonly bucket: string
  readonly identity: string
  readonly log: Move['log']
  readonly from: number
  /** The latest move, for what all of them have in common. */
  latest: Move
  readonly sensitive: Row | undefined
  readonly news: News
  listed: boolean
  denied: number
  deniedThenAllowed: boolean
  listThenGet: boolean
  /** Set when something leaves that no approval is about. */
  told: Told | undefined
  /** Set when an approval is about something: what is agreed hides nothing else, and is not lost with it. */
  agreed: Told | undefined
  /** The latest judgement, and what it was made of. */
  approval: { readonly key: string; readonly value: TransferApproval } | undefined
  /** Volumes of the bucket when something first left. */
  usual: { readonly p99: number; readonly median: number; readonly n: number } | undefined
  /** Bytes in these ten minutes. */
  readonly volume: { bin: number; bytes: number }
}

/** A session that begins with a move. */
export function newSession(
  begun: Pick<Session, 'key' | 'bucket' | 'identity' | 'latest' | 'sensitive' | 'news'>,
): Session {
  return {
    ...begun,
    log: begun.latest.log,
    from: begun.latest.event.time,
    listed: false,
    denied: 0,
    deniedThenAllowed: false,
    listThenGet: false,
    told: undefined,
    agreed: undefined,
    approval: undefined,
    usual: undefined,
    volume: { bin: 0, bytes: 0 },
  }
}

/** A part of a session, of which a finding is made. */
export interface Told {
  readonly case: Case
  /** The latest move of it. */
  latest: Move
  /** Events of which it is asked whether they are harmless. */
  readonly doubted: string[]
  readonly kinds: Map<MoveKind, number>
  readonly pace: Pace
  readonly paths: Paths
  objects: number
  bytes: number
  /** Events whose log does not say how many bytes left. */
  withoutBytes: number
  succeeded: number
  /** The worst, and all distinct ones: text -> decision. */
  decision: Decision
  readonly decisions: Map<string, Decision>
  /** Where data goes -> whose that is, in words. */
  readonly destinations: Map<string, string>
  approval: TransferApproval
  explicit: boolean
  readonly credentials: Map<string, CredentialKind>
  readonly addresses: Set<string>
  readonly agents: Set<string>
  readonly countries: Set<string>
  readonly asns: Set<string>
  readonly newDestinations: Set<string>
  readonly caveats: Set<string>
  /** What an own machine sent on, by the flow log. */
  sent?: Sent
  /** Buckets that the data may be of, whose reads nobody records. */
  unobserved?: readonly string[]
}

/** Connections of a machine to outside. */
export interface Sent {
  bytes: number
  connections: number
  /** UTC ms of the first and the latest. */
  readonly from: number
  to: number
  /** Id of the machine, or its interface and address. */
  readonly machine: string
}

export function newTold(one: {
  readonly case: Case
  readonly latest: Move
  readonly decision: Decision
  readonly approval: TransferApproval
  readonly room: Room
}): Told {
  const { room, ...rest } = one
  return {
    ...rest,
    doubted: [],
    kinds: new Map(),
    pace: new Pace(),
    paths: new Paths(room),
    objects: 0,
    bytes: 0,
    withoutBytes: 0,
    succeeded: 0,
    decisions: new Map(),
    destinations: new Map(),
    explicit: false,
    credentials: new Map(),
    addresses: new Set(),
    agents: new Set(),
    countries: new Set(),
    asns: new Set(),
    newDestinations: new Set(),
    caveats: new Set(),
  }
}

/** Adds to a list of a session, as long as there is room. */
export function note(list: Set<string>, value: string | undefined): void {
  if (value !== undefined && list.size < MOST) list.add(value)
}

/** The kind of move that says most. */
export function mainKind({ kinds }: Told): MoveKind {
  return ORDER.find(kind => kinds.has(kind)) ?? 'read'
}

const ORDER: readonly MoveKind[] = [
  ...(['replication', 'grant', 'share', 'job', 'copy', 'write', 'departure', 'read', 'list'] as const),
]
