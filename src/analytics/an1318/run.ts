import type { AnalyticEvent, AnalyticResult, AnalyticRun, World } from '../analytic.ts'
import type { Cases } from '../cases.ts'
import { alertOf } from './alerts.ts'
import type { Chain } from './chain.ts'
import { Clicks } from './clicks.ts'
import { Coverage } from './coverage.ts'
import { Egresses } from './egresses.ts'
import { fetcherOf, fetches } from './fetches.ts'
import { Groups } from './groups.ts'
import { judge, verdictOf } from './judge.ts'
import { awsLaunch, azureLaunch, gcpLaunch } from './launch.ts'
import { Launches } from './launches.ts'
import { Lineage } from './lineage.ts'
import { Creators, Hints } from './makers.ts'
import { orderOf } from './order.ts'
import { Sessions } from './session.ts'
import { States } from './states.ts'
import { Watches } from './watches.ts'
import type { Windows } from './windows.ts'

const FETCHES = fetches.rule.meta.id

/** Follows launches from the session to the image and on to what leaves the machine. */
export class Run implements AnalyticRun {
  private readonly world: World
  private readonly windows: Windows
  private readonly sessions = new Sessions()
  private readonly lineage = new Lineage()
  private readonly creators = new Creators()
  private readonly hints = new Hints()
  private readonly clicks = new Clicks()
  private readonly coverage: Coverage
  private readonly watches: Watches
  private readonly groups: Groups
  private readonly launches: Launches
  private readonly states: States
  private readonly egresses: Egresses
  private now: AnalyticEvent[] = []
  private end = Number.POSITIVE_INFINITY

  constructor(world: World, cases: Cases, tables: readonly string[], windows: Windows) {
    this.world = world
    this.windows = windows
    this.coverage = new Coverage(world)
    const { sessions, lineage, creators, hints, clicks, coverage } = this
    this.groups = new Groups(cases, { world, lineage, windows, tables, coverage })
    this.watches = new Watches(windows.weak, chain => this.over(chain))
    const { groups, watches } = this
    const own = { sessions, lineage, creators, hints, clicks, coverage, groups, watches }
    this.launches = new Launches(world, own)
    this.states = new States(watches, this.launches)
    this.egresses = new Egresses(world, { watches, groups, coverage })
  }

  take(event: AnalyticEvent): void {
    if (event.base === FETCHES && fetcherOf(event) === undefined) return
    if (this.now[0] !== undefined && this.now[0].time !== event.time) this.settle()
    this.now.push(event)
  }

  finish(end: number): AnalyticResult {
    this.settle()
    this.watches.advance(end)
    this.end = end
    this.watches.finish()
    this.groups.finish()
    const { findings } = this.groups
    const forgotten = this.watches.evicted + this.launches.evicted + this.lineage.evicted
    return {
      findings,
      hits: findings.reduce((sum, { count }) => sum + count, 0),
      cleared: new Map(),
      notes: forgotten === 0 ? [] : [`launches and images forgotten for want of room: ${forgotten}`],
    }
  }

  /** A second has no order: who came, then what was made and launched, then what left. */
  private settle(): void {
    const { now } = this
    this.now = []
    const [one] = now
    if (one === undefined) return
    this.watches.advance(one.time)
    const sorted = now.length === 1 ? now : now.toSorted((a, b) => orderOf(a) - orderOf(b))
    for (const event of sorted) this.step(event)
  }

  private step(event: AnalyticEvent): void {
    switch (event.base) {
      case 'an1318-clicks':
        this.clicks.take(event)
        break
      case 'an1318-sign-ins':
        this.signIn(event)
        break
      case 'an1318-images':
        this.image(event)
        break
      case 'an1318-launches':
        this.launches.take(awsLaunch(event))
        break
      case 'an1318-gcp-launches':
        this.launches.take(gcpLaunch(event))
        break
      case 'an1318-azure-launches':
        this.launches.take(azureLaunch(event))
        break
      case 'an1318-shared-snapshots':
        this.launches.sharedSnapshot(event)
        break
      case 'an1318-states':
        this.states.take(event)
        break
      case 'an1318-lookups':
        this.egresses.lookup(event)
        break
      case FETCHES:
        this.egresses.fetch(event)
        break
      case 'an1318-alerts':
        this.egresses.alert(alertOf(event))
        break
      default:
        this.egresses.flow(event)
    }
  }

  private signIn(event: AnalyticEvent): void {
    const { action, outcome } = event.hit.event
    if (action === 'DescribeImages') {
      this.sessions.read(event)
      this.hints.take(event)
    } else if (outcome !== 'denied') this.sessions.signedIn(event)
  }

  private image(event: AnalyticEvent): void {
    const { action, outcome } = event.hit.event
    if (outcome === 'denied') return
    if (action === 'CreateStack') {
      this.sessions.madeStack(event)
      return
    }
    this.lineage.take(event, instance => this.launches.imageOf(instance))
    this.creators.take(event, this.sessions.of(event))
  }

  private over(chain: Chain): void {
    const { context, approved, hideApproved } = this.world
    const { launch, image } = chain
    const verdict = verdictOf(context, launch, chain.event, {
      image,
      lineage: this.lineage.ancestors(image),
      foreignSnapshot: chain.foreignSnapshot !== undefined,
    })
    const blindness = this.coverage.blindness(launch)
    const seen = { blindness, end: this.end, windows: this.windows, resolved: this.coverage.resolves(launch) }
    const judgement = judge(context, chain, verdict, seen)
    const { workflow } = judgement
    if (workflow !== undefined) approved(workflow, chain.event.hit.evidence.event_id)
    const { level: _, ...hidden } = judgement
    this.groups.judged(workflow !== undefined && hideApproved ? hidden : judgement)
  }
}
