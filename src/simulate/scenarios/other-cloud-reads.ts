import { azureBlobRead } from '../azure/blob.ts'
import { GOOGLE_AGENTS, googleAudit } from '../gcp/audit.ts'
import type { ActFacts } from '../labels.ts'
import { SECOND } from '../span.ts'
import { attack, type Scenario, type Scene, twin } from './scenario.ts'
import { anyDeveloper, strangerAddress } from './strangers.ts'

/** Data that leaves Azure and Google Cloud. */
export const otherCloudReads: readonly Scenario[] = [
  {
    id: 'T10',
    analytic: 'AN0370',
    title: 'objects on Google Cloud are copied into a bucket of another project',
    days: 1,
    acts: [
      attack(
        'foreign project',
        { outcome: 'found', at_least: 'medium', reason: 'the destination names a project that is not ours' },
        scene => {
          const { random } = scene.recorder
          return googleCopy(scene, `collector-${random.digits(6)}`, `drop-${random.hex(6)}`)
        },
      ),
      attack(
        'unnamed project',
        { outcome: 'unknown', reason: 'the destination names no project, and no inventory has the bucket' },
        scene => googleCopy(scene, '_', `drop-${scene.recorder.random.hex(6)}`),
      ),
      twin('own bucket', 'the destination is ours', scene => {
        const { otherProject, otherBucket } = scene.organisation.google
        return googleCopy(scene, otherProject, otherBucket)
      }),
    ],
  },
  {
    id: 'T11',
    analytic: 'AN0370',
    title: 'blobs on Azure are read with a signed address',
    days: 1,
    acts: [
      attack(
        'from outside',
        { outcome: 'found', at_least: 'medium', reason: 'the caller is outside' },
        scene => azureReads(scene, strangerAddress(scene)),
      ),
      twin('from inside', 'the caller is in a private network', scene =>
        azureReads(scene, `10.3.0.${scene.recorder.random.whole(4, 250)}`),
      ),
    ],
  },
]

function googleCopy(scene: Scene, project: string, bucket: string): ActFacts {
  const { organisation, recorder, targets, time } = scene
  const { google } = organisation
  const { random } = recorder
  const { mail, homeAddress: address } = anyDeveloper(scene)
  const objects = random.whole(15, 60)
  const ids = Array.from({ length: objects }, (_, number) => {
    const name = `ledger-${number + 1}.csv`
    return googleAudit(recorder, targets, {
      google,
      mail,
      address,
      userAgent: GOOGLE_AGENTS.tool,
      service: 'storage.googleapis.com',
      method: 'storage.objects.get',
      resource: `projects/_/buckets/${google.bucket}/objects/${name}`,
      kind: { type: 'gcs_bucket', labels: { bucket_name: google.bucket, location: 'europe-west1' } },
      permission: 'storage.objects.get',
      metadata: {
        destination: `projects/${project}/buckets/${bucket}/objects/${name}`,
        requested_bytes: random.around(90_000, 0.8),
      },
      time: time + number * SECOND,
      data: true,
    })
  })
  return { principal: mail, address, buckets: [google.bucket], destination: bucket, objects, other_ids: ids }
}

function azureReads(scene: Scene, address: string): ActFacts {
  const { organisation, recorder, targets, time } = scene
  const { azure: tenant } = organisation
  const { random } = recorder
  const objects = random.whole(40, 120)
  let bytes = 0
  const ids = Array.from({ length: objects }, (_, number) => {
    const size = random.around(400_000, 0.8)
    bytes += size
    return azureBlobRead(recorder, targets, {
      tenant,
      container: 'contracts',
      blob: `2026/contract-${number + 1}.pdf`,
      address,
      bytes: size,
      time: time + number * SECOND,
      by: 'signature',
      userAgent: 'AzCopy/10.26.0 Azure-Storage/1.4 (go1.22.5; linux)',
    })
  })
  return { principal: 'SAS', address, buckets: ['contracts'], objects, bytes, other_ids: ids }
}
