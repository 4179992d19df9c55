import { bucketVerdict, sensitivity } from '../../context/bucket-verdict.ts'
import { namesOf } from '../../context/identity-class.ts'
import type { TransferApproval } from '../../context/transfer-approval.ts'
import { counted } from '../../core/quantity.ts'
import type { AnalyticEvent, AnalyticResult, AnalyticRun, World } from '../analytic.ts'
import { Cases } from '../cases.ts'
import { approvalOf, worse } from './approval.ts'
import { Coverage } from './coverage.ts'
import { type Decision, decide, decisionText, shortAgent } from './decide.ts'
import { History, type News, type Seen } from './history.ts'
import { meta } from './meta.ts'
import type { Move } from './move.ts'
import { type From, fromOf } from './network.ts'
import type { Room } from './paths.ts'
import { readings } from './readings.ts'
import type { Known } from './reads.ts'
import { Reports } from './reports.ts'
import { newTold, note, type Session, type Told } from './session.ts'
import { type Settings, settingsOf } from './settings.ts'

const DAY = 86_400_000
/** Sessions that are open at once; keys that all of them together may hold. */
const MOST_SESSIONS = 20_000
const MOST_KEYS = 1_000_000
const MINUTE = 60_000

const READINGS = new Map(readings.map(reading => [reading.base.rule.meta.id, reading]))

/** Sorts events into sessions, decides on each where data goes, and reports what left, or may have. */
export class Run implements AnalyticRun {
  private readonly world: World
  private readonly settings: Settings
  private readonly known: Known
  private readonly cases = new Cases(meta)
  private readonly history = new History()
  private readonly coverage: Coverage
  private readonly reports: Reports
  private readonly cleared = new Map<string, string>()
  private readonly sessions = new Map<string, Session>()
  private readonly room: Room = { left: MOST_KEYS }
  private overlooked = 0
  private evicted = 0

  constructor(world: World) {
    const { context } = world
    this.world = world
    this.settings = settingsOf(context)
    this.known = { context, locations: new Map() }
    this.coverage = new Coverage(world)
    const { settings, cases, cleared, coverage } = this
    this.reports = new Reports({ world, settings, cases, cleared, coverage })
  }

  take(event: AnalyticEvent): void {
    this.closeSilent(event.time)
    const move = READINGS.get(event.base)?.read(event, this.known)
    if (move === undefined) return
    this.coverage.add(move)
    const { source } = move
    const { context } = this.world
    const sensitive = source === undefined ? undefined : sensitivity(context, source)
    const foreign = source !== undefined && bucketVerdict(context, source).verdict === 'external'
    // Somebody else's data, such as a public data set.
    if (foreign && sensitive === undefined) return
    const { actor, address } = event.hit.event
    if (!move.anonymous && !this.settings.looksAt(namesOf(actor))) {
      this.overlooked += 1
      return
    }
    const from = fromOf(this.world.geo, address)
    const decision = decide(context, move, from.asn)
    if (move.destinations.length > 0 && move.log === 'audit')
      this.coverage.addDecision(decision.verdict !== 'unknown')
    const seen = seenOf(move, from, decision)
    const session = this.sessionOf(move, { from, seen, sensitive })
    this.put(session, { move, decision, from, seen })
    this.history.add(seen)
  }

  finish(_end: number): AnalyticResult {
    for (const session of this.sessions.values()) this.reports.close(session)
    this.sessions.clear()
    const { notes, ...found } = this.reports.finish()
    return {
      ...found,
      cleared: this.cleared,
      notes: [
        ...notes,
        ...this.coverage.notes(),
        ...(this.overlooked === 0
          ? []
          : [`${counted(this.overlooked, 'event')} of identities that IAMRoleContext leaves out`]),
        ...(this.evicted === 0 ? [] : [`${counted(this.evicted, 'session')} closed early for want of room`]),
        ...(this.history.forgotten === 0
          ? []
          : [`${counted(this.history.forgotten, 'bucket or identity', 'buckets or identities')} forgotten`]),
      ],
    }
  }

