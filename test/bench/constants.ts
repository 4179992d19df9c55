import { ABSENT_ACTIONS, type Action, COMMON_ACTIONS, RARE_ACTIONS } from './actions.ts'
import { IMAGES } from './machine-parameters.ts'
import { OBJECT_ACTIONS } from './object-event.ts'
import type { Shape } from './parameters.ts'
import { at, type Random } from './random.ts'
import {
  ACCOUNT_IDS,
  BUCKET_KINDS,
  bucketName,
  EXTENSIONS,
  JOBS,
  jobName,
  PURPOSES,
  roleName,
  STAGES,
  TEAMS,
} from './world.ts'

/** Words for rules to look for: all from the generated organisation, or none of them. */
export interface Constants {
  /** A call that is worth a rule. */
  readonly action: () => Action
  /** A call with such parameters. */
  readonly actionOf: (shape: Shape) => Action
  /** A call on an S3 object. */
  readonly objectAction: () => string
  readonly team: () => string
  readonly bucket: () => string
  /** One of the buckets that are used most. */
  readonly busyBucket: () => string
  readonly role: () => string
  readonly job: () => string
  /** What the names of ten jobs start with. */
  readonly jobs: () => string
  readonly extension: () => string
  readonly secret: () => string
  readonly image: () => string
  readonly account: () => string
  /** A part of a user agent. */
  readonly agent: () => string
  /** An IPv4 network. */
  readonly network: () => string
}

const ABSENT_TEAMS =
  'quasar obsidian heron lantern meridian cobalt thistle falcon juniper basalt marlin zephyr onyx cinder'.split(
    ' ',
  )
const ABSENT_EXTENSIONS = '.kdbx .ova .vmdk .pfx .ppk .tfstate .dmp .p12 .ovpn .rdp .keytab .env'.split(' ')
const ABSENT_AGENTS =
  'Pacu/1. CloudBrute/2. kali-tools s3scanner/3. rclone/v1. python-requests/2. Go-http-client/1. curl/7.'.split(
    ' ',
  )
const AGENTS =
  'aws-sdk-java/2. Boto3/1. aws-cli/2. aws-sdk-go-v2/1. aws-sdk-js/3. Terraform/1. S3Console/0.4'.split(' ')
const FREQUENT_OBJECT_ACTIONS = ['GetObject', 'GetObject', 'PutObject', 'PutObject', 'HeadObject']

/** Constants that occur in what `generate` writes, the rare ones about as likely as the frequent. */
export function presentConstants(random: Random): Constants {
  // Even over the orders of magnitude, and none of the very first, which would match all day long.
  const rank = (first: number, last: number): number => Math.floor(first * (last / first) ** random.unit())
  const job = (): string => jobName(rank(15, JOBS))
  return {
    action: () => random.pick(RARE_ACTIONS),
    actionOf: shape => {
      const suited = ofShape(COMMON_ACTIONS, shape)
      return random.pick(suited.length === 0 ? ofShape(RARE_ACTIONS, shape) : suited.slice(0, 2))
    },
    objectAction: () => random.pick(FREQUENT_OBJECT_ACTIONS),
    team: () => random.pick(TEAMS),
    bucket: () => bucketName(rank(3, 75), random.below(ACCOUNT_IDS.length)),
    busyBucket: () => bucketName(rank(1, 15), random.below(3)),
    role: () => roleName(rank(12, 300)),
    job,
    jobs: () => job().slice(0, -1),
    extension: () => random.pick(EXTENSIONS),
    secret: () => `${random.pick(STAGES)}/${random.pick(TEAMS)}/${random.pick(PURPOSES)}`,
    image: () => at(IMAGES, rank(1, IMAGES.length)),
    account: () => at(ACCOUNT_IDS, Math.floor(ACCOUNT_IDS.length * random.unit() ** 3)),
    agent: () => random.pick(AGENTS),
    network: () => `198.${18 + random.below(2)}.${random.below(256)}.0/24`,
  }
}

/** Constants of the same looks that occur nowhere in it; at least one of those of every rule. */
export function absentConstants(random: Random): Constants {
  const team = (): string => random.pick(ABSENT_TEAMS)
  const bucket = (): string =>
    `${team()}-${random.pick(BUCKET_KINDS)}-${random.pick(STAGES)}-${random.below(999)}`
  return {
    action: () => random.pick(random.chance(0.7) ? ABSENT_ACTIONS : RARE_ACTIONS),
    actionOf: shape => random.pick(ofShape([...COMMON_ACTIONS, ...RARE_ACTIONS], shape)),
    objectAction: () => at(OBJECT_ACTIONS, Math.floor(OBJECT_ACTIONS.length * random.unit() ** 2))[0],
    team,
    bucket,
    busyBucket: bucket,
    role: () => `${team()}-${random.pick(PURPOSES)}`,
    job: () => `job-${9000 + random.below(999)}`,
    jobs: () => `job-9${random.below(99)}`,
    extension: () => random.pick(ABSENT_EXTENSIONS),
    secret: () => `${random.pick(STAGES)}/${team()}/${random.pick(PURPOSES)}`,
    image: () => `ami-0${random.hex(8)}dead`,
    account: () => `9${String(random.below(1e11)).padStart(11, '0')}`,
    agent: () => random.pick(ABSENT_AGENTS),
    network: () => `192.0.2.${random.below(16) * 16}/28`,
  }
}

function ofShape(actions: readonly Action[], shape: Shape): readonly Action[] {
  return actions.filter(action => action.shape === shape)
}
