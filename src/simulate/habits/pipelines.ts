import { runInstances } from '../cloudtrail/launch.ts'
import { changeState, createImage, describeImages, importImage } from '../cloudtrail/machines.ts'
import { jobSession, type Session, serviceSession } from '../cloudtrail/session.ts'
import { roleArn } from '../organisation/accounts.ts'
import { foreignAddress } from '../organisation/addresses.ts'
import { makeMachine } from '../organisation/networks.ts'
import type { Role } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import { HOUR, MINUTE, SECOND } from '../span.ts'
import { bootTraffic } from '../traffic.ts'
import { countAround, type Habit, type Hour } from './habit.ts'

const RUNS_A_DAY = 40
const READS: readonly (readonly [string, string])[] = [
  ['ec2', 'DescribeInstances'],
  ['ec2', 'DescribeSecurityGroups'],
  ['ec2', 'DescribeVpcs'],
  ['ec2', 'DescribeSubnets'],
  ['ec2', 'DescribeTags'],
  ['ec2', 'DescribeInstanceAttribute'],
  ['ec2', 'DescribeVolumes'],
  ['iam', 'GetRole'],
  ['iam', 'GetPolicy'],
  ['iam', 'ListRolePolicies'],
  ['iam', 'ListAttachedRolePolicies'],
  ['s3', 'GetBucketPolicy'],
  ['s3', 'GetBucketVersioning'],
  ['s3', 'GetBucketTagging'],
  ['lambda', 'GetFunction20150331v2'],
  ['logs', 'DescribeLogGroups'],
  ['kms', 'DescribeKey'],
]
const WRITES: readonly (readonly [string, string])[] = [
  ['ec2', 'CreateTags'],
  ['ec2', 'AuthorizeSecurityGroupIngress'],
  ['ec2', 'RevokeSecurityGroupIngress'],
  ['iam', 'TagRole'],
  ['logs', 'PutRetentionPolicy'],
  ['lambda', 'UpdateFunctionCode20150331v2'],
  ['s3', 'PutBucketTagging'],
]
const THROTTLED = { code: 'ThrottlingException', message: 'Rate exceeded' }
const MISSING = { code: 'NoSuchEntity', message: 'The requested entity cannot be found.' }

/** How the tools of the pipelines name themselves. */
export const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.64.0 aws-sdk-go-v2/1.30.4 os/linux lang/go#1.22.6 md/GOARCH#amd64'
export const PACKER =
  'APN/1.0 HashiCorp/1.0 packer-plugin-amazon/1.3.2 (+https://www.packer.io/docs/builders/amazon) aws-sdk-go/1.44.114 (go1.21.10; linux; amd64)'

/** Infrastructure as code, and the machines that build images. */
export const pipelines: Habit = { name: 'pipelines', share: 0.26, run }

function run(hour: Hour, recorder: Recorder): void {
  const { roles } = hour.organisation
  const size = Math.max(5, (hour.events * 24) / RUNS_A_DAY)
  for (let left = countAround(recorder, RUNS_A_DAY / 24); left > 0; left--) apply(hour, recorder, size)
  if (recorder.random.chance(2 / 24)) buildImage(hour, recorder, roles.imagePipeline)
  if (recorder.random.chance(0.2 / 24)) importDisk(hour, recorder, roles.imagePipeline)
}

/** A runner takes its role with a token of the code host, then reads what is there and changes a little. */
function takeRole(recorder: Recorder, role: Role, userAgent: string, time: number): Session {
  const { random } = recorder
  const address = foreignAddress(random)
  const name = `run-${random.digits(8)}`
  const subject = `repo:infrastructure/${role.name}:ref:refs/heads/main`
  recorder.call({
    session: {
      account: role.account,
      identity: {
        type: 'WebIdentityUser',
        principalId: `token.ci.example.com:${subject}`,
        userName: subject,
        identityProvider: 'token.ci.example.com',
      },
      principal: subject,
      arn: '-',
      address,
      userAgent,
      console: false,
    },
    service: 'sts',
    action: 'AssumeRoleWithWebIdentity',
    region: 'us-east-1',
    time,
    request: { roleArn: roleArn(role), roleSessionName: name },
    response: {
      subjectFromWebIdentityToken: subject,
      assumedRoleUser: {
        assumedRoleId: `${role.id}:${name}`,
        arn: `arn:aws:sts::${role.account.id}:assumed-role/${role.name}/${name}`,
      },
    },
    resources: [{ accountId: role.account.id, type: 'AWS::IAM::Role', ARN: roleArn(role) }],
  })
  return jobSession(role, name, { address, userAgent, since: time }, random)
}

