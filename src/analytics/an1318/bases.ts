import { type Expr, field } from '../../plan/expr.ts'
import { any } from '../../plan/pattern.ts'
import { begins, is, or } from '../../sources/conditions.ts'
import { base } from '../base.ts'
import { awsFlows, azureFlows, gcpFlows } from '../flow-bases.ts'
import { alerts } from './alerts.ts'
import { clicks } from './clicks.ts'
import { fetches } from './fetches.ts'
import { lookups } from './lookups.ts'

const AWS = { product: 'aws', service: 'cloudtrail' }
const ITEMS = 'responseElements.instancesSet.items'

function both(...of: readonly Expr[]): Expr {
  return { kind: 'and', of }
}

function ec2(...names: readonly string[]): Expr {
  return both(is('eventSource', 'ec2.amazonaws.com'), or(names.map(name => is('eventName', name))))
}

const SESSION = ['userIdentity.sessionContext.attributes.creationDate', 'sessionCredentialFromConsole']

const launches = base({
  id: 'an1318-launches',
  title: 'Machines that are launched',
  logsource: AWS,
  where: ec2('RunInstances'),
  carry: [
    ...SESSION,
    `${ITEMS}.instanceId`,
    `${ITEMS}.imageId`,
    `${ITEMS}.privateIpAddress`,
    `${ITEMS}.networkInterfaceSet.items.networkInterfaceId`,
    `${ITEMS}.networkInterfaceSet.items.privateIpAddressesSet.item.privateIpAddress`,
    `${ITEMS}.vpcId`,
    `${ITEMS}.subnetId`,
    'requestParameters.instancesSet.items.imageId',
    'requestParameters.launchTemplate.launchTemplateId',
    'requestParameters.launchTemplate.launchTemplateName',
    'requestParameters.userData',
    'requestParameters.tagSpecificationSet.items.tags.key',
    'requestParameters.tagSpecificationSet.items.tags.value',
  ],
})

const states = base({
  id: 'an1318-states',
  title: 'Machines that are started or ended, and public addresses that they get',
  logsource: AWS,
  where: ec2('StartInstances', 'TerminateInstances', 'AllocateAddress', 'AssociateAddress'),
  carry: [
    ...SESSION,
    'requestParameters.instancesSet.items.instanceId',
    `${ITEMS}.instanceId`,
    'requestParameters.instanceId',
    'requestParameters.networkInterfaceId',
    'requestParameters.publicIp',
    'requestParameters.allocationId',
    'responseElements.publicIp',
    'responseElements.allocationId',
  ],
})

const images = base({
  id: 'an1318-images',
  title: 'Images and snapshots that are made, and templates and groups that launch machines',
  logsource: AWS,
  where: or([
    ec2(
      ...['CreateImage', 'CopyImage', 'RegisterImage', 'ImportImage'],
      ...['CreateSnapshot', 'CopySnapshot', 'ImportSnapshot', 'CreateLaunchTemplate', 'CreateFleet'],
    ),
    both(is('eventSource', 'autoscaling.amazonaws.com'), is('eventName', 'CreateAutoScalingGroup')),
    both(is('eventSource', 'cloudformation.amazonaws.com'), is('eventName', 'CreateStack')),
  ]),
  carry: [
    ...SESSION,
    'requestParameters.instanceId',
    'requestParameters.sourceImageId',
    'requestParameters.sourceSnapshotId',
    'requestParameters.blockDeviceMapping.items.ebs.snapshotId',
    'requestParameters.autoScalingGroupName',
    'responseElements.imageId',
    'responseElements.snapshotId',
    'responseElements.CreateLaunchTemplateResponse.launchTemplate.launchTemplateId',
    'responseElements.CreateFleetResponse.fleetId',
    'responseElements.stackId',
  ],
})

const sharedSnapshots = base({
  id: 'an1318-shared-snapshots',
  title: 'Disks that are made of a snapshot of another account',
  logsource: AWS,
  where: is('eventName', 'SharedSnapshotVolumeCreated'),
  carry: ['userIdentity.accountId', 'recipientAccountId', 'serviceEventDetails.snapshotId'],
})

const signIns = base({
  id: 'an1318-sign-ins',
  title: 'People who come to the console, and images that they look for',
  logsource: AWS,
  where: or([
    both(
      is('eventSource', 'signin.amazonaws.com'),
      or(['ConsoleLogin', 'GetSigninToken', 'SwitchRole'].map(name => is('eventName', name))),
    ),
    ec2('DescribeImages'),
  ]),
  carry: [
    'responseElements.ConsoleLogin',
    'requestParameters.ownersSet.items.owner',
    'requestParameters.executableBySet.items.user',
    'sessionCredentialFromConsole',
  ],
})

const GCP = 'protoPayload.request'

const gcpLaunches = base({
  id: 'an1318-gcp-launches',
  title: 'Machines that are launched on Google Cloud',
  logsource: { product: 'gcp', service: 'gcp.audit' },
  where: {
    kind: 'match',
    of: field('protoPayload.methodName'),
    pattern: [any, 'compute.instances.insert'],
    caseless: true,
  },
  carry: [`${GCP}.disks.initializeParams.sourceImage`, `${GCP}.disks.source`, 'protoPayload.resourceName'],
})

const azureLaunches = base({
  id: 'an1318-azure-launches',
  title: 'Machines that are launched on Azure',
  logsource: { product: 'azure', service: 'activitylogs' },
  where: or(
    ['operationName', 'operationName.value', 'OperationNameValue'].map(name =>
      begins(name, 'MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE'),
    ),
  ),
  carry: [
    ...['resourceId', 'ResourceId', '_ResourceId', 'properties.requestbody', 'Properties_d.requestbody'],
    ...['properties.requestBody', 'identity.claims.appid', 'claims.appid', 'Claims_d.appid', 'correlationId'],
  ],
})

export const bases = [
  ...[launches, states, images, sharedSnapshots, signIns, gcpLaunches, azureLaunches],
  ...[clicks, lookups, alerts, fetches, awsFlows, gcpFlows, azureFlows],
]
