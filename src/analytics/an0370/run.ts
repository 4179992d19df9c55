import { namesOf } from '../../context/identity-class.ts'
import { counted } from '../../core/quantity.ts'
import type { AnalyticEvent, AnalyticResult, AnalyticRun, World } from '../analytic.ts'
import { Cases } from '../cases.ts'
import { flowOf } from '../flow.ts'
import { awsFlows } from '../flow-bases.ts'
import { BulkFlows } from './bulk-flows.ts'
import { Coverage } from './coverage.ts'
import { Departures } from './departures.ts'
import { History, type News } from './history.ts'
import { Judges } from './judges.ts'
import { Judging, type Put } from './judging.ts'
import { keyOf, seenOf } from './keys.ts'
import { meta } from './meta.ts'
import type { Move } from './move.ts'
import { OpenSessions } from './open-sessions.ts'
import { readings } from './readings.ts'
import type { Known } from './reads.ts'
import { Reports } from './reports.ts'
import { selectorChanges } from './selectors.ts'
import { newSession, type Session } from './session.ts'
import { type Settings, settingsOf } from './settings.ts'

const TEN_MINUTES = 600_000

const READINGS = new Map(readings.map(reading => [reading.base.rule.meta.id, reading]))

/** Sorts events into sessions, decides on each where data goes, and reports what left, or may have. */
export class Run implements AnalyticRun {
  private readonly settings: Settings
  private readonly known: Known
  private readonly history = new History()
  private readonly coverage: Coverage
  private readonly reports: Reports
  private readonly cleared = new Map<string, string>()
  private readonly sessions: OpenSessions
  private readonly judges: Judges
  private readonly judging: Judging
  private readonly departures: Departures
  private overlooked = 0

  constructor(world: World) {
    const { context } = world
    const cases = new Cases(meta)
    const { history, cleared } = this
    const settings = settingsOf(context)
    const bulk = new BulkFlows(world, settings.bulkBytes)
    this.settings = settings
    this.judges = new Judges(context, world.geo)
    this.known = { context, locations: new Map() }
    this.coverage = new Coverage(world)
    this.judging = new Judging({ world, cases, history, cleared })
    const { coverage, judging } = this
    this.reports = new Reports({ world, settings, cases, cleared, coverage, judging, bulk })
    this.sessions = new OpenSessions(session => this.reports.close(session))
    const { sessions } = this
    const window = settings.egressWindow
    this.departures = new Departures({ world, cases, judging, sessions, bulk, window })
  }

  take(event: AnalyticEvent): void {
    this.sessions.closeSilent(event.time)
    if (event.base === awsFlows.rule.meta.id) this.flow(event)
    else if (event.base === selectorChanges.rule.meta.id) this.coverage.selectors.take(event)
    else this.move(READINGS.get(event.base)?.read(event, this.known))
  }

  finish(_end: number): AnalyticResult {
    this.sessions.closeAll()
    const { notes, ...found } = this.reports.finish()
    const { overlooked, coverage, departures, history } = this
    return {
      ...found,
      cleared: this.cleared,
      notes: [
        ...notes,
        ...coverage.notes(),
        ...coverage.departures(departures.watched),
        ...some(overlooked, `${counted(overlooked, 'event')} of identities that IAMRoleContext leaves out`),
        ...some(
          this.sessions.evicted,
          `${counted(this.sessions.evicted, 'session')} closed early for want of room`,
        ),
        ...some(
          departures.evicted,
          `${counted(departures.evicted, 'machine')} forgotten that read sensitive buckets`,
        ),
        ...some(
          history.forgotten,
          `${counted(history.forgotten, 'bucket or identity', 'buckets or identities')} forgotten`,
        ),
      ],
    }
  }

  private flow(event: AnalyticEvent): void {
    const flow = flowOf(event)
    if (flow !== undefined) this.departures.flow(flow)
  }

  private move(move: Move | undefined): void {
    if (move === undefined) return
    this.coverage.add(move)
    const { source, event } = move
    const { sensitive, foreign = false } = source === undefined ? {} : this.judges.bucket(source)
    // Somebody else's data, such as a public data set.
    if (foreign && sensitive === undefined) return
    const { actor, address } = event.hit.event
    if (!move.anonymous && !this.settings.looksAt(namesOf(actor))) {
      this.overlooked += 1
      return
    }
    const from = this.judges.from(address)
    const decision = this.judges.decide(move, from.asn)
    if (move.destinations.length > 0 && move.log === 'audit')
      this.coverage.addDecision(decision.verdict !== 'unknown')
    const put = { move, decision, from, seen: seenOf(move, from, decision) }
    const session = this.sessionOf(put, sensitive)
    this.judging.put(session, put)
    if (isOwnRead(put) && this.settings.isSensitive(sensitive)) this.departures.read(session, move)
    this.history.add(put.seen)
  }

  private sessionOf({ move, from, seen }: Put, sensitive: Session['sensitive']): Session {
    const { bucket, identity } = seen
    const key = keyOf(move, from, bucket)
    const session = this.sessions.touch(key, () =>
      newSession({
        key,
        bucket,
        identity,
        latest: move,
        sensitive,
        news: withoutDestination(this.history.news(seen)),
      }),
    )
    this.measure(session, move)
    return session
  }

  /** Volumes of ten minutes are past when the next begin. */
  private measure({ volume, bucket }: Session, { event, bytes = 0 }: Move): void {
    const bin = Math.floor(event.time / TEN_MINUTES)
    if (bin !== volume.bin) {
      if (volume.bytes > 0) this.history.addVolume(bucket, volume.bytes, event.time)
      volume.bin = bin
      volume.bytes = 0
    }
    volume.bytes += bytes
  }
}

/** Data that goes to a program of ours may go on from there. */
function isOwnRead({ move, decision }: Put): boolean {
  return move.kind === 'read' && !move.denied && decision.verdict === 'internal'
}

/** Destinations are looked at one by one, as they come. */
function withoutDestination({ axes, known }: News): News {
  return { known, axes: axes.filter(({ axis }) => axis !== 'destination') }
}

function some(count: number, words: string): readonly string[] {
  return count === 0 ? [] : [words]
}
