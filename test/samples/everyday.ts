import type { JsonObject } from '../../src/core/json.ts'
import { Random } from '../bench/random.ts'
import { awsService, type Call, PRODUCTION, roleSession, SHARED, userWithKey, type Who } from './record.ts'

export const DAYS: readonly string[] = ['2026-05-12', '2026-05-13']
/** The key of the old build user, before and after somebody else has it. */
export const BUILD_KEY = 'AKIAEXAMPLEBUILD0001'

const OFFICE = '198.51.100.24'
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36'
const PEOPLE = ['ines', 'tomas', 'maya', 'jonas'] as const
const LOOKS = [
  'ec2 DescribeInstances',
  'ec2 DescribeSecurityGroups',
  'ecs DescribeServices',
  'logs DescribeLogGroups',
  'logs FilterLogEvents',
  'rds DescribeDBInstances',
  'monitoring DescribeAlarms',
  'cloudformation DescribeStacks',
  's3 ListBuckets',
] as const
const FUNCTIONS = ['orders-confirm', 'orders-invoice', 'stock-sync'] as const

/** Two ordinary days of the shop: services, programs, the nightly backup, deployments and people at work. */
export function everyday(): readonly Call[] {
  const random = new Random(20260512)
  return DAYS.flatMap(day => [
    ...hours(0, 24).flatMap(hour => [...machines(day, hour, random), ...application(day, hour, random)]),
    ...backup(day),
    ...hours(8, 17).flatMap(hour => PEOPLE.flatMap(person => atWork(person, day, hour, random))),
    ...hours(9, 16, 3).flatMap(hour => deployment(day, hour, random)),
    ...build(day),
  ])
}

