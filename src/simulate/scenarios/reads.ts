import { getCallerIdentity, listBuckets } from '../cloudtrail/bucket.ts'
import { listObjects, readObject } from '../cloudtrail/s3.ts'
import { anonymousSession, keySession, machineSession, type Session } from '../cloudtrail/session.ts'
import type { ActFacts } from '../labels.ts'
import type { Bucket, KeyUser } from '../organisation/types.ts'
import { MINUTE, SECOND } from '../span.ts'
import { converse } from '../traffic.ts'
import { attack, type Scenario, type Scene, twin } from './scenario.ts'
import { strangerAddress } from './strangers.ts'

const SYNC =
  'aws-cli/2.17.40 md/awscrt#0.21.2 ua/2.0 os/linux#6.8 md/arch#x86_64 lang/python#3.11.9 md/command#s3.sync'

/** Data that goes to whoever asks for it: the destination is the caller. */
export const reads: readonly Scenario[] = [
  {
    id: 'T1',
    analytic: 'AN0370',
    title: 'a long-lived key syncs a whole bucket to an address on the internet',
    days: 1,
    acts: [
      attack(
        'stranger',
        { outcome: 'found', at_least: 'medium', reason: 'destination unknown: the caller' },
        theft,
      ),
      {
        ...twin('log administrator', 'an approved path', syncOfLogs),
        expected: {
          outcome: 'approved',
          at_most: 'low',
          reason: 'the log bucket, by its administrator, to the office',
        },
      },
    ],
  },
  {
    id: 'T2',
    analytic: 'AN0370',
    title: "a machine's role is used from outside of the cloud",
    days: 1,
    acts: [
      attack(
        'stolen',
        {
          outcome: 'found',
          at_least: 'medium',
          reason: "a machine's credentials, and not its address; the volume is small",
        },
        scene => oneObject(scene, true),
      ),
      twin('at home', 'the machine itself', scene => oneObject(scene, false)),
    ],
  },
  {
    id: 'T9',
    analytic: 'AN0370',
    title: 'somebody without credentials lists a bucket',
    days: 1,
    acts: [
      attack(
        'documents',
        { outcome: 'found', at_least: 'medium', reason: 'the bucket is confidential, and open' },
        scene => anonymous(scene, scene.organisation.buckets.documents),
      ),
      twin('website', 'the bucket is meant for everybody', scene =>
        anonymous(scene, scene.organisation.buckets.website),
      ),
    ],
  },
  {
    id: 'T12',
    analytic: 'AN0370',
    title: 'data leaves a bucket whose reads nobody records',
    days: 1,
    acts: [
      attack(
        'unobserved',
        { outcome: 'not evaluable', reason: 'there are no data events of the bucket: silence says nothing' },
        scene => unobserved(scene, true),
      ),
      twin('nothing happens', 'buckets are listed, and nothing leaves', scene => unobserved(scene, false)),
    ],
  },
]

function theft(scene: Scene): ActFacts {
  const { organisation, recorder } = scene
  const { random } = recorder
  const session = keySession(userAt(scene, 1), SYNC, strangerAddress(scene))
  return { ...sync(scene, session, organisation.buckets.customers, random.whole(1000, 2400)) }
}

function syncOfLogs(scene: Scene): ActFacts {
  const { organisation, recorder } = scene
  const user = userAt(scene, 0)
  const { accessLogs } = organisation.buckets
  const session = keySession(user, SYNC)
  return sync(scene, session, accessLogs, recorder.random.whole(1000, 1600))
}

/** Two listings, and then every object once, in less than a minute. */
function sync({ recorder, time }: Scene, session: Session, bucket: Bucket, objects: number): ActFacts {
  const { random } = recorder
  for (const page of [0, 1])
    listObjects(recorder, { session, bucket, time: time + page * SECOND, prefix: '' })
  const step = (random.whole(30, 55) * SECOND) / objects
  let bytes = 0
  for (let made = 0; made < objects; made++) {
    const size = random.around(60_000, 1.2)
    const key = `${bucket.prefixes[made % bucket.prefixes.length]}${2020 + (made % 6)}/object-${String(made).padStart(6, '0')}.json`
    readObject(recorder, {
      session,
      bucket,
      key,
      bytes: size,
      time: time + 2 * SECOND + Math.floor(made * step),
    })
    bytes += size
  }
  return {
    principal: session.principal,
    address: session.address,
    destination: session.address,
    buckets: [bucket.name],
    objects,
    bytes,
  }
}

