import { listObjects, readObject } from '../cloudtrail/s3.ts'
import { machineSession } from '../cloudtrail/session.ts'
import type { ActFacts } from '../labels.ts'
import { roleArn } from '../organisation/accounts.ts'
import { DAY, MINUTE, SECOND } from '../span.ts'
import { converse } from '../traffic.ts'
import { attack, type Scenario, type Scene, twin } from './scenario.ts'
import { strangerAddress } from './strangers.ts'

/** Data that an own machine reads, as it may, and then sends on: only a flow log shows the second step. */
export const departures: readonly Scenario[] = [
  {
    id: 'T13',
    analytic: 'AN0370',
    title: 'an own machine sends on what it reads of a bucket',
    days: 1,
    acts: [
      attack(
        'stranger',
        { outcome: 'found', at_least: 'medium', reason: 'as much leaves for a stranger as was read' },
        scene => readAndSend(scene, strangerAddress(scene), 0.9),
      ),
      {
        ...twin('exchange', 'an approved path', scene => readAndSend(scene, exchange(scene), 0.9)),
        expected: { outcome: 'approved', at_most: 'low', reason: 'the address is approved' },
      },
      twin('updates', 'little leaves, and for the mirror', scene =>
        readAndSend(scene, scene.organisation.mirror, 0.002),
      ),
    ],
  },
]

/** A partner's address, to which the application may send what it reads. */
function exchange(scene: Scene): string {
  const { organisation, time } = scene
  const address = strangerAddress(scene)
  scene.approve('approved_transfers', {
    columns: {
      source: [organisation.buckets.customers.name],
      destination: [`${address}/32`],
      identity: [roleArn(organisation.roles.application)],
      purpose: 'file-exchange',
    },
    reason: 'records that the partner keeps',
    created: time - 90 * DAY,
    expires: time + 90 * DAY,
  })
  return address
}

/** Lists, reads some hundred objects in some minutes, waits, and sends part of it in a few connections. */
function readAndSend(scene: Scene, peer: string, share: number): ActFacts {
  const { organisation, recorder, time } = scene
  const { random } = recorder
  const { roles, networks, machines, buckets } = organisation
  const machine = random.pick(machines.filter(({ network }) => network === networks.production))
  const session = machineSession(roles.application, machine, time, random)
  const bucket = buckets.customers
  const objects = random.whole(120, 400)
  listObjects(recorder, { session, bucket, prefix: '', time })
  let read = 0
  for (let made = 0; made < objects; made++) {
    const bytes = random.around(80_000, 0.8)
    const key = `${random.pick(bucket.prefixes)}2026/part-${String(made).padStart(5, '0')}.parquet`
    readObject(recorder, { session, bucket, key, bytes, time: time + (made + 2) * SECOND })
    read += bytes
  }
  const connections = random.whole(2, 4)
  const start = time + random.whole(12, 40) * MINUTE
  const bytesOut = Math.round((read * share) / connections)
  const flows = Array.from({ length: connections }, (_, number) =>
    converse(recorder, {
      machine,
      peer,
      peerPort: 443,
      start: start + number * 2 * MINUTE,
      bytesOut,
      bytesIn: random.around(60_000, 0.4),
    }),
  )
  return {
    principal: session.principal,
    buckets: [bucket.name],
    instances: [machine.id],
    destination: peer,
    objects,
    bytes: bytesOut * connections,
    flows: flows.flat(),
  }
}
