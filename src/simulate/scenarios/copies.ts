import { copyObject, listObjects } from '../cloudtrail/s3.ts'
import { jobSession, keySession, type Session } from '../cloudtrail/session.ts'
import { backupRun, backupSession } from '../habits/workloads.ts'
import type { ActFacts } from '../labels.ts'
import { makeAccount, roleArn } from '../organisation/accounts.ts'
import { foreignBucket } from '../organisation/buckets.ts'
import type { Bucket, Role } from '../organisation/types.ts'
import { DAY, SECOND } from '../span.ts'
import { attack, type Scenario, type Scene, twin } from './scenario.ts'

/** Data that goes from bucket to bucket: the request names the destination. */
export const copies: readonly Scenario[] = [
  {
    id: 'T3',
    analytic: 'AN0370',
    title: 'objects are copied into a bucket of another account',
    days: 1,
    acts: [
      attack(
        'foreign account',
        { outcome: 'found', at_least: 'medium', reason: 'the account of the destination is not ours' },
        scene => copyByKey(scene, strangeBucket(scene)),
      ),
      twin('same account', 'both buckets are of one account', scene =>
        copyByKey(scene, scene.organisation.buckets.documents),
      ),
    ],
  },
  {
    id: 'T6',
    analytic: 'AN0370',
    title: 'the identity of the nightly backup copies somewhere else',
    days: 1,
    acts: [
      attack(
        'foreign bucket',
        { outcome: 'found', at_least: 'medium', reason: 'the identity is approved, the destination is not' },
        scene => {
          const session = backupSession(scene.organisation, scene.time, scene.recorder.random)
          return copySet(scene, {
            session,
            from: scene.organisation.buckets.customers,
            to: strangeBucket(scene),
          })
        },
      ),
      {
        ...twin('nightly backup', 'an approved path', nightly),
        expected: {
          outcome: 'approved',
          at_most: 'low',
          reason: 'source, destination, identity and time are approved',
        },
      },
    ],
  },
  {
    id: 'T7',
    analytic: 'AN0370',
    title: 'a transfer to a partner goes on after its approval has expired',
    days: 1,
    acts: [
      attack('expired', { outcome: 'found', at_least: 'medium', reason: 'the approval has expired' }, scene =>
        toPartner(scene, scene.organisation.roles.exporter, -5),
      ),
      {
        ...twin('valid', 'an approved path', scene => toPartner(scene, scene.organisation.roles.reports, 90)),
        expected: { outcome: 'approved', at_most: 'low', reason: 'the approval is valid' },
      },
    ],
  },
]

function strangeBucket({ organisation, recorder }: Scene): Bucket {
  const account = makeAccount(recorder.random, 'management')
  return foreignBucket(recorder.random, account, organisation.networks.production.region)
}

function copyByKey(scene: Scene, to: Bucket): ActFacts {
  const user = scene.organisation.keyUsers[2]
  if (user === undefined) throw new Error('bug: nobody has a key')
  const session = keySession(
    user,
    'aws-cli/2.17.40 md/awscrt#0.21.2 ua/2.0 os/linux#6.8 lang/python#3.11.9 md/command#s3.cp',
  )
  return copySet(scene, { session, from: scene.organisation.buckets.customers, to })
}

function copySet(
  { recorder, time }: Scene,
  { session, from, to }: { readonly session: Session; readonly from: Bucket; readonly to: Bucket },
): ActFacts {
  const { random } = recorder
  listObjects(recorder, { session, bucket: from, prefix: '', time })
  const objects = random.whole(20, 80)
  let bytes = 0
  for (let made = 0; made < objects; made++) {
    const size = random.around(3_000_000, 0.8)
    const key = `${from.prefixes[made % from.prefixes.length]}2026/part-${String(made).padStart(5, '0')}.parquet`
    copyObject(recorder, {
      session,
      from,
      key,
      bucket: to,
      newKey: `${to.prefixes[0]}${key}`,
      bytes: size,
      time: time + (made + 1) * SECOND,
    })
    bytes += size
  }
  return {
    principal: session.principal,
    address: session.address,
    buckets: [from.name, to.name],
    destination: to.name,
    objects,
    bytes,
  }
}

function nightly({ organisation, recorder, time }: Scene): ActFacts {
  const { customers, recovery } = organisation.buckets
  const objects = recorder.random.whole(60, 200)
  const begin = Math.floor(time / DAY) * DAY + recorder.random.whole(80 * 60, 150 * 60) * SECOND
  const { session, bytes } = backupRun(recorder, organisation, begin, objects)
  return {
    principal: session.principal,
    address: session.address,
    buckets: [customers.name, recovery.name],
    destination: recovery.name,
    objects,
    bytes,
  }
}

/** @param left days of validity; negative: it expired so long ago */
function toPartner(scene: Scene, role: Role, left: number): ActFacts {
  const { organisation, recorder, time } = scene
  const { buckets, partner, networks } = organisation
  const look = {
    address: networks.analytics.publicAddress,
    userAgent: 'Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux lang/python#3.12',
    since: time,
  }
  const session = jobSession(role, `export-${recorder.random.hex(6)}`, look, recorder.random)
  scene.approve('approved_transfers', {
    columns: {
      source: [buckets.telemetry.name],
      destination: [partner.name],
      identity: [roleArn(role)],
      purpose: 'file-exchange',
    },
    reason: 'monthly figures for the partner',
    created: time - 180 * DAY,
    expires: time + left * DAY,
  })
  return copySet(scene, { session, from: buckets.telemetry, to: partner })
}
