import { type AnalyticEvent, first, type World } from '../analytic.ts'
import { BoundedMap } from '../bounded-map.ts'
import type { Chain } from './chain.ts'
import type { Clicks } from './clicks.ts'
import type { Coverage } from './coverage.ts'
import type { Groups } from './groups.ts'
import { inDoubt, verdictOf } from './judge.ts'
import type { Launch } from './launch.ts'
import type { Lineage } from './lineage.ts'
import type { Creators, Hints } from './makers.ts'
import { RecentLaunches } from './recent-launches.ts'
import { otherCloudSession, type Sessions } from './session.ts'
import type { Watches } from './watches.ts'

const MINUTE = 60_000
const MOST_MACHINES = 500_000
const MOST_LAUNCHES = 100_000

/** What is known of people and images when a machine is launched, and who watches it then. */
interface Around {
  readonly sessions: Sessions
  readonly lineage: Lineage
  readonly creators: Creators
  readonly hints: Hints
  readonly clicks: Clicks
  readonly coverage: Coverage
  readonly groups: Groups
  readonly watches: Watches
}

/** Machines that are launched and started; those whose image is in doubt are watched. */
export class Launches {
  private readonly world: World
  private readonly around: Around
  private readonly images = new BoundedMap<string, string>(MOST_MACHINES)
  /** Machines whose image was in doubt when they were launched. */
  private readonly doubtful = new BoundedMap<string, Launch>(MOST_LAUNCHES)
  /** Images of which a machine was launched. */
  private readonly seen = new BoundedMap<string, true>(MOST_LAUNCHES)
  private readonly recent = new RecentLaunches()

  constructor(world: World, around: Around) {
    this.world = world
    this.around = around
  }

  get evicted(): number {
    return this.images.evicted + this.doubtful.evicted
  }

  imageOf(machine: string): string | undefined {
    return this.images.get(machine)
  }

  take(launch: Launch | undefined): void {
    if (launch?.image === undefined) return
    const { event, image, machines } = launch
    if (this.isTwice(launch)) return
    const { coverage } = this.around
    coverage.launched(launch)
    const isNew = this.seen.get(image) === undefined
    this.seen.set(image, true)
    for (const { id } of machines) this.images.set(id, image)
    const verdict = this.verdictAt(event, launch, image)
    if (!inDoubt(this.world.context, verdict)) {
      if (verdict.entry !== undefined && verdict.provenance === 'approved')
        this.world.approved(verdict.entry, event.hit.evidence.event_id)
      this.recent.add(launch)
      return
    }
    for (const { id } of machines) this.doubtful.set(id, launch)
    this.recent.add(launch, this.watch(launch, image, event, isNew))
  }

  /** A start opens the window again, if the image is still in doubt then. */
  started(machine: string, event: AnalyticEvent): void {
    const launch = this.doubtful.get(machine)
    if (launch?.image === undefined) return
    const { image } = launch
    if (inDoubt(this.world.context, this.verdictAt(event, launch, image))) this.watch(launch, image, event)
  }

  /** A disk was made of a snapshot of another account: of the image of the launch just before. */
  sharedSnapshot(event: AnalyticEvent): void {
    const { account, region } = event.hit.event
    const recipient = first(event, 'recipientAccountId') ?? account
    // Where another account is named, somebody else used a snapshot of ours.
    const actor = first(event, 'userIdentity.accountId')
    if (actor !== undefined && actor !== recipient) return
    const snapshot = first(event, 'serviceEventDetails.snapshotId') ?? 'a snapshot'
    const chain = this.recent.of(`${recipient} ${region}`, event.time)
    if (chain === undefined) return
    chain.foreignSnapshot = { event, snapshot }
    this.around.groups.add(chain, event)
  }

  private verdictAt(event: AnalyticEvent, launch: Launch, image: string): ReturnType<typeof verdictOf> {
    const lineage = this.around.lineage.ancestors(image)
    return verdictOf(this.world.context, launch, event, { image, lineage, foreignSnapshot: false })
  }

  /** Azure tells of the begin and of the end of an operation. */
  private isTwice({ provider, event, machines }: Launch): boolean {
    const before = machines[0] === undefined ? undefined : this.doubtful.get(machines[0].id)
    return provider === 'azure' && before !== undefined && event.time - before.event.time <= 10 * MINUTE
  }

  private watch(launch: Launch, image: string, event: AnalyticEvent, isNew = false): Chain {
    const { sessions, creators, hints, clicks, lineage, groups, watches } = this.around
    const { userAgent } = event.hit.event
    const own =
      launch.provider === 'aws' ? sessions.of(event) : otherCloudSession(userAgent, launch.application)
    const creator = own.kind === 'service' ? creators.of(launch) : undefined
    const hint = hints.of(event)
    const click = clicks.before(creator?.event ?? event)
    const chain: Chain = {
      launch,
      image,
      isNew,
      event,
      session: creator?.session ?? own,
      from: event.time,
      started: event !== launch.event,
      egress: [],
      keys: new Set(),
      names: new Map(),
      alerts: [],
      fetches: [],
      flows: 0,
      bytes: 0,
      ...(creator === undefined ? {} : { creator }),
      ...(hint === undefined ? {} : { hint }),
      ...(click === undefined ? {} : { click }),
    }
    watches.add(chain)
    const made = lineage.makings(image).map(making => making.event)
    const before = [...made, ...(creator === undefined ? [] : [creator.event])]
    groups.open(chain, click === undefined ? before : [...before, click.event])
    return chain
  }
}
