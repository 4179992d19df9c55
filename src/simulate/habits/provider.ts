import { writeObject } from '../cloudtrail/s3.ts'
import { serviceSession } from '../cloudtrail/session.ts'
import { roleArn } from '../organisation/accounts.ts'
import type { AccountName } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import { dayFolders, fileStamp, HOUR, SECOND } from '../span.ts'
import { countAround, type Habit, type Hour } from './habit.ts'
import { scaleOut } from './pipelines.ts'

/** What the cloud does for the organisation: delivers logs, takes roles, opens keys, launches machines of a group. */
export const provider: Habit = { name: 'provider', share: 0.14, run }

const ACCOUNTS: readonly AccountName[] = [
  'management',
  'production',
  'analytics',
  'development',
  'security',
  'archive',
  'recovery',
]

function run(hour: Hour, recorder: Recorder): void {
  for (let left = countAround(recorder, hour.events / 3); left > 0; left--) deliver(hour, recorder)
  for (let left = countAround(recorder, 0.3); left > 0; left--) scaleOut(hour, recorder)
}

/** A file of the trail is put into the bucket of the archive, under a fresh data key. */
function deliver({ organisation, start }: Hour, recorder: Recorder): void {
  const { random } = recorder
  const { trail } = organisation.buckets
  const time = start + random.whole(0, HOUR - SECOND)
  const session = serviceSession('cloudtrail.amazonaws.com', organisation.accounts[random.pick(ACCOUNTS)])
  const call = { session, region: trail.region, time }
  const key = `arn:aws:kms:${trail.region}:${trail.account.id}:key/${trail.account.canonical.slice(0, 8)}-11d0-4c5e-9a3b-${trail.account.canonical.slice(8, 20)}`
  const name = `${session.account.id}_CloudTrail_${trail.region}_${fileStamp(time)}_${random.letters(16)}.json.gz`
  recorder.call({
    ...call,
    service: 's3',
    action: 'GetBucketAcl',
    request: { bucketName: trail.name, acl: '' },
    recipient: trail.account.id,
  })
  recorder.call({
    ...call,
    service: 'kms',
    action: 'GenerateDataKey',
    request: { keyId: key, keySpec: 'AES_256' },
    resources: [{ accountId: trail.account.id, type: 'AWS::KMS::Key', ARN: key }],
    recipient: trail.account.id,
    more: { sharedEventID: random.uuid() },
  })
  const path = `AWSLogs/${organisation.id}/${session.account.id}/CloudTrail/${trail.region}/${dayFolders(time)}/${name}`
  writeObject(recorder, {
    session,
    bucket: trail,
    key: path,
    bytes: random.around(3000, 0.7),
    time: time + SECOND,
  })
  if (random.chance(0.1)) assumeForService(organisation.roles.application, recorder, trail.region, time)
}

function assumeForService(
  role: Hour['organisation']['roles']['application'],
  recorder: Recorder,
  region: string,
  time: number,
): void {
  const service = recorder.random.pick([
    'lambda.amazonaws.com',
    'config.amazonaws.com',
    'ecs-tasks.amazonaws.com',
  ])
  recorder.call({
    session: serviceSession(service, role.account),
    service: 'sts',
    action: 'AssumeRole',
    region,
    time,
    request: { roleArn: roleArn(role), roleSessionName: `task-${recorder.random.hex(12)}` },
    resources: [{ accountId: role.account.id, type: 'AWS::IAM::Role', ARN: roleArn(role) }],
    more: { sharedEventID: recorder.random.uuid() },
  })
}
