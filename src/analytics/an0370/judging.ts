import type { TransferApproval } from '../../context/transfer-approval.ts'
import type { World } from '../analytic.ts'
import type { Cases } from '../cases.ts'
import { approvalOf, worse } from './approval.ts'
import { type Decision, decisionText } from './decide.ts'
import { follow, gather } from './gather.ts'
import type { History, Seen } from './history.ts'
import type { Move } from './move.ts'
import type { From } from './network.ts'
import type { Room } from './paths.ts'
import { newTold, note, type Session, type Told } from './session.ts'

const MINUTE = 60_000
/** Keys that all sessions together may hold. */
const MOST_KEYS = 1_000_000

/** A move with what was found out of it. */
export interface Put {
  readonly move: Move
  readonly decision: Decision
  readonly from: From
  readonly seen: Seen
}

interface Opening {
  readonly move: Move
  readonly decision: Decision
  readonly approval: TransferApproval
}

interface Desk {
  readonly world: World
  readonly cases: Cases
  readonly history: History
  /** Event id -> why it is harmless. */
  readonly cleared: Map<string, string>
}

/** Puts moves into their sessions: what leaves, or an approval is about, is told of. */
export class Judging {
  private readonly desk: Desk
  readonly room: Room = { left: MOST_KEYS }

  constructor(desk: Desk) {
    this.desk = desk
  }

  put(session: Session, of: Put): void {
    const { move, decision, from } = of
    const { world, cases, cleared } = this.desk
    session.latest = move
    follow(session, move)
    const { agreed } = session
    const bytes = agreed === undefined ? move.bytes : agreed.bytes + (move.bytes ?? 0)
    const approval = decision.rule === 'blocked' ? BLOCKED : this.approvalOf(session, move, bytes)
    const id = move.event.hit.evidence.event_id
    if (decision.verdict === 'internal' && !isAbout(approval)) {
      if (world.doubted(id)) cleared.set(id, `${decision.destination}: ${decisionText(decision)}`)
      return
    }
    const part = isAbout(approval) ? 'agreed' : 'told'
    const told = session[part] ?? this.open(session, part, { move, decision, approval })
    told.latest = move
    cases.add(told.case, move.event)
    if (approval.entry !== undefined && approval.verdict === 'approved') world.approved(approval.entry, id)
    if (world.doubted(id)) told.doubted.push(id)
    told.approval = worse(told.approval, approval)
    gather(told, move, decision, from)
    if (move.destinations.length > 0) this.noteNew(told, of)
  }

  /** From now on that part of the session is told of. */
  open(session: Session, part: 'told' | 'agreed', { move, decision, approval }: Opening): Told {
    session.usual = this.desk.history.usual(session.bucket)
    const one = this.desk.cases.open(move.event.time)
    const told = newTold({ case: one, latest: move, decision, approval, room: this.room })
    session[part] = told
    return told
  }

  private noteNew({ newDestinations }: Told, { seen, decision }: Put): void {
    const { destination } = decision
    if (newDestinations.has(destination)) return
    const { axes } = this.desk.history.news({ ...seen, on: { destination } })
    if (axes.length > 0) note(newDestinations, destination)
  }

  /** Schedules and validity are looked at again each minute, and for each destination. */
  private approvalOf(session: Session, move: Move, bytes: number | undefined): TransferApproval {
    const { event, destinations } = move
    const places = destinations.length === 0 ? event.hit.event.address : JSON.stringify(destinations)
    const key = `${Math.floor(event.time / MINUTE)} ${event.hit.event.userAgent} ${places}`
    if (session.approval?.key === key) return session.approval.value
    const value = approvalOf(this.desk.world.context, move, bytes)
    session.approval = { key, value }
    return value
  }
}

/** What is blocked no approval lets through. */
export const BLOCKED: TransferApproval = {
  verdict: 'unapproved',
  rule: 'no-match',
  matched: [],
  mismatched: [],
  unknown: [],
  caveats: [],
}

/** An approval that approves, fully or not, has something to say even where nothing leaves. */
function isAbout({ verdict }: TransferApproval): boolean {
  return verdict === 'approved' || verdict === 'approved-with-deviation'
}