function oneObject(scene: Scene, stolen: boolean): ActFacts {
  const { organisation, recorder, time } = scene
  const { random } = recorder
  const { roles, networks, machines, buckets } = organisation
  const machine = random.pick(machines.filter(({ network }) => network === networks.production))
  const home = machineSession(roles.application, machine, time, random)
  const { endpoint: _endpoint, ...outside } = home
  const session = stolen
    ? {
        ...outside,
        address: strangerAddress(scene),
        userAgent: 'aws-cli/2.15.0 Python/3.11.8 Linux/6.6.9-amd64 exe/x86_64.kali prompt/off',
      }
    : home
  const bucket = stolen ? buckets.payroll : buckets.documents
  const bytes = random.around(5000, 0.5)
  if (stolen) getCallerIdentity(recorder, session, bucket.region, time)
  listBuckets(recorder, session, bucket.region, time + 20 * SECOND)
  listObjects(recorder, { session, bucket, prefix: '', time: time + 50 * SECOND })
  readObject(recorder, {
    session,
    bucket,
    key: `${bucket.prefixes[0]}2026/summary.csv`,
    bytes,
    time: time + 80 * SECOND,
  })
  return {
    principal: session.principal,
    address: session.address,
    destination: session.address,
    buckets: [bucket.name],
    instances: [machine.id],
    objects: 1,
    bytes,
  }
}

function anonymous(scene: Scene, bucket: Bucket): ActFacts {
  const { recorder, time } = scene
  const { random } = recorder
  const session = anonymousSession(bucket.account, strangerAddress(scene), 'curl/8.9.1')
  const website = bucket.classification === 'public'
  const error = website ? { error: { code: 'AccessDenied', message: 'Access Denied' } } : {}
  listObjects(recorder, { session, bucket, prefix: '', time, ...error })
  const objects = random.whole(2, 6)
  let bytes = 0
  for (let made = 0; made < objects; made++) {
    const size = random.around(40_000, 0.6)
    readObject(recorder, {
      session,
      bucket,
      key: `${bucket.prefixes[0]}page-${made}.html`,
      bytes: size,
      time: time + (made + 1) * 5 * SECOND,
    })
    bytes += size
  }
  return {
    principal: 'anonymous',
    address: session.address,
    destination: session.address,
    buckets: [bucket.name],
    objects,
    bytes,
  }
}

/** What is left to see when reads are not recorded: that buckets were listed, and how much a machine sent. */
function unobserved(scene: Scene, leaving: boolean): ActFacts {
  const { organisation, recorder, time } = scene
  const { random } = recorder
  const { roles, networks, machines, buckets, mirror } = organisation
  const bucket = buckets.unobserved
  const machine = random.pick(machines.filter(({ network }) => network === networks.production))
  const session = machineSession(roles.application, machine, time, random)
  listBuckets(recorder, session, bucket.region, time)
  const bytesOut = leaving ? random.around(3_000_000_000, 0.3) : random.around(9000, 0.5)
  const peer = leaving ? strangerAddress(scene) : mirror
  const flows = converse(recorder, {
    machine,
    peer,
    peerPort: 443,
    start: time + 3 * MINUTE,
    bytesOut,
    bytesIn: random.around(2_000_000, 0.4),
  })
  return {
    principal: session.principal,
    buckets: [bucket.name],
    instances: [machine.id],
    destination: peer,
    bytes: bytesOut,
    flows,
  }
}

function userAt({ organisation }: Scene, index: number): KeyUser {
  const user = organisation.keyUsers[index]
  if (user === undefined) throw new Error('bug: nobody has a key')
  return user
}
