import type { Draw } from './caller.ts'
import { controlEvent } from './control-event.ts'
import { objectEvent } from './object-event.ts'
import { at, Random } from './random.ts'
import { drawBucket, REGIONS, type World } from './world.ts'

/** One file to write: where, and which of all events go into it. */
export interface FilePlan {
  readonly path: string
  readonly number: number
  readonly firstEvent: number
  readonly events: number
  readonly account: number
  readonly region: string
  /** The end of the time that it is about: UTC, ms since 1970. */
  readonly stamp: number
}

const START = Date.UTC(2026, 2, 1)
const DAY = 86_400_000
const EVENTS_PER_DAY = 250_000
const SLOT = 300_000
/** Bytes; none that is drawn comes near. */
const LONGEST_EVENT = 5000
const SHARE_OF_OBJECT_EVENTS = 0.7
/** Of the records in every second file: sent a second time, from the file before. */
const SHARE_OF_COPIES = 0.02

/** Cuts the events into files of 5,000 to 10,000; neighbours in pairs are of one account and region. */
export function planFiles(world: World, events: number, seed: number): readonly FilePlan[] {
  const random = new Random(seed, 1)
  const plans: FilePlan[] = []
  let account = 0
  let region = ''
  for (let firstEvent = 0; firstEvent < events; ) {
    if (plans.length % 2 === 0) {
      account = world.drawAccount(random)
      region = at(REGIONS, Math.min(drawBucket(random), random.below(REGIONS.length)))
    }
    const size = nextSize(events - firstEvent, random)
    const end = START + ((firstEvent + size) / EVENTS_PER_DAY) * DAY
    const stamp = Math.ceil(end / SLOT) * SLOT
    const path = pathOf(at(world.accounts, account).id, region, stamp, random)
    plans.push({ path, number: plans.length, firstEvent, events: size, account, region, stamp })
    firstEvent += size
  }
  return plans
}

/** The unpacked bytes of a file, compact and on one line as AWS writes it. */
export function fileBytes(world: World, seed: number, plans: readonly FilePlan[], plan: FilePlan): Buffer {
  const before = plan.number % 2 === 1 ? at(plans, plan.number - 1) : undefined
  const bytes = Buffer.allocUnsafe(16 + plan.events * LONGEST_EVENT)
  let length = bytes.write('{"Records":[')
  for (let event = plan.firstEvent; event < plan.firstEvent + plan.events; event++) {
    const random = new Random(seed, 2, event)
    const copied = before !== undefined && random.chance(SHARE_OF_COPIES)
    const text = copied
      ? eventText(world, seed, before, before.firstEvent + random.below(before.events))
      : eventText(world, seed, plan, event)
    // Each text is written at once: kept, its many pieces would cost more to collect than to make.
    length += bytes.write(event === plan.firstEvent ? text : `,${text}`, length)
  }
  length += bytes.write(']}', length)
  return bytes.subarray(0, length)
}

/** An event by its number; the seed, the number and its file decide all of it. */
function eventText(world: World, seed: number, plan: FilePlan, event: number): string {
  const random = new Random(seed, 3, event)
  const draw: Draw = {
    world,
    random,
    account: at(world.accounts, plan.account),
    place: plan.account,
    region: plan.region,
    time: plan.stamp - 1000 * random.below(900),
  }
  return random.chance(SHARE_OF_OBJECT_EVENTS) ? objectEvent(draw) : controlEvent(draw)
}

function nextSize(left: number, random: Random): number {
  const size = Math.min(left, 5000 + random.below(5001))
  const rest = left - size
  if (rest === 0 || rest >= 5000) return size
  return left <= 10_000 ? left : left - 5000
}

function pathOf(account: string, region: string, stamp: number, random: Random): string {
  const text = new Date(stamp).toISOString()
  const day = text.slice(0, 10).replaceAll('-', '/')
  const minute = `${text.slice(0, 16).replace(/[-:]/g, '')}Z`
  const name = `${account}_CloudTrail_${region}_${minute}_${random.base32(16)}.json.gz`
  return `AWSLogs/${account}/CloudTrail/${region}/${day}/${name}`
}
