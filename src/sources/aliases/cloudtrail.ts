import type { Alias, Aliases } from './alias.ts'
import { ACTIONS, always, same } from './words.ts'

const address = same('sourceIPAddress')
const account = same('recipientAccountId', 'userIdentity.accountId')
const userName = same(
  'userIdentity.userName',
  'userIdentity.sessionContext.sessionIssuer.userName',
  'userIdentity.principalId',
)
const LOGIN = { Success: 'success', Failure: 'failure' }

const result: Alias = {
  of: ['responseElements.ConsoleLogin', 'errorCode'],
  otherwise: 'success',
  values: { Success: 'success', success: 'success', '*': 'failure' },
}

/** Names of one resource that a request makes or is about, the most telling first. */
const objectId = same(
  ...[
    'responseElements.instancesSet.items{}.instanceId',
    'requestParameters.instancesSet.items{}.instanceId',
  ],
  ...['responseElements.groupId', 'requestParameters.groupId', 'responseElements.vpc.vpcId'],
  ...['requestParameters.bucketName', 'requestParameters.policyArn', 'requestParameters.roleName'],
  ...['requestParameters.userName', 'requestParameters.groupName', 'requestParameters.snapshotId'],
  ...['requestParameters.imageId', 'requestParameters.volumeId', 'requestParameters.vpcId'],
  ...['requestParameters.networkAclId', 'requestParameters.functionName', 'requestParameters.keyId'],
  ...['requestParameters.dBInstanceIdentifier', 'requestParameters.repositoryName', 'requestParameters.name'],
  ...['resources{}.ARN', 'requestParameters.resourceArn'],
)

const category: Alias = {
  of: ['eventName'],
  patterns: [
    ['*SecurityGroup*', 'firewall'],
    ['*NetworkAcl*', 'firewall'],
    ['*Firewall*', 'firewall'],
    ['*Instance*', 'instance'],
    ['*Bucket*', 'storage'],
    ['*Object*', 'storage'],
    ['*Volume*', 'volume'],
    ['*Snapshot*', 'snapshot'],
    ['*Image*', 'image'],
    ['*LoginProfile*', 'user'],
    ['*AccessKey*', 'user'],
    ['*User*', 'user'],
    ['*Role*', 'role'],
    ['*Group*', 'group'],
    ['*Policy*', 'policy'],
    ['*Trail*', 'trail'],
    ['*', 'unknown'],
  ],
}

/** Names of the Splunk add-on, of CIM and ECS for CloudTrail. */
const products: Aliases = {
  src_ip: address,
  src: address,
  dest: same(
    'responseElements.instancesSet.items{}.instanceId',
    'requestParameters.instancesSet.items{}.instanceId',
    'requestParameters.bucketName',
    'requestParameters.host',
    'eventSource',
  ),
  user_arn: same('userIdentity.arn', 'responseElements.assumedRoleUser.arn'),
  user_role: same('responseElements.assumedRoleUser.arn'),
  user_type: same('userIdentity.type'),
  user_name: userName,
  userName,
  user: userName,
  user_id: same('userIdentity.principalId'),
  user_access_key: same('userIdentity.accessKeyId'),
  temp_access_key: same('responseElements.credentials.accessKeyId'),
  user_group_id: same('userIdentity.accountId'),
  src_user: userName,
  src_user_id: same('userIdentity.principalId'),
  src_user_type: same('userIdentity.type'),
  user_agent: same('userAgent'),
  http_user_agent: same('userAgent'),
  event_name: same('eventName'),
  mfa_auth: same('userIdentity.sessionContext.attributes.mfaAuthenticated'),
  aws_account_id: account,
  account_id: account,
  vendor_account: account,
  region: same('awsRegion'),
  vendor_region: same('awsRegion'),
  vendor: always('Amazon Web Services'),
  vendor_product: always('AWS CloudTrail'),
  product: always('CloudTrail'),
  app: same('eventSource'),
  command: same('eventName'),
  signature: same('eventName'),
  signature_id: same('eventID'),
  change_type: {
    of: ['eventSource'],
    patterns: [
      ['iam.*', 'AAA'],
      ['ec2.*', 'virtual computing'],
      ['*', 'cloud'],
    ],
  },
  object: objectId,
  object_id: objectId,
  object_category: category,
  object_path: same('resources{}.ARN', 'requestParameters.resourceArn'),
  object_attrs: same('requestParameters.attribute', 'requestParameters.attributeType'),
  image_id: same(
    'responseElements.instancesSet.items{}.imageId',
    'requestParameters.instancesSet.items{}.imageId',
    'requestParameters.imageId',
  ),
  instance_type: same('responseElements.instancesSet.items{}.instanceType', 'requestParameters.instanceType'),
  msg: same('errorMessage'),
  desc: same('errorMessage'),
  dvc: same('eventSource'),
  start_time: same('eventTime'),
  reason: same('errorMessage', 'errorCode'),
  errorCode: { of: ['errorCode'], otherwise: 'success' },
  status: result,
  result: same('errorCode', 'responseElements.ConsoleLogin'),
  action: {
    of: ['responseElements.ConsoleLogin'],
    values: LOGIN,
    or: { of: ['eventName'], patterns: [['ConsoleLogin', 'unknown'], ...ACTIONS, ['*', 'unknown']] },
  },
  authentication_method: same('additionalEventData.MFAUsed'),
  tag: {
    of: ['eventName'],
    patterns: [
      ['ConsoleLogin', 'authentication'],
      ['AssumeRole*', 'authentication'],
      ['Get*Token', 'authentication'],
      ...ACTIONS.map(([pattern, says]) => [pattern, says === 'read' ? 'cloud' : 'change'] as const),
    ],
  },
}