function apply({ organisation, start }: Hour, recorder: Recorder, size: number): void {
  const { random } = recorder
  let time = start + random.whole(0, HOUR - SECOND)
  const session = takeRole(recorder, organisation.roles.deploy, TERRAFORM, time)
  const { region } = organisation.networks.production
  for (let left = random.around(size * 0.9, 0.4); left > 0; left--) {
    if (random.chance(0.1)) time += random.whole(1, 2) * SECOND
    const write = random.chance(0.28)
    const [service, action] = random.pick(write ? WRITES : READS)
    const failed = random.chance(0.073)
    recorder.call({
      session,
      service,
      action,
      region: service === 'iam' ? 'us-east-1' : region,
      time,
      write,
      ...(failed ? { error: write ? THROTTLED : MISSING } : {}),
    })
  }
}

/** Launches a machine of the approved base, makes an image of it, and ends it. */
function buildImage({ organisation, start }: Hour, recorder: Recorder, role: Role): void {
  const { random } = recorder
  const { images, networks } = organisation
  const time = start + random.whole(0, HOUR / 2)
  const session = takeRole(recorder, role, PACKER, time)
  const machine = makeMachine(random, networks.production)
  const common = { session, machine }
  describeImages(recorder, {
    session,
    time: time + 2 * SECOND,
    region: networks.production.region,
    owner: 'self',
  })
  runInstances(recorder, { ...common, image: images.base, time: time + 5 * SECOND, instanceType: 't3.small' })
  bootTraffic(recorder, machine, organisation.mirror, time + 60 * SECOND)
  const image = { ...images.base, id: `ami-0${random.hex(16)}`, name: `nightly-${random.digits(6)}` }
  createImage(recorder, { ...common, image, time: time + 8 * MINUTE })
  changeState(recorder, 'TerminateInstances', { ...common, time: time + 14 * MINUTE })
}

/** A disk of the data centre becomes an image. */
function importDisk({ organisation, start }: Hour, recorder: Recorder, role: Role): void {
  const { random } = recorder
  const { buckets, images } = organisation
  const session = takeRole(
    recorder,
    role,
    'Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux lang/python#3.12',
    start,
  )
  const image = { ...images.base, id: `ami-0${random.hex(16)}`, name: `disk-${random.digits(4)}` }
  importImage(recorder, { session, image, bucket: buckets.artefacts.name, time: start + MINUTE })
}

/** A group grows: the service launches machines for it under its own role. */
export function scaleOut({ organisation, start }: Hour, recorder: Recorder): void {
  const { random } = recorder
  const time = start + random.whole(0, HOUR - SECOND)
  const { roles, networks, images, mirror } = organisation
  const service = 'autoscaling.amazonaws.com'
  const look = { address: service, userAgent: service, since: time }
  const job = jobSession(roles.autoScaling, 'AutoScaling', look, random)
  const session = { ...job, identity: { ...job.identity, invokedBy: service } }
  const machine = makeMachine(random, networks.production)
  const template = { id: networks.production.id.replace('vpc-', 'lt-'), name: 'web' }
  runInstances(recorder, { session, machine, image: images.web, time, template })
  recorder.call({
    session: serviceSession('ec2.amazonaws.com', roles.application.account),
    service: 'sts',
    action: 'AssumeRole',
    region: networks.production.region,
    time: time + 4 * SECOND,
    request: { roleArn: roleArn(roles.application), roleSessionName: machine.id },
    resources: [
      { accountId: roles.application.account.id, type: 'AWS::IAM::Role', ARN: roleArn(roles.application) },
    ],
    more: { sharedEventID: random.uuid() },
  })
  bootTraffic(recorder, machine, mirror, time + 50 * SECOND)
}