  private put(session: Session, of: Put): void {
    const { move, decision, seen } = of
    session.latest = move
    follow(session, move)
    const bytes = session.told === undefined ? move.bytes : session.told.bytes + (move.bytes ?? 0)
    const blocked = decision.rule === 'blocked'
    const approval = blocked ? BLOCKED : this.approvalOf(session, move, bytes)
    const id = move.event.hit.evidence.event_id
    if (decision.verdict === 'internal' && !isAbout(approval)) {
      if (this.world.doubted(id)) this.cleared.set(id, `${decision.destination}: ${decisionText(decision)}`)
      return
    }
    const told = session.told ?? this.open(session, { decision, approval, move })
    session.told = told
    this.cases.add(told.case, move.event)
    if (approval.entry !== undefined && approval.verdict === 'approved')
      this.world.approved(approval.entry, id)
    if (this.world.doubted(id)) session.doubted.push(id)
    told.approval = worse(told.approval, approval)
    add(told, of)
    if (move.destinations.length === 0 || told.newDestinations.has(decision.destination)) return
    const { axes } = this.history.news({ ...seen, on: { destination: decision.destination } })
    if (axes.length > 0) note(told.newDestinations, decision.destination)
  }

  private open(
    session: Session,
    { decision, approval, move }: Pick<Put, 'decision' | 'move'> & { readonly approval: TransferApproval },
  ): Told {
    session.usual = this.history.usual(session.bucket)
    return newTold({ case: this.cases.open(move.event.time), decision, approval, room: this.room })
  }

  /** Schedules and validity are looked at again each minute, and for each destination. */
  private approvalOf(session: Session, move: Move, bytes: number | undefined): TransferApproval {
    const { event, destinations } = move
    const places = destinations.length === 0 ? event.hit.event.address : JSON.stringify(destinations)
    const key = `${Math.floor(event.time / MINUTE)} ${event.hit.event.userAgent} ${places}`
    if (session.approval?.key === key) return session.approval.value
    const value = approvalOf(this.world.context, move, bytes)
    session.approval = { key, value }
    return value
  }

  private sessionOf(
    move: Move,
    { from, seen, sensitive }: Pick<Put, 'from' | 'seen'> & Pick<Session, 'sensitive'>,
  ): Session {
    const key = keyOf(move, from, seen.bucket)
    const known = this.sessions.get(key)
    // Those that were silent for the longest time come first.
    this.sessions.delete(key)
    const session: Session = known ?? {
      key,
      bucket: seen.bucket,
      identity: seen.identity,
      log: move.log,
      latest: move,
      sensitive,
      news: withoutDestination(this.history.news(seen)),
      listed: false,
      denied: 0,
      deniedThenAllowed: false,
      listThenGet: false,
      told: undefined,
      doubted: [],
      approval: undefined,
      usual: undefined,
      volume: { bin: 0, bytes: 0 },
    }
    this.sessions.set(key, session)
    this.measure(session, move)
    if (this.sessions.size > MOST_SESSIONS) this.evict()
    return session
  }

  /** Volumes of ten minutes are past when the next begin. */
  private measure({ volume, bucket }: Session, { event, bytes = 0 }: Move): void {
    const bin = Math.floor(event.time / (10 * MINUTE))
    if (bin !== volume.bin) {
      if (volume.bytes > 0) this.history.addVolume(bucket, volume.bytes, event.time)
      volume.bin = bin
      volume.bytes = 0
    }
    volume.bytes += bytes
  }

  private closeSilent(now: number): void {
    for (const [key, session] of this.sessions) {
      if (now - session.latest.event.time <= DAY) return
      this.sessions.delete(key)
      this.reports.close(session)
    }
  }

