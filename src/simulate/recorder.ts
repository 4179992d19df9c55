import { type Call, cloudTrailRecord } from './cloudtrail/record.ts'
import { type FlowRow, flowText } from './flow-row.ts'
import type { LogLine, Target } from './line.ts'
import type { Bucket } from './organisation/types.ts'
import type { Random } from './random.ts'
import { HOUR, MINUTE, SECOND } from './span.ts'
import type { Targets } from './targets.ts'

/** Services deliver some of their events twice; a fifth of those of a laboratory were copies. */
const COPIED_SERVICE = 0.2
const COPIED = 0.01
/** S3 promises its access logs only as well as it can. */
const ACCESS_LINE_LOST = 0.01

/** Takes what happens and makes lines of it, each with the delay with which its log delivers. */
export class Recorder {
  /** In the order in which they were made. */
  readonly lines: LogLine[] = []
  /** Ids of the CloudTrail events among them. */
  readonly eventIds: string[] = []
  readonly random: Random
  private readonly targets: Targets

  constructor(random: Random, targets: Targets) {
    this.random = random
    this.targets = targets
  }

  /** Records a call in the trail of its account, or of the recipient; gives its id. */
  call(call: Call): string {
    const { id, text } = cloudTrailRecord(call, this.random)
    const target = this.targets.cloudTrail(call.recipient ?? call.session.account.id, call.region)
    const late = call.late ?? 0
    this.line(target, call.time, late + this.trailDelay(), text)
    const share = call.session.identity['type'] === 'AWSService' ? COPIED_SERVICE : COPIED
    if (this.random.chance(share)) this.line(target, call.time, late + 5 * MINUTE + this.trailDelay(), text)
    this.eventIds.push(id)
    return id
  }

  /** A row of the flow log of a network, if it has one: gives its text. */
  flow(row: FlowRow): string | undefined {
    const target = this.targets.flowLog(row.machine.network)
    if (target === undefined) return undefined
    const text = flowText(row)
    this.line(target, row.start, row.end - row.start + this.random.whole(MINUTE, 4 * MINUTE), text)
    return text
  }

  /** A line of the access log of a bucket; some come hours late, some never. */
  access(bucket: Bucket, time: number, text: string): void {
    if (this.random.chance(ACCESS_LINE_LOST)) return
    const delay = this.random.around(HOUR, 0.7)
    this.line(this.targets.accessLog(bucket), time, Math.min(delay, 24 * HOUR), text)
  }

  /** A record of another cloud. */
  other(target: Target, time: number, text: string): void {
    this.line(target, time, this.random.whole(MINUTE, 9 * MINUTE), text)
  }

  private line(target: Target, time: number, delay: number, text: string): void {
    this.lines.push({ target, time, delivered: time + delay, text })
  }

  /** CloudTrail names a file after the next five minutes: half a minute to nine minutes after its events. */
  private trailDelay(): number {
    return this.random.chance(0.02)
      ? this.random.whole(240, 300) * SECOND
      : this.random.whole(5, 200) * SECOND
  }
}
