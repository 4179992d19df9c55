import type { Image, Machine, Network } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import { type Session, serviceSession } from './session.ts'

/** What every call about machines and images says. */
export interface MachineCall {
  readonly session: Session
  readonly time: number
  /** What the console calls itself, if it calls for its user. */
  readonly userAgent?: string
}

const STATES = {
  StartInstances: { before: { code: 80, name: 'stopped' }, after: { code: 0, name: 'pending' } },
  StopInstances: { before: { code: 16, name: 'running' }, after: { code: 64, name: 'stopping' } },
  TerminateInstances: { before: { code: 16, name: 'running' }, after: { code: 32, name: 'shutting-down' } },
} as const

/** Starts, stops or ends a machine. */
export function changeState(
  recorder: Recorder,
  action: keyof typeof STATES,
  call: MachineCall & { readonly machine: Machine },
): string {
  const { machine, ...rest } = call
  const { before, after } = STATES[action]
  const item = { currentState: after, previousState: before, instanceId: machine.id }
  return recorder.call({
    ...rest,
    service: 'ec2',
    action,
    region: machine.network.region,
    write: true,
    request: {
      instancesSet: { items: [{ instanceId: machine.id }] },
      ...(action === 'StopInstances' ? { force: false } : {}),
    },
    response: { requestId: recorder.random.uuid(), instancesSet: { items: [item] } },
  })
}

/** Makes an image of a machine. */
export function createImage(
  recorder: Recorder,
  call: MachineCall & { readonly machine: Machine; readonly image: Image },
): string {
  const { machine, image, ...rest } = call
  return recorder.call({
    ...rest,
    service: 'ec2',
    action: 'CreateImage',
    region: image.region,
    write: true,
    request: { instanceId: machine.id, name: image.name, noReboot: true },
    response: { requestId: recorder.random.uuid(), imageId: image.id },
  })
}

/** Copies an image of anybody into the account of the session. */
export function copyImage(
  recorder: Recorder,
  call: MachineCall & { readonly from: Image; readonly image: Image },
): string {
  const { from, image, ...rest } = call
  return recorder.call({
    ...rest,
    service: 'ec2',
    action: 'CopyImage',
    region: image.region,
    write: true,
    request: { sourceRegion: from.region, sourceImageId: from.id, name: image.name, encrypted: true },
    response: { requestId: recorder.random.uuid(), imageId: image.id },
  })
}

/** Makes an image of a disk that lies in a bucket. */
export function importImage(
  recorder: Recorder,
  call: MachineCall & { readonly image: Image; readonly bucket: string },
): string {
  const { image, bucket, ...rest } = call
  const { random } = recorder
  return recorder.call({
    ...rest,
    service: 'ec2',
    action: 'ImportImage',
    region: image.region,
    write: true,
    request: {
      architecture: 'x86_64',
      description: image.name,
      platform: 'Linux',
      diskContainerSet: {
        items: [{ format: 'VMDK', userBucket: { s3Bucket: bucket, s3Key: `disks/${image.name}.vmdk` } }],
      },
    },
    response: {
      requestId: random.uuid(),
      importTaskId: `import-ami-0${random.hex(16)}`,
      imageId: image.id,
      description: image.name,
      progress: '1',
      status: 'active',
      statusMessage: 'pending',
    },
  })
}

/** Looks images up, as a wizard does or a tool that builds on somebody's newest. */
export function describeImages(
  recorder: Recorder,
  call: MachineCall & { readonly region: string; readonly owner?: string; readonly ids?: readonly string[] },
): string {
  const { owner, ids = [], ...rest } = call
  return recorder.call({
    ...rest,
    service: 'ec2',
    action: 'DescribeImages',
    request: {
      executableBySet: {},
      imagesSet: ids.length === 0 ? {} : { items: ids.map(imageId => ({ imageId })) },
      ownersSet: owner === undefined ? {} : { items: [{ owner }] },
      filterSet: {},
    },
  })
}

/** The template from which machines are launched without naming their image. */
export function createLaunchTemplate(
  recorder: Recorder,
  call: MachineCall & {
    readonly network: Network
    readonly image: Image
    readonly id: string
    readonly name: string
  },
): string {
  const { network, image, id, name, ...rest } = call
  return recorder.call({
    ...rest,
    service: 'ec2',
    action: 'CreateLaunchTemplate',
    region: network.region,
    write: true,
    request: {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: name,
        LaunchTemplateData: { ImageId: image.id, InstanceType: 't3.medium' },
      },
    },
    response: {
      CreateLaunchTemplateResponse: {
        launchTemplate: {
          launchTemplateId: id,
          launchTemplateName: name,
          defaultVersionNumber: 1,
          latestVersionNumber: 1,
        },
        requestId: recorder.random.uuid(),
      },
    },
  })
}

/** What the launching account hears when an image lies on a snapshot of another account. */
export function sharedSnapshot(recorder: Recorder, network: Network, time: number): string {
  const { random } = recorder
  const session = serviceSession('ec2.amazonaws.com', network.account)
  return recorder.call({
    session: { ...session, identity: { accountId: network.account.id, invokedBy: 'ec2.amazonaws.com' } },
    service: 'ec2',
    action: 'SharedSnapshotVolumeCreated',
    region: network.region,
    time,
    write: true,
    type: 'AwsServiceEvent',
    more: { sharedEventID: random.uuid(), serviceEventDetails: { snapshotId: `snap-0${random.hex(16)}` } },
  })
}
