import type { JsonObject } from '../../core/json.ts'
import { roleArn } from '../organisation/accounts.ts'
import type { Image, Machine, Role } from '../organisation/types.ts'
import type { Random } from '../random.ts'
import type { Recorder } from '../recorder.ts'
import type { Session } from './session.ts'

/** A launch of one machine. */
export interface Launch {
  readonly session: Session
  readonly machine: Machine
  readonly image: Image
  readonly time: number
  readonly role?: Role
  /** Names the image instead of the request. */
  readonly template?: { readonly id: string; readonly name: string }
  /** What the console calls itself, if it calls for its user. */
  readonly userAgent?: string
  readonly late?: number
  readonly instanceType?: string
}

/** Launches a machine; gives the event's id. The response names the image, the interface and its address. */
export function runInstances(recorder: Recorder, launch: Launch): string {
  const { session, machine, time } = launch
  const token = recorder.random.uuid()
  return recorder.call({
    session,
    service: 'ec2',
    action: 'RunInstances',
    region: machine.network.region,
    time,
    write: true,
    request: requestOf(launch, token),
    response: responseOf(launch, token, recorder.random),
    ...(launch.userAgent === undefined ? {} : { userAgent: launch.userAgent }),
    ...(launch.late === undefined ? {} : { late: launch.late }),
  })
}

function requestOf(launch: Launch, clientToken: string): JsonObject {
  const { machine, image, template, role } = launch
  const one = template === undefined ? { imageId: image.id } : {}
  return {
    instancesSet: { items: [{ ...one, minCount: 1, maxCount: 1 }] },
    instanceType: launch.instanceType ?? 't3.medium',
    blockDeviceMapping: {},
    monitoring: { enabled: false },
    disableApiTermination: false,
    disableApiStop: false,
    clientToken,
    ...(template === undefined
      ? {}
      : { launchTemplate: { launchTemplateId: template.id, version: '$Latest' } }),
    networkInterfaceSet: {
      items: [
        {
          deviceIndex: 0,
          subnetId: machine.subnet.id,
          associatePublicIpAddress: true,
          groupSet: { items: [{ groupId: machine.network.group }] },
        },
      ],
    },
    ...(role === undefined ? {} : { iamInstanceProfile: { name: role.name } }),
    ebsOptimized: false,
  }
}

function responseOf(launch: Launch, clientToken: string, random: Random): JsonObject {
  const { machine, image, time, role } = launch
  const { network, subnet } = machine
  const launchTime = Math.floor(time / 1000) * 1000
  const groupSet = { items: [{ groupId: network.group, groupName: 'default' }] }
  return {
    requestId: random.uuid(),
    reservationId: `r-0${random.hex(16)}`,
    ownerId: network.account.id,
    groupSet: {},
    instancesSet: {
      items: [
        {
          instanceId: machine.id,
          imageId: image.id,
          instanceState: { code: 0, name: 'pending' },
          privateDnsName: `ip-${machine.address.replaceAll('.', '-')}.${network.region}.compute.internal`,
          amiLaunchIndex: 0,
          productCodes: {},
          instanceType: launch.instanceType ?? 't3.medium',
          launchTime,
          placement: { availabilityZone: subnet.zone, tenancy: 'default' },
          monitoring: { state: 'disabled' },
          subnetId: subnet.id,
          vpcId: network.id,
          privateIpAddress: machine.address,
          stateReason: { code: 'pending', message: 'pending' },
          architecture: 'x86_64',
          rootDeviceType: 'ebs',
          rootDeviceName: '/dev/xvda',
          blockDeviceMapping: {},
          virtualizationType: 'hvm',
          hypervisor: 'xen',
          clientToken,
          groupSet,
          sourceDestCheck: true,
          networkInterfaceSet: { items: [interfaceOf(machine, launchTime, random)] },
          ...(role === undefined ? {} : { iamInstanceProfile: profileOf(role) }),
          ebsOptimized: false,
          enaSupport: true,
          cpuOptions: { coreCount: 1, threadsPerCore: 2 },
          metadataOptions: {
            state: 'pending',
            httpTokens: 'required',
            httpPutResponseHopLimit: 2,
            httpEndpoint: 'enabled',
          },
        },
      ],
    },
  }
}

function interfaceOf(machine: Machine, attachTime: number, random: Random): JsonObject {
  const { network, subnet, address } = machine
  return {
    networkInterfaceId: machine.interfaceId,
    subnetId: subnet.id,
    vpcId: network.id,
    ownerId: network.account.id,
    status: 'in-use',
    macAddress: machine.mac,
    privateIpAddress: address,
    sourceDestCheck: true,
    interfaceType: 'interface',
    groupSet: { items: [{ groupId: network.group, groupName: 'default' }] },
    attachment: {
      attachmentId: `eni-attach-0${random.hex(16)}`,
      deviceIndex: 0,
      networkCardIndex: 0,
      status: 'attaching',
      attachTime,
      deleteOnTermination: true,
    },
    privateIpAddressesSet: { item: [{ privateIpAddress: address, primary: true }] },
    ipv6AddressesSet: {},
    tagSet: {},
  }
}

function profileOf(role: Role): JsonObject {
  return {
    arn: roleArn(role).replace(':role/', ':instance-profile/'),
    id: role.id.replace('AROA', 'AIPA'),
  }
}
