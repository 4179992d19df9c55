import type { Alias, Aliases } from './alias.ts'
import { ACTIONS, addressOf, always, same } from './words.ts'

const result: Alias = {
  of: ['resultType', 'status.value', 'ActivityStatusValue'],
  patterns: [
    ['succe*', 'success'],
    ['accept*', 'success'],
    ['fail*', 'failure'],
    ['cancel*', 'failure'],
    ['start*', 'started'],
    ['*', 'unknown'],
  ],
}

const user = same(
  ...['Caller', 'caller', 'claims.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn'],
  ...[
    'identity.claims.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
    'claims.name',
    'claims.appid',
  ],
)
const address = addressOf('callerIpAddress', 'httpRequest.clientIpAddress', 'claims.ipaddr')
const path = same('resourceId', 'authorization.scope', 'id')
const object: Alias = { ...path, last: '/' }

/** Names of Splunk's add-on for Microsoft's cloud services, of CIM and ECS for Azure's activity log. */
export const azureActivityAliases: Aliases = {
  user,
  user_name: user,
  src_user: user,
  user_id: same('claims.http://schemas.microsoft.com/identity/claims/objectidentifier'),
  src: address,
  src_ip: address,
  command: same('operationName'),
  signature: same('operationName'),
  object,
  object_id: path,
  object_path: path,
  object_category: same('resourceType.value', 'ResourceProviderValue'),
  dest: object,
  resourceGroupName: { of: ['ResourceGroup', 'resourceGroup'] },
  caller: user,
  'operationName.value': same('operationName', 'operationNameValue'),
  'operationName.localizedValue': same('operationName'),
  'status.value': same('resultType', 'ActivityStatusValue'),
  'authorization.action': same('identity.authorization.action'),
  'authorization.scope': same('identity.authorization.scope'),
  'claims.name': same('identity.claims.name'),
  'claims.appid': same('identity.claims.appid'),
  'claims.ipaddr': same('identity.claims.ipaddr'),
  'identity.claims.name': same('claims.name'),
  'identity.claims.appid': same('claims.appid'),
  'identity.claims.ipaddr': same('claims.ipaddr'),
  resourceId: same('resourceUri', 'id', 'ResourceId'),
  resourceUri: same('resourceId', 'ResourceId'),
  action: { of: ['operationName'], patterns: ACTIONS },
  change_type: always('cloud'),
  result,
  status: result,
  reason: same('subStatus.value', 'resultSignature', 'properties.message'),
  vendor_account: same('subscriptionId', 'SubscriptionId', 'tenantId'),
  vendor_region: same('location'),
  vendor: always('Microsoft'),
  product: always('Azure'),
  vendor_product: always('Microsoft Azure'),
  vendor_res_code: same('subStatus.value', 'resultSignature'),
  dvc: object,
  app: same('ResourceProviderValue'),
  correlation_id: same('correlationId'),
  tag: {
    of: ['operationName'],
    patterns: ACTIONS.map(([pattern, says]) => [pattern, says === 'read' ? 'cloud' : 'change'] as const),
  },
  'event.action': same('operationName'),
  'event.outcome': result,
  'source.ip': address,
  'user.name': user,
  'azure.activitylogs.operation_name': same('operationName'),
  'azure.activitylogs.result_type': same('resultType'),
  'azure.activitylogs.category': same('category'),
  'azure.correlation_id': same('correlationId'),
  'azure.resource.id': same('resourceId'),
  'api.operation': same('operationName'),
  'actor.user.name': user,
  'src_endpoint.ip': address,
}