  private evict(): void {
    for (const [key, session] of this.sessions) {
      this.sessions.delete(key)
      this.reports.close(session)
      this.evicted += 1
      return
    }
  }
}

const SIGNED = 'holder of a shared access signature'

interface Put {
  readonly move: Move
  readonly decision: Decision
  readonly from: From
  readonly seen: Seen
}

/** What is blocked no approval lets through. */
const BLOCKED: TransferApproval = {
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

/** Destinations are looked at one by one, as they come. */
function withoutDestination({ axes, known }: News): News {
  return { known, axes: axes.filter(({ axis }) => axis !== 'destination') }
}

function follow(session: Session, { kind, denied }: Move): void {
  if (denied) session.denied += 1
  else if (session.denied > 0) session.deniedThenAllowed = true
  if (kind === 'list' && !denied) session.listed = true
  if ((kind === 'read' || kind === 'copy') && session.listed) session.listThenGet = true
}

function add(told: Told, { move, decision, from }: Put): void {
  const { kind, event, denied, object, bytes, credential, destinations } = move
  const { address, userAgent } = event.hit.event
  told.kinds.set(kind, (told.kinds.get(kind) ?? 0) + 1)
  if (!denied) told.succeeded += 1
  if (!denied && (kind === 'read' || kind === 'copy' || kind === 'write')) {
    told.objects += 1
    told.pace.add(event.time, bytes ?? 0)
    if (object !== undefined) told.paths.add(object)
    if (bytes === undefined) told.withoutBytes += 1
    else told.bytes += bytes
  }
  const text = decisionText(decision)
  if (told.decisions.size < 50) told.decisions.set(text, decision)
  // Of two that are as bad, what the request names says more than who calls.
  const worse = RANK[decision.verdict] - RANK[told.decision.verdict]
  if (worse > 0 || (worse === 0 && destinations.length > 0 && !told.explicit)) told.decision = decision
  if (destinations.length > 0) told.explicit = true
  note(told.destinations, decision.destination)
  note(told.addresses, address)
  note(told.agents, userAgent)
  note(told.countries, from.country)
  note(told.asns, from.asn === undefined ? undefined : String(from.asn))
  for (const caveat of decision.caveats) note(told.caveats, caveat)
  if (told.credentials.size < 50)
    told.credentials.set(credential.id ?? `-${credential.kind}`, credential.kind)
}

const RANK = { internal: 0, unknown: 1, external: 2 } as const

/** Credentials, or role and session; the network; the bucket; the log. */
function keyOf({ event, anonymous, credential, log }: Move, from: From, bucket: string): string {
  const { key, role, session, principal } = event.hit.event.actor
  const by = role === undefined ? (key ?? principal ?? 'unknown') : `${role} ${session}`
  // Each object may have a signature of its own.
  const signed = credential.kind === 'signed-address' ? SIGNED : by
  const who = anonymous ? 'anonymous' : signed
  const network = from.asn === undefined ? from.network : `AS${from.asn}`
  return JSON.stringify([who, network, bucket, log])
}

function seenOf(move: Move, from: From, { destination }: Decision): Seen {
  const { event, source, thing, anonymous } = move
  const { actor, userAgent } = event.hit.event
  const named = actor.principal ?? actor.key ?? 'unknown'
  const signed = move.credential.kind === 'signed-address' ? SIGNED : named
  const identity = anonymous ? 'anonymous' : signed
  return {
    time: event.time,
    bucket: source?.name ?? thing ?? 'unknown',
    identity,
    on: {
      identity,
      network: from.network,
      ...(from.asn === undefined ? {} : { asn: String(from.asn) }),
      ...(from.country === undefined ? {} : { country: from.country }),
      ...(userAgent === undefined ? {} : { tool: shortAgent(userAgent) }),
      ...(move.destinations.length === 0 ? {} : { destination }),
      hour: String(new Date(event.time).getUTCHours()),
    },
  }
}