const read: Alias = {
  of: ['readOnly'],
  values: { true: 'Read' },
  or: {
    of: ['eventName'],
    patterns: [
      ['Create*', 'Create'],
      ['Delete*', 'Delete'],
      ['*', 'Update'],
    ],
  },
}

/** Names of OCSF as Amazon Security Lake writes them. */
const ocsf: Aliases = {
  'api.operation': same('eventName'),
  'api.service.name': same('eventSource'),
  'api.version': same('apiVersion'),
  'api.request.uid': same('requestID'),
  'api.request.data': same('requestParameters'),
  'api.response.error': same('errorCode'),
  'api.response.message': same('errorMessage'),
  'actor.user.type': same('userIdentity.type'),
  'actor.user.name': userName,
  'actor.user.uid': same('userIdentity.arn', 'userIdentity.principalId'),
  'actor.user.uid_alt': same('userIdentity.principalId'),
  'actor.user.account_uid': same('userIdentity.accountId', 'recipientAccountId'),
  'actor.user.account.uid': same('userIdentity.accountId', 'recipientAccountId'),
  'actor.user.credential_uid': same('userIdentity.accessKeyId'),
  'actor.session.issuer': same('userIdentity.sessionContext.sessionIssuer.arn'),
  'actor.session.is_mfa': same('userIdentity.sessionContext.attributes.mfaAuthenticated'),
  'actor.session.created_time': same('userIdentity.sessionContext.attributes.creationDate'),
  'actor.invoked_by': same('userIdentity.invokedBy'),
  'src_endpoint.ip': address,
  'src_endpoint.domain': address,
  'src_endpoint.uid': same('vpcEndpointId'),
  'http_request.user_agent': same('userAgent'),
  'cloud.provider': always('AWS'),
  'cloud.region': same('awsRegion'),
  'cloud.account.uid': account,
  'cloud.account_uid': account,
  'metadata.product.name': always('CloudTrail'),
  'metadata.event_code': same('eventName'),
  'metadata.uid': same('eventID'),
  activity_name: read,
  'resources{}.uid': same('resources{}.ARN'),
}

/** Names of the Elastic Common Schema. */
const ecs: Aliases = {
  'event.action': same('eventName'),
  'event.provider': same('eventSource'),
  'event.id': same('eventID'),
  'event.outcome': { ...result, values: { Success: 'success', success: 'success', '*': 'failure' } },
  'source.ip': address,
  'source.address': address,
  'user.name': userName,
  'user.id': same('userIdentity.principalId'),
  'user_agent.original': same('userAgent'),
  'cloud.account.id': account,
  'aws.cloudtrail.error_code': same('errorCode'),
  'aws.cloudtrail.error_message': same('errorMessage'),
  'aws.cloudtrail.user_identity.type': same('userIdentity.type'),
  'aws.cloudtrail.user_identity.arn': same('userIdentity.arn'),
  'aws.cloudtrail.user_identity.access_key_id': same('userIdentity.accessKeyId'),
  'aws.cloudtrail.event_type': same('eventType'),
}

/** Names of the Splunk add-on, of CIM, OCSF and ECS for CloudTrail. */
export const cloudtrailAliases: Aliases = { ...products, ...ocsf, ...ecs }
