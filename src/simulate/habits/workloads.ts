import { copyObject, listObjects, readObject, writeObject } from '../cloudtrail/s3.ts'
import {
  anonymousSession,
  jobSession,
  keySession,
  machineSession,
  type Session,
} from '../cloudtrail/session.ts'
import { foreignAddress } from '../organisation/addresses.ts'
import type { Bucket, Organisation } from '../organisation/types.ts'
import type { Random } from '../random.ts'
import type { Recorder } from '../recorder.ts'
import { HOUR, MINUTE, SECOND } from '../span.ts'
import { countAround, type Habit, type Hour } from './habit.ts'

/** Programs that read and write objects: two of them make most of all data events. */
export const workloads: Habit = { name: 'workloads', share: 0.24, run }

function run(hour: Hour, recorder: Recorder): void {
  const { organisation, start, events } = hour
  const { random } = recorder
  const [application, loader, others] = sessionsOf(organisation, start, random)
  for (let left = countAround(recorder, events); left > 0; left--) {
    const time = start + random.whole(0, HOUR - SECOND)
    const kind = random.share()
    if (kind < 0.5) use(recorder, application, organisation.buckets.documents, time)
    else if (kind < 0.85) use(recorder, loader, organisation.buckets.telemetry, time)
    else if (kind < 0.95) use(recorder, others, organisation.buckets.artefacts, time)
    else visitWebsite(recorder, organisation.buckets.website, time)
  }
  if (hour.number % 24 === 7) readLogs(hour, recorder)
}

function sessionsOf(
  organisation: Organisation,
  start: number,
  random: Random,
): readonly [Session, Session, Session] {
  const { roles, machines, networks } = organisation
  const on = (account: string) =>
    random.pick(machines.filter(({ network }) => network.account.id === account))
  return [
    machineSession(roles.application, on(networks.production.account.id), start, random),
    machineSession(roles.loader, on(networks.analytics.account.id), start, random),
    machineSession(roles.build, on(networks.development.account.id), start, random),
  ]
}

/** Keys that exist: numbers come again. */
function objectKey(bucket: Bucket, random: Random): string {
  return `${random.pick(bucket.prefixes)}${random.whole(2020, 2026)}/part-${String(random.around(900, 1)).padStart(6, '0')}.parquet`
}

function use(recorder: Recorder, session: Session, bucket: Bucket, time: number): void {
  const { random } = recorder
  const call = { session, bucket, time, key: objectKey(bucket, random), bytes: random.around(24_000, 1.6) }
  if (random.chance(0.78)) readObject(recorder, call)
  else if (random.chance(0.9)) writeObject(recorder, call)
  else listObjects(recorder, { session, bucket, time, prefix: random.pick(bucket.prefixes) })
}

/** What everybody may see: strangers read it, and some ask for more than there is. */
function visitWebsite(recorder: Recorder, bucket: Bucket, time: number): void {
  const { random } = recorder
  const agent =
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Mobile Safari/537.36'
  const session = anonymousSession(bucket.account, foreignAddress(random), agent)
  const key = `${random.pick(bucket.prefixes)}page-${random.whole(1, 200)}.html`
  const error = random.chance(0.04) ? { error: { code: 'AccessDenied', message: 'Access Denied' } } : {}
  readObject(recorder, { session, bucket, time, key, bytes: random.around(18_000, 1), ...error })
}

/** The administrator of the logs fetches some each morning: an approved path. */
function readLogs({ organisation, start }: Hour, recorder: Recorder): void {
  const { random } = recorder
  const user = organisation.keyUsers[0]
  if (user === undefined) return
  const session = keySession(
    user,
    'aws-cli/2.17.40 md/awscrt#0.21.2 ua/2.0 os/linux#6.8 md/arch#x86_64 lang/python#3.11.9 md/command#s3.sync',
  )
  const bucket = organisation.buckets.accessLogs
  const begin = start + random.whole(5, 50) * MINUTE
  listObjects(recorder, { session, bucket, time: begin, prefix: 's3/' })
  for (let made = 0; made < 12; made++) {
    const time = begin + made * SECOND
    readObject(recorder, {
      session,
      bucket,
      time,
      key: `s3/${random.hex(16)}`,
      bytes: random.around(90_000, 0.5),
    })
  }
}

/** Copies the newest objects of the day into the recovery account: an approved path, every night. */
export const backup: Habit = { name: 'backup', share: 0.03, run: runBackup }

function runBackup(hour: Hour, recorder: Recorder): void {
  if (hour.number % 24 !== 1) return
  const begin = hour.start + recorder.random.whole(2, 12) * MINUTE
  backupRun(recorder, hour.organisation, begin, Math.max(20, Math.round(hour.events * 24)))
}

/** One night's copies; gives the ids of its events. */
export function backupRun(
  recorder: Recorder,
  organisation: Organisation,
  begin: number,
  objects: number,
): { readonly session: Session; readonly bytes: number } {
  const { random } = recorder
  const { customers, recovery } = organisation.buckets
  const session = backupSession(organisation, begin, random)
  let bytes = 0
  listObjects(recorder, { session, bucket: customers, time: begin, prefix: 'orders/' })
  for (let made = 0; made < objects; made++) {
    const size = random.around(2_000_000, 0.9)
    const key = objectKey(customers, random)
    const time = begin + (made + 1) * 400
    copyObject(recorder, {
      session,
      from: customers,
      key,
      bucket: recovery,
      newKey: `nightly/${key}`,
      bytes: size,
      time,
    })
    bytes += size
  }
  return { session, bytes }
}

export function backupSession(organisation: Organisation, since: number, random: Random): Session {
  const look = {
    address: organisation.networks.production.publicAddress,
    userAgent: 'Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux lang/python#3.12 exec-env/AWS_ECS_FARGATE',
    since,
  }
  return jobSession(organisation.roles.backup, `nightly-${random.hex(8)}`, look, random)
}
