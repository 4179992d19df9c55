import type { Alias, Aliases } from './alias.ts'
import { addressOf, always, same } from './words.ts'

const address = same('remote_ip')
const requester: Alias = { of: ['requester'], last: '/' }
const key = same('key')

/** What the log leaves open with a dash says just that in Splunk. */
const DASHED = 'requester key error_code bytes_sent object_size referer user_agent version_id'.split(' ')
const dashed = Object.fromEntries(
  DASHED.map((name): [string, Alias] => [name, { of: [name], otherwise: '-' }]),
)

/** Names of Splunk's add-on, of CIM's Web and of ECS for access logs of S3. */
export const s3AccessAliases: Aliases = {
  ...dashed,
  bucket_name: same('bucket'),
  bucket_owner_id: same('bucket_owner'),
  key_name: key,
  bytes_sent_size: same('bytes_sent'),
  request_time: same('time'),
  src: address,
  src_ip: address,
  user: requester,
  user_arn: same('requester'),
  http_user_agent: same('user_agent'),
  http_referrer: same('referer'),
  status: same('http_status'),
  http_method: { of: ['operation'], patterns: methods() },
  uri_path: same('request_uri'),
  url: same('request_uri'),
  command: same('operation'),
  signature: same('operation'),
  object: key,
  object_id: key,
  object_path: key,
  dest: same('host_header', 'bucket'),
  bytes: same('bytes_sent'),
  bytes_out: same('bytes_sent'),
  action: {
    of: ['operation'],
    patterns: [
      ['*.DELETE.*', 'deleted'],
      ['*.PUT.*', 'modified'],
      ['*.POST.*', 'modified'],
      ['*.GET.*', 'read'],
      ['*.HEAD.*', 'read'],
      ['*', 'unknown'],
    ],
  },
  reason: same('error_code'),
  result: { of: ['error_code'], values: { '*': 'failure' }, otherwise: 'success' },
  vendor_product: always('Amazon S3'),
  app: always('s3.amazonaws.com'),
  tag: always('web'),
  'source.ip': address,
  'user.name': requester,
  'user_agent.original': same('user_agent'),
  'event.action': same('operation'),
  'http.response.status_code': same('http_status'),
  'aws.s3access.bucket': same('bucket'),
  'aws.s3access.operation': same('operation'),
  'aws.s3access.key': key,
  'api.operation': same('operation'),
  'src_endpoint.ip': address,
}

function methods(): readonly (readonly [string, string])[] {
  return ['GET', 'PUT', 'POST', 'HEAD', 'DELETE', 'COPY', 'OPTIONS'].map(method => [`*.${method}.*`, method])
}

const caller = addressOf('callerIpAddress')
const ended: Alias = {
  of: ['statusCode'],
  patterns: [
    ['2*', 'success'],
    ['3*', 'success'],
    ['*', 'failure'],
  ],
}
const reader = same(
  ...[
    'identity.claim.upn',
    'identity.claim.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
    'identity.claim.appid',
    'identity.claim.oid',
  ],
)
const answer: Alias = {
  of: ['properties.httpStatusCode'],
  patterns: [
    ['2*', 'success'],
    ['*', 'failure'],
  ],
}

/** Names of CIM and ECS for Azure Key Vault. */
export const keyVaultAliases: Aliases = {
  src: caller,
  src_ip: caller,
  user: reader,
  user_name: reader,
  http_user_agent: same('properties.clientInfo'),
  status: answer,
  result: same('resultSignature', 'resultType'),
  command: same('operationName'),
  signature: same('operationName'),
  object: { of: ['properties.id'], last: '/' },
  object_id: same('properties.id'),
  object_path: same('properties.requestUri', 'properties.id'),
  dest: same('resourceId'),
  action: {
    of: ['operationName'],
    patterns: [
      ['*Get', 'read'],
      ['*List*', 'read'],
      ['*Delete', 'deleted'],
      ['*Purge', 'deleted'],
      ['*Create', 'created'],
      ['*Import', 'created'],
      ['*', 'modified'],
    ],
  },
  tag: {
    of: ['operationName'],
    patterns: [
      ['*Get', 'cloud'],
      ['*List*', 'cloud'],
      ['*', 'change'],
    ],
  },
  vendor_product: always('Azure Key Vault'),
  'event.action': same('operationName'),
  'event.outcome': answer,
  'source.ip': caller,
  'user.name': reader,
  'api.operation': same('operationName'),
  'src_endpoint.ip': caller,
}

const person = same(
  ...[
    'identity.requester.upn',
    'identity.requester.objectId',
    'identity.requester.appId',
    'identity.tokenHash',
  ],
)

/** Names of CIM and ECS for Azure Storage. */
export const storageBlobAliases: Aliases = {
  src: caller,
  src_ip: caller,
  user: person,
  user_name: person,
  user_agent: same('properties.userAgentHeader'),
  http_user_agent: same('properties.userAgentHeader'),
  status: same('statusCode'),
  reason: same('statusText'),
  command: same('operationName'),
  signature: same('operationName'),
  object: { of: ['properties.objectKey'], last: '/' },
  object_path: same('properties.objectKey', 'uri'),
  object_id: same('properties.objectKey'),
  dest: same('properties.accountName'),
  url: same('uri'),
  bytes_out: same('properties.responseBodySize'),
  bytes_in: same('properties.requestBodySize'),
  action: {
    of: ['category'],
    values: { StorageRead: 'read', StorageWrite: 'modified', StorageDelete: 'deleted' },
  },
  vendor_product: always('Azure Storage'),
  tag: always('web'),
  'event.outcome': ended,
  'user_agent.original': same('properties.userAgentHeader'),
  'source.ip': caller,
  'event.action': same('operationName'),
  'user.name': person,
  'api.operation': same('operationName'),
  'src_endpoint.ip': caller,
}
