import { AZURE_CLIENTS, azureActivity } from '../azure/activity.ts'
import { azureFlow } from '../azure/network-flow.ts'
import { GOOGLE_AGENTS, googleAudit } from '../gcp/audit.ts'
import { googleFlow } from '../gcp/flow.ts'
import type { ActFacts } from '../labels.ts'
import { MINUTE, SECOND } from '../span.ts'
import { attack, type Scenario, type Scene, twin } from './scenario.ts'
import { anyDeveloper, strangerAddress } from './strangers.ts'

/** Launches of unknown images on Azure and Google Cloud. */
export const otherCloudLaunches: readonly Scenario[] = [
  {
    id: 'C11',
    analytic: 'AN1318',
    title:
      'a machine on Google Cloud starts from the image of an unknown project and talks to an unknown network',
    days: 1,
    acts: [
      attack(
        'unknown project',
        { outcome: 'found', at_least: 'high', reason: 'egress within five minutes of the launch' },
        scene => onGoogle(scene, `shared-images-${scene.recorder.random.digits(6)}`),
      ),
      twin('vendor image', 'the image is of the vendor, and egress goes to the mirror', scene =>
        onGoogle(scene, 'debian-cloud'),
      ),
    ],
  },
  {
    id: 'C12',
    analytic: 'AN1318',
    title: 'a machine on Azure starts from an image of a community gallery',
    days: 1,
    acts: [
      attack(
        'community gallery',
        { outcome: 'found', at_least: 'medium', reason: 'anybody can publish in such a gallery' },
        scene => onAzure(scene, true),
      ),
      twin('vendor image', 'publisher and offer are approved', scene => onAzure(scene, false)),
    ],
  },
]

function onGoogle(scene: Scene, imageProject: string): ActFacts {
  const { organisation, recorder, targets, time } = scene
  const { google, mirror } = organisation
  const { random } = recorder
  const { mail, homeAddress: address } = anyDeveloper(scene)
  const machine = { name: `vm-${random.hex(4)}`, address: `10.4.0.${random.whole(10, 250)}` }
  const known = imageProject === 'debian-cloud'
  const sourceImage = `https://www.googleapis.com/compute/v1/projects/${imageProject}/global/images/${known ? 'debian-12-bookworm-v20260115' : 'desktop-ready-v3'}`
  const zone = `projects/${google.project}/zones/${google.zone}`
  const audit = googleAudit(recorder, targets, {
    google,
    mail,
    address,
    userAgent: GOOGLE_AGENTS.console,
    service: 'compute.googleapis.com',
    method: 'v1.compute.instances.insert',
    resource: `${zone}/instances/${machine.name}`,
    kind: { type: 'gce_instance', labels: { instance_id: random.digits(19), zone: google.zone } },
    permission: 'compute.instances.create',
    request: {
      '@type': 'type.googleapis.com/compute.instances.insert',
      name: machine.name,
      machineType: `${zone}/machineTypes/e2-medium`,
      disks: [{ boot: true, autoDelete: true, initializeParams: { sourceImage } }],
      networkInterfaces: [{ network: `projects/${google.project}/global/networks/${google.network}` }],
    },
    time,
  })
  const to = known ? mirror : strangerAddress(scene)
  const bytes = random.around(50_000, 1)
  const place = { asn: random.whole(64_496, 64_511), country: 'xxx' }
  const flow = googleFlow(recorder, targets, {
    google,
    machine,
    to,
    port: 443,
    bytes,
    place,
    time: time + random.whole(80, 280) * SECOND,
  })
  return {
    principal: mail,
    address,
    images: [sourceImage],
    instances: [machine.name],
    destination: to,
    bytes,
    other_ids: [audit, flow],
  }
}

function onAzure(scene: Scene, community: boolean): ActFacts {
  const { organisation, recorder, targets, time } = scene
  const { azure: tenant, mirror } = organisation
  const { random } = recorder
  const { mail, homeAddress: address } = anyDeveloper(scene)
  const name = `vm-${random.hex(4)}`
  const imageReference = community
    ? {
        communityGalleryImageId: `/CommunityGalleries/tools-${random.uuid()}/Images/desktop/Versions/1.0.${random.whole(1, 40)}`,
      }
    : {
        publisher: 'Canonical',
        offer: '0001-com-ubuntu-server-jammy',
        sku: '22_04-lts-gen2',
        version: 'latest',
      }
  const id = azureActivity(recorder, targets, {
    tenant,
    mail,
    address,
    client: AZURE_CLIENTS.portal,
    operation: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE',
    resource: `providers/Microsoft.Compute/virtualMachines/${name}`,
    body: {
      location: tenant.location,
      properties: {
        hardwareProfile: { vmSize: 'Standard_B2s' },
        storageProfile: { imageReference },
        osProfile: { computerName: name },
      },
    },
    time,
  })
  const to = community ? strangerAddress(scene) : mirror
  const bytes = random.around(50_000, 1)
  const mac = `000D3A${random.hex(6).toUpperCase()}`
  const from = `10.3.1.${random.whole(4, 250)}`
  const flows = azureFlow(recorder, targets, {
    tenant,
    mac,
    from,
    to,
    port: 443,
    bytesOut: bytes,
    bytesIn: 400_000,
    time: time + 3 * MINUTE,
  })
  const images = [imageReference.communityGalleryImageId ?? 'Canonical']
  return {
    principal: mail,
    address,
    images,
    instances: [name],
    interfaces: [mac],
    destination: to,
    bytes,
    flows,
    other_ids: [id],
  }
}
