import { AZURE_CLIENTS, azureActivity } from '../azure/activity.ts'
import { azureBlobRead } from '../azure/blob.ts'
import { azureFlow } from '../azure/network-flow.ts'
import { GOOGLE_AGENTS, googleAudit } from '../gcp/audit.ts'
import { googleFlow } from '../gcp/flow.ts'
import type { Recorder } from '../recorder.ts'
import { HOUR } from '../span.ts'
import { countAround, type Habit, type Hour } from './habit.ts'

const AZURE_OPERATIONS = [
  ['MICROSOFT.COMPUTE/VIRTUALMACHINES/START/ACTION', 'providers/Microsoft.Compute/virtualMachines/app-1'],
  ['MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION', 'providers/Microsoft.Storage/storageAccounts/logs'],
  ['MICROSOFT.RESOURCES/TAGS/WRITE', 'providers/Microsoft.Resources/tags/default'],
  [
    'MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/SECURITYRULES/WRITE',
    'providers/Microsoft.Network/networkSecurityGroups/app/securityRules/in',
  ],
] as const

/** A little of everything in the smaller estates on Azure and Google Cloud. It makes no CloudTrail events. */
export const otherClouds: Habit = { name: 'other clouds', share: 0.04, run }

function run(hour: Hour, recorder: Recorder): void {
  for (let left = countAround(recorder, hour.events); left > 0; left--) {
    const time = hour.start + recorder.random.whole(0, HOUR - 1)
    if (recorder.random.chance(0.5)) onAzure(hour, recorder, time)
    else onGoogle(hour, recorder, time)
  }
}

function onAzure({ organisation, targets }: Hour, recorder: Recorder, time: number): void {
  const { random } = recorder
  const { azure: tenant, people, mirror } = organisation
  const { mail } = random.pick(people)
  const address = random.pick(organisation.officeAddresses)
  if (random.chance(0.3)) {
    const [operation, resource] = random.pick(AZURE_OPERATIONS)
    const client = random.chance(0.5) ? AZURE_CLIENTS.portal : AZURE_CLIENTS.cli
    azureActivity(recorder, targets, { tenant, mail, client, address, operation, resource, time })
  } else if (random.chance(0.7)) {
    const blob = `${random.whole(2024, 2026)}/report-${random.whole(1, 400)}.pdf`
    const userAgent = 'azsdk-net-Storage.Blobs/12.21.2 (.NET 8.0.8; Linux)'
    azureBlobRead(recorder, targets, {
      tenant,
      container: 'reports',
      blob,
      address: `10.3.0.${random.whole(4, 250)}`,
      bytes: random.around(200_000, 1),
      time,
      by: { mail },
      userAgent,
    })
  } else {
    azureFlow(recorder, targets, {
      tenant,
      mac: '000D3A11AB01',
      from: '10.3.0.4',
      to: mirror,
      port: 443,
      bytesOut: 9000,
      bytesIn: 90_000,
      time,
    })
  }
}

function onGoogle({ organisation, targets }: Hour, recorder: Recorder, time: number): void {
  const { random } = recorder
  const { google, people, mirror } = organisation
  const mail = random.pick(people).mail
  if (random.chance(0.4)) {
    googleFlow(recorder, targets, {
      google,
      machine: { name: 'app-1', address: '10.4.0.5' },
      to: mirror,
      port: 443,
      bytes: random.around(7000, 1),
      time,
    })
    return
  }
  const object = `projects/_/buckets/${google.bucket}/objects/ledger-${random.whole(1, 900)}.csv`
  const data = random.chance(0.8)
  googleAudit(recorder, targets, {
    google,
    mail,
    address: random.pick(organisation.officeAddresses),
    userAgent: data ? GOOGLE_AGENTS.tool : GOOGLE_AGENTS.console,
    service: data ? 'storage.googleapis.com' : 'compute.googleapis.com',
    method: data ? 'storage.objects.get' : 'v1.compute.instances.setMetadata',
    resource: data ? object : `projects/${google.project}/zones/${google.zone}/instances/app-1`,
    kind: data
      ? { type: 'gcs_bucket', labels: { bucket_name: google.bucket, location: 'europe-west1' } }
      : { type: 'gce_instance', labels: { instance_id: google.number, zone: google.zone } },
    permission: data ? 'storage.objects.get' : 'compute.instances.setMetadata',
    time,
    data,
  })
}
