import {
  type AnalyticEvent,
  type AnalyticResult,
  type AnalyticRun,
  all,
  first,
  type World,
} from '../analytic.ts'
import type { Cases } from '../cases.ts'
import { BoundedMap } from './bounded-map.ts'
import { type Chain, leave } from './chain.ts'
import { Coverage } from './coverage.ts'
import { flowOf, leaves } from './flow.ts'
import { Groups } from './groups.ts'
import { inDoubt, judge, verdictOf, type Windows } from './judge.ts'
import { awsLaunch, azureLaunch, gcpLaunch, type Launch } from './launch.ts'
import { Lineage } from './lineage.ts'
import { Creators, Hints } from './makers.ts'
import { RecentLaunches } from './recent-launches.ts'
import { otherCloudSession, Sessions } from './session.ts'
import type { Telling } from './tell.ts'
import { Watches } from './watches.ts'

const MINUTE = 60_000
const MOST_MACHINES = 500_000
const MOST_LAUNCHES = 100_000

/** Follows launches from the session to the image and on to what leaves the machine. */
export class Run implements AnalyticRun {
  private readonly world: World
  private readonly windows: Windows
  private readonly sessions = new Sessions()
  private readonly lineage = new Lineage()
  private readonly coverage: Coverage
  private readonly watches: Watches
  private readonly groups: Groups
  private readonly imageOf = new BoundedMap<string, string>(MOST_MACHINES)
  /** Machines whose image was in doubt when they were launched. */
  private readonly doubtful = new BoundedMap<string, Launch>(MOST_LAUNCHES)
  /** Allocation -> public address. */
  private readonly addresses = new BoundedMap<string, string>(MOST_LAUNCHES)
  private readonly creators = new Creators()
  private readonly hints = new Hints()
  private readonly recent = new RecentLaunches()
  private now: AnalyticEvent[] = []
  private end = Number.POSITIVE_INFINITY

  constructor(world: World, cases: Cases, tables: readonly string[]) {
    this.world = world
    const usual = world.context.parameters.get('TimeWindow')?.ms ?? 30 * MINUTE
    this.windows = { usual, strong: Math.min(usual, 5 * MINUTE) }
    this.coverage = new Coverage(world)
    const telling: Telling = { world, lineage: this.lineage, windows: this.windows, tables }
    this.groups = new Groups(cases, telling)
    this.watches = new Watches(chain => this.over(chain))
  }

  take(event: AnalyticEvent): void {
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
    const forgotten =
      this.watches.evicted + this.doubtful.evicted + this.imageOf.evicted + this.lineage.evicted
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
      case 'an1318-sign-ins':
        this.signIn(event)
        break
      case 'an1318-images':
        this.image(event)
        break
      case 'an1318-launches':
        this.launch(awsLaunch(event))
        break
      case 'an1318-gcp-launches':
        this.launch(gcpLaunch(event))
        break
      case 'an1318-azure-launches':
        this.launch(azureLaunch(event))
        break
      case 'an1318-shared-snapshots':
        this.sharedSnapshot(event)
        break
      case 'an1318-states':
        this.state(event)
        break
      default:
        this.flow(event)
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
    this.lineage.take(event, instance => this.imageOf.get(instance))
    this.creators.take(event, this.sessions.of(event))
  }

  private launch(launch: Launch | undefined): void {
    if (launch?.image === undefined) return
    const { event, image, machines } = launch
    if (this.isTwice(launch)) return
    this.coverage.launched(launch)
    for (const { id } of machines) this.imageOf.set(id, image)
    const lineage = this.lineage.ancestors(image)
    const verdict = verdictOf(this.world.context, launch, event, { image, lineage, foreignSnapshot: false })
    if (!inDoubt(verdict)) {
      if (verdict.entry !== undefined && verdict.provenance === 'approved')
        this.world.approved(verdict.entry, event.hit.evidence.event_id)
      this.recent.add(launch)
      return
    }
    for (const { id } of machines) this.doubtful.set(id, launch)
    this.recent.add(launch, this.watch(launch, image, event))
  }

  /** Azure tells of the begin and of the end of an operation. */
  private isTwice({ provider, event, machines }: Launch): boolean {
    const before = machines[0] === undefined ? undefined : this.doubtful.get(machines[0].id)
    return provider === 'azure' && before !== undefined && event.time - before.event.time <= 10 * MINUTE
  }