function machines(day: string, hour: number, random: Random): readonly Call[] {
  const trail = awsService('cloudtrail')
  const key = `AWSLogs/${PRODUCTION}/CloudTrail/eu-west-1/${day.replaceAll('-', '/')}/${random.hex(16)}.json.gz`
  const bucketName = 'example-orchard-cloudtrail'
  const time = clock(day, hour, random)
  return [
    { who: trail, what: 's3 GetBucketAcl', time: time(), request: { bucketName, acl: '' } },
    { who: trail, what: 's3 PutObject', time: time(), request: { bucketName, key } },
    {
      who: trail,
      what: 'kms GenerateDataKey',
      time: time(),
      request: {
        keySpec: 'AES_256',
        keyId: 'alias/trail',
        encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${bucketName}` },
      },
    },
    ...[awsService('lambda'), awsService('ecs-tasks')].map(who => ({
      who,
      what: 'sts AssumeRole',
      time: time(),
      ...assumed(random.pick(FUNCTIONS), random),
    })),
    { who: awsService('config'), what: 'ec2 DescribeVolumes', time: time(), account: SHARED, request: {} },
  ]
}

function application(day: string, hour: number, random: Random): readonly Call[] {
  const time = clock(day, hour, random)
  const who = orders(day)
  const secretId = `arn:aws:secretsmanager:eu-west-1:${PRODUCTION}:secret:shop/orders/database-Ab12Cd`
  const key = `invoices/${day}/${random.hex(8)}.pdf`
  return [
    { who, what: 'secretsmanager GetSecretValue', time: time(), request: { secretId } },
    { who, what: 'kms Decrypt', time: time(), request: { encryptionContext: { SecretARN: secretId } } },
    {
      who,
      what: 'dynamodb GetItem',
      time: time(),
      request: { tableName: 'orders', key: { orderId: random.hex(8) } },
    },
    { who, what: 'sqs ReceiveMessage', time: time(), request: { queueUrl: 'orders' } },
    { who, what: 's3 PutObject', time: time(), request: { bucketName: 'example-orchard-invoices', key } },
    { who, what: 's3 GetObject', time: time(), request: { bucketName: 'example-orchard-invoices', key } },
  ]
}

function backup(day: string): readonly Call[] {
  const agent = 'Boto3/1.34.51 md/Botocore#1.34.51 lang/python#3.12.2'
  const who = roleSession('nightly-backup', 'backup', `${day}T01:00:00Z`, { address: '10.20.4.17', agent })
  return [0, 1, 2].map(place => ({
    who,
    what: 'ec2 CreateSnapshot',
    time: `${day}T01:0${place + 1}:00Z`,
    request: { volumeId: `vol-0${place}aa55bb66cc77dd88`, description: 'nightly' },
    response: { snapshotId: `snap-0${place}${day.slice(8)}ee55ff66aa77b`, status: 'pending' },
  }))
}

/** Somebody looks around in the console; once in a while something is refused. */
function atWork(person: (typeof PEOPLE)[number], day: string, hour: number, random: Random): readonly Call[] {
  const who = developer(person, day)
  const time = clock(day, hour, random)
  const calls: readonly Call[] = Array.from({ length: random.below(6) }, () => ({
    who,
    what: random.pick(LOOKS),
    time: time(),
    request: { maxResults: 100 },
  }))
  if (hour !== 10 || person !== 'jonas') return calls
  const message = 'User is not authorized to perform: rds:ModifyDBInstance'
  const request = { dBInstanceIdentifier: 'orders' }
  return [
    ...calls,
    { who, what: 'rds ModifyDBInstance', time: time(), request, error: ['AccessDenied', message] },
  ]
}

function deployment(day: string, hour: number, random: Random): readonly Call[] {
  const agent = 'aws-sdk-js/3.540.0 os/linux lang/js md/nodejs#20.12.0'
  const who = roleSession('deploy-pipeline', 'main', `${day}T08:55:00Z`, { address: '198.51.100.90', agent })
  const time = clock(day, hour, random)
  const taskDefinition = `orders:${random.below(900)}`
  return [
    { who, what: 'ecr GetAuthorizationToken', time: time() },
    {
      who,
      what: 'ecr PutImage',
      time: time(),
      request: { repositoryName: 'orders', imageTag: random.hex(8) },
    },
    { who, what: 'ecs RegisterTaskDefinition', time: time(), request: { family: 'orders' } },
    {
      who,
      what: 'ecs UpdateService',
      time: time(),
      request: { cluster: 'shop', service: 'orders', taskDefinition },
    },
  ]
}

/** The old build server, whose key is the one that leaks: three quiet calls a day. */
function build(day: string): readonly Call[] {
  const who = userWithKey(
    'build-legacy',
    BUILD_KEY,
    '198.51.100.90',
    'aws-cli/1.29.10 Python/3.8.17 Linux/5.4.0',
  )
  const bucketName = 'example-orchard-artifacts'
  return [
    { who, what: 's3 ListObjects', time: `${day}T06:30:04Z`, request: { bucketName, prefix: 'builds/' } },
    {
      who,
      what: 's3 PutObject',
      time: `${day}T06:30:41Z`,
      request: { bucketName, key: `builds/${day}.zip` },
    },
    { who, what: 's3 GetObject', time: `${day}T06:31:02Z`, request: { bucketName, key: 'builds/base.zip' } },
  ]
}

function orders(day: string): Who {
  const agent = 'aws-sdk-go-v2/1.26.1 os/linux lang/go#1.22.2 md/GOOS#linux'
  return roleSession('orders-api', 'i-0aa11bb22cc33dd44', `${day}T00:00:00Z`, {
    address: '10.20.1.15',
    agent,
  })
}

function developer(person: string, day: string): Who {
  const role = 'AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b'
  return roleSession(role, `${person}@example.com`, `${day}T07:58:00Z`, { address: OFFICE, agent: BROWSER })
}

function assumed(
  role: string,
  random: Random,
): { readonly request: JsonObject; readonly response: JsonObject } {
  const roleArn = `arn:aws:iam::${PRODUCTION}:role/${role}`
  return {
    request: { roleArn, roleSessionName: role },
    response: { credentials: { accessKeyId: `ASIAEXAMPLE${random.base32(6)}`, expiration: 'in an hour' } },
  }
}

/** Times within an hour, drawn anew with each call. */
function clock(day: string, hour: number, random: Random): () => string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return () => `${day}T${two(hour)}:${two(random.below(60))}:${two(random.below(60))}Z`
}

function hours(from: number, to: number, step = 1): readonly number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, place) => from + place * step)
}
