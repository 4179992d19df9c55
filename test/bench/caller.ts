import { at, Random, seedOf } from './random.ts'
import { type Account, drawSession, drawUser, type World } from './world.ts'

/** What decides an event: the organisation, the file that it goes to, its time and its own random numbers. */
export interface Draw {
  readonly world: World
  readonly random: Random
  readonly account: Account
  /** Place of the account in the organisation. */
  readonly place: number
  readonly region: string
  /** UTC, ms since 1970. */
  readonly time: number
}

/** Who calls, from where, with what. `identity` is the JSON text of `userIdentity`. */
export interface Caller {
  readonly identity: string
  readonly address: string
  readonly agent: string
  /** An AWS service acts by itself. */
  readonly service: boolean
}

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000
const SERVICES = [
  'cloudtrail',
  'delivery.logs',
  'config',
  'lambda',
  'ec2',
  'ecs-tasks',
  'autoscaling',
  'rds',
  'glue',
  'elasticloadbalancing',
  'vpc-flow-logs',
  'backup',
  'states',
  'eks',
  'guardduty',
] as const

/** An ISO 8601 time to the second, as CloudTrail writes it. */
export function timeText(time: number): string {
  const second = time % DAY
  if (time - second !== today.time) today = dayAt(time - second)
  return `${today.text}${two(second / HOUR)}:${two((second % HOUR) / MINUTE)}:${two((second % MINUTE) / 1000)}Z`
}

// Days are few and times are many: the day's text is kept.
let today = dayAt(0)

function dayAt(time: number): { readonly time: number; readonly text: string } {
  return { time, text: new Date(time).toISOString().slice(0, 11) }
}

function two(number: number): string {
  return number < 10 ? `0${Math.floor(number)}` : String(Math.floor(number))
}

/** Whoever calls: AWS services, roles in use, users; seldom somebody of another account, and root. */
export function drawCaller(draw: Draw): Caller {
  const lot = draw.random.unit()
  if (lot < 0.3) return roleCaller(draw)
  if (lot < 0.57) return userCaller(draw)
  if (lot < 0.99) return serviceCaller(draw)
  return lot < 0.9995 ? outsideCaller(draw) : rootCaller(draw)
}

function roleCaller(draw: Draw): Caller {
  const place = drawSession(draw.random)
  const { role, roleId, name } = at(draw.account.sessions, place)
  const { id } = draw.account
  const opened = draw.time - (draw.time % HOUR)
  const key = keyId('ASIA', draw.place, place, opened / HOUR)
  return {
    identity: `{"type":"AssumedRole","principalId":"${roleId}:${name}","arn":"arn:aws:sts::${id}:assumed-role/${role}/${name}","accountId":"${id}","accessKeyId":"${key}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"${roleId}","arn":"arn:aws:iam::${id}:role/${role}","accountId":"${id}","userName":"${role}"},"attributes":{"creationDate":"${timeText(opened)}","mfaAuthenticated":"false"}}}`,
    ...whereabouts(draw, place),
  }
}

function userCaller(draw: Draw): Caller {
  const place = drawUser(draw.random)
  const { name, id: userId } = at(draw.account.users, place)
  const { id } = draw.account
  const key = keyId('AKIA', draw.place, place)
  return {
    identity: `{"type":"IAMUser","principalId":"${userId}","arn":"arn:aws:iam::${id}:user/${name}","accountId":"${id}","accessKeyId":"${key}","userName":"${name}"}`,
    ...whereabouts(draw, place + 10_000),
  }
}

function serviceCaller({ random }: Draw): Caller {
  const service = `${random.pick(SERVICES)}.amazonaws.com`
  return {
    identity: `{"type":"AWSService","invokedBy":"${service}"}`,
    address: service,
    agent: service,
    service: true,
  }
}

function outsideCaller(draw: Draw): Caller {
  const anonymous = draw.random.chance(0.2)
  const other = at(draw.world.accounts, draw.random.below(draw.world.accounts.length)).id
  const identity = anonymous
    ? '{"type":"AWSAccount","principalId":"","accountId":"anonymous"}'
    : `{"type":"AWSAccount","principalId":"AIDA${keyId('', draw.place, 99)}","accountId":"${other}"}`
  return { identity, ...whereabouts(draw, 20_000 + draw.random.below(50)) }
}

function rootCaller(draw: Draw): Caller {
  const { id } = draw.account
  return {
    identity: `{"type":"Root","principalId":"${id}","arn":"arn:aws:iam::${id}:root","accountId":"${id}","accessKeyId":"${keyId('ASIA', draw.place, 30_000)}","sessionContext":{"attributes":{"creationDate":"${timeText(draw.time - 600_000)}","mfaAuthenticated":"true"}}}`,
    ...whereabouts(draw, 30_000),
  }
}

/** Most calls of a caller come from the same few addresses with the same software. */
function whereabouts(draw: Draw, caller: number): Omit<Caller, 'identity'> {
  const { random, world } = draw
  const home = seedOf(draw.place, caller)
  const known = home + random.below(3)
  const address = random.chance(0.85) ? known % world.addresses.length : world.drawAddress(random)
  const agent = random.chance(0.9) ? home % world.agents.length : world.drawAgent(random)
  return { address: at(world.addresses, address), agent: at(world.agents, agent), service: false }
}

function keyId(prefix: string, ...numbers: readonly number[]): string {
  return prefix + new Random(...numbers).base32(16)
}
