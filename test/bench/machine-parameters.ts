import type { Draw } from './caller.ts'
import { at, type Random } from './random.ts'
import type { Parameters } from './shape.ts'
import { drawJob, jobName, STAGES, TEAMS } from './world.ts'

/** Image ids as `RunInstances` names them. */
export const IMAGES = Array.from(
  { length: 200 },
  (_, number) => `ami-0${String(number * 7919).padStart(8, '0')}cafe`,
)
const INSTANCE_TYPES = ['m6i.large', 't3.medium', 'c6i.2xlarge', 'r6i.xlarge', 'm6g.large', 'p4d.24xlarge']

/** Parameters of calls on machines, disks, networks and containers. */
export const MACHINE_SHAPES = {
  instance: ({ random }: Draw) => ({ request: { instanceId: instanceId(random), attribute: null } }),
  instances: ({ random }: Draw) => ({
    request: {
      instancesSet: { items: [{ instanceId: instanceId(random) }, { instanceId: instanceId(random) }] },
      filterSet: {},
    },
  }),
  filters: ({ random }: Draw) => ({
    request: {
      maxResults: 1000,
      filterSet: {
        items: [
          { name: 'tag:team', valueSet: { items: [{ value: random.pick(TEAMS) }] } },
          { name: 'tag:stage', valueSet: { items: STAGES.map(value => ({ value })) } },
        ],
      },
    },
  }),
  images: ({ random }: Draw) => ({
    request: {
      executableBySet: {},
      imagesSet: { items: [{ imageId: random.pick(IMAGES) }] },
      ownersSet: { items: [{ owner: 'self' }] },
    },
  }),
  'run-instances': runInstances,
  volume: ({ random }: Draw) => ({
    request: {
      volumeId: `vol-0${random.hex(16)}`,
      size: '100',
      description: random.chance(0.03) ? 'nächtliche Sicherung' : 'nightly',
    },
    response: { requestId: random.uuid(), status: 'creating' },
  }),
  network: ({ random }: Draw) => ({
    request: { networkInterfaceId: `eni-0${random.hex(16)}`, groupSet: {} },
    response: { requestId: random.uuid(), _return: true },
  }),
  tags: ({ random }: Draw) => ({
    request: {
      resourcesSet: { items: [{ resourceId: instanceId(random) }] },
      tagSet: {
        items: [
          { key: 'team', value: random.pick(TEAMS) },
          { key: 'job', value: jobName(drawJob(random)) },
        ],
      },
    },
    response: { requestId: random.uuid(), _return: true },
  }),
  ingress: ({ random }: Draw) => ({
    request: {
      groupId: `sg-0${random.hex(16)}`,
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 443,
            toPort: 443,
            ipRanges: { items: [{ cidrIp: `10.${random.below(64)}.0.0/16` }] },
            ipv6Ranges: {},
          },
        ],
      },
    },
    response: { requestId: random.uuid(), _return: true },
  }),
  share: ({ random, account }: Draw) => ({
    request: {
      snapshotId: `snap-0${random.hex(16)}`,
      attributeType: 'CREATE_VOLUME_PERMISSION',
      createVolumePermission: { add: { items: [{ userId: account.id }] } },
    },
    response: { requestId: random.uuid(), _return: true },
  }),
  evaluations: ({ random }: Draw) => ({
    request: {
      evaluations: [1, 2].map(() => ({
        complianceResourceType: 'AWS::EC2::Instance',
        complianceResourceId: instanceId(random),
        complianceType: random.chance(0.8) ? 'COMPLIANT' : 'NON_COMPLIANT',
      })),
      testMode: false,
    },
  }),
  cluster: ({ random }: Draw) => ({
    request: { cluster: `${random.pick(TEAMS)}-${random.pick(STAGES)}`, tasks: [random.hex(32)] },
  }),
  task: ({ random }: Draw) => ({
    request: {
      family: random.pick(TEAMS),
      containerDefinitions: [
        {
          name: 'app',
          image: `registry.example.com/${random.pick(TEAMS)}:${random.below(900)}`,
          environment: [{ name: 'STAGE', value: random.pick(STAGES) }],
          portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        },
      ],
    },
  }),
  target: ({ random }: Draw) => ({
    request: {
      targets: [{ id: instanceId(random), port: 8080 }],
      targetGroupArn: `targetgroup/${random.pick(TEAMS)}`,
    },
  }),
  image: ({ random }: Draw) => ({
    request: { repositoryName: random.pick(TEAMS), imageIds: [{ imageTag: `build-${random.below(5000)}` }] },
  }),
} satisfies { readonly [shape: string]: (draw: Draw) => Parameters }

function runInstances({ random }: Draw): Parameters {
  const imageId = at(IMAGES, Math.floor(IMAGES.length * random.unit() ** 2))
  const instanceType = random.pick(INSTANCE_TYPES)
  return {
    request: {
      instancesSet: { items: [{ imageId, minCount: 1, maxCount: 1 }] },
      instanceType,
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      disableApiTermination: false,
      tagSpecificationSet: {
        items: [{ resourceType: 'instance', tags: [{ key: 'team', value: random.pick(TEAMS) }] }],
      },
    },
    response: {
      requestId: random.uuid(),
      instancesSet: {
        items: [
          {
            instanceId: instanceId(random),
            imageId,
            instanceType,
            instanceState: { code: 0, name: 'pending' },
            privateIpAddress: `10.${random.below(64)}.${random.below(256)}.${random.below(256)}`,
            placement: { tenancy: 'default' },
            networkInterfaceSet: {
              items: [{ networkInterfaceId: `eni-0${random.hex(16)}`, status: 'in-use' }],
            },
            reason: null,
          },
        ],
      },
    },
  }
}

function instanceId(random: Random): string {
  return `i-0${random.hex(16)}`
}