  private watch(launch: Launch, image: string, event: AnalyticEvent): Chain {
    const { userAgent } = event.hit.event
    const own =
      launch.provider === 'aws' ? this.sessions.of(event) : otherCloudSession(userAgent, launch.application)
    const creator = own.kind === 'service' ? this.creators.of(launch) : undefined
    const hint = this.hints.of(event)
    const chain: Chain = {
      launch,
      image,
      event,
      session: creator?.session ?? own,
      from: event.time,
      started: event !== launch.event,
      egress: [],
      keys: new Set(),
      flows: 0,
      bytes: 0,
      ...(creator === undefined ? {} : { creator }),
      ...(hint === undefined ? {} : { hint }),
    }
    this.watches.add(chain)
    const made = this.lineage.makings(image).map(making => making.event)
    this.groups.open(chain, creator === undefined ? made : [...made, creator.event])
    return chain
  }

  private sharedSnapshot(event: AnalyticEvent): void {
    const { account, region } = event.hit.event
    const recipient = first(event, 'recipientAccountId') ?? account
    // Where another account is named, somebody else used a snapshot of ours.
    const actor = first(event, 'userIdentity.accountId')
    if (actor !== undefined && actor !== recipient) return
    const snapshot = first(event, 'serviceEventDetails.snapshotId') ?? 'a snapshot'
    const chain = this.recent.of(`${recipient} ${region}`, event.time)
    if (chain === undefined) return
    chain.foreignSnapshot = { event, snapshot }
    this.groups.add(chain, event)
  }

  private state(event: AnalyticEvent): void {
    const { action, outcome } = event.hit.event
    if (outcome === 'denied') return
    if (action === 'AllocateAddress' || action === 'AssociateAddress') {
      this.address(event)
      return
    }
    const asked = all(event, 'requestParameters.instancesSet.items.instanceId')
    const machines = asked.length > 0 ? asked : all(event, 'responseElements.instancesSet.items.instanceId')
    for (const machine of machines) {
      if (action === 'TerminateInstances') this.watches.end(machine, event.time)
      else this.start(machine, event)
    }
  }

  /** Public addresses are mostly known by the id of their allocation. */
  private address(event: AnalyticEvent): void {
    const allocated = first(event, 'responseElements.allocationId')
    const given = first(event, 'responseElements.publicIp')
    if (allocated !== undefined && given !== undefined) this.addresses.set(allocated, given)
    const of =
      first(event, 'requestParameters.instanceId') ?? first(event, 'requestParameters.networkInterfaceId')
    const address =
      first(event, 'requestParameters.publicIp') ??
      this.addresses.get(first(event, 'requestParameters.allocationId') ?? '')
    if (of !== undefined && address !== undefined) this.watches.address(of, address)
  }

  /** A start opens the window again, if the image is still in doubt then. */
  private start(machine: string, event: AnalyticEvent): void {
    const launch = this.doubtful.get(machine)
    if (launch?.image === undefined) return
    const { image } = launch
    const lineage = this.lineage.ancestors(image)
    const verdict = verdictOf(this.world.context, launch, event, { image, lineage, foreignSnapshot: false })
    if (inDoubt(verdict)) this.watch(launch, image, event)
  }

  private flow(event: AnalyticEvent): void {
    const flow = flowOf(event)
    if (flow === undefined) return
    this.coverage.flowed(flow)
    const found = this.watches.of(flow)
    if (found === undefined) return
    const left = leaves(this.world, flow)
    if (left === 'no') return
    const { chain, by } = found
    const kept = chain.egress.length
    leave(chain, { flow, by, blocked: left === 'blocked' })
    if (chain.egress.length > kept) this.groups.add(chain, event)
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
    const judgement = judge(context, chain, verdict, { blindness, end: this.end, windows: this.windows })
    const { workflow } = judgement
    if (workflow !== undefined) approved(workflow, chain.event.hit.evidence.event_id)
    const { level: _, ...hidden } = judgement
    this.groups.judged(workflow !== undefined && hideApproved ? hidden : judgement)
  }
}

const ORDER: readonly string[] = [
  ...['an1318-sign-ins', 'an1318-images', 'an1318-launches', 'an1318-gcp-launches', 'an1318-azure-launches'],
  ...['an1318-shared-snapshots', 'an1318-states', 'an1318-flows'],
]

function orderOf({ base }: AnalyticEvent): number {
  const place = ORDER.indexOf(base)
  return place < 0 ? ORDER.length : place
}
