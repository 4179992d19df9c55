import type { Alias, Aliases } from './alias.ts'
import { ACTIONS, addressOf, always, same } from './words.ts'

/** Of a change the account that was changed, of a sign-in the one that signed in, as the add-on has it. */
const user = same(
  ...['properties.userPrincipalName', 'properties.targetResources{}.userPrincipalName'],
  ...['properties.targetResources{}.displayName', 'properties.initiatedBy.user.userPrincipalName'],
  ...[
    'properties.servicePrincipalName',
    'properties.appDisplayName',
    'properties.userDisplayName',
    'identity',
  ],
)
const actor = same(
  ...['properties.initiatedBy.user.userPrincipalName', 'properties.initiatedBy.app.displayName'],
  ...[
    'properties.initiatedBy.user.id',
    'properties.userPrincipalName',
    'properties.servicePrincipalName',
    'identity',
  ],
)
const address = addressOf('properties.ipAddress', 'properties.initiatedBy.user.ipAddress', 'callerIpAddress')
const agent = same('properties.userAgent', 'userAgent', 'properties.additionalDetails{}.value')
const object = same(
  ...['properties.targetResources{}.displayName', 'properties.targetResources{}.userPrincipalName'],
  ...['properties.targetResources{}.id', 'properties.resourceDisplayName'],
)

const result: Alias = {
  of: ['properties.result'],
  or: { of: ['resultType', 'properties.status.errorCode'], values: { '0': 'success', '*': 'failure' } },
}

const common: Aliases = {
  user,
  user_name: user,
  user_id: same('properties.userId', 'properties.servicePrincipalId', 'properties.targetResources{}.id'),
  user_agent: agent,
  http_user_agent: agent,
  src: address,
  src_ip: address,
  src_user: actor,
  src_user_id: same('properties.initiatedBy.user.id', 'properties.initiatedBy.app.servicePrincipalId'),
  object,
  object_id: same('properties.targetResources{}.id', 'properties.resourceId'),
  object_category: same('properties.targetResources{}.type', 'properties.category'),
  object_attrs: same('properties.targetResources{}.modifiedProperties{}.displayName'),
  result,
  status: result,
  reason: same('properties.resultReason', 'properties.status.failureReason', 'resultDescription'),
  resultDescription: same(
    'properties.resultReason',
    'properties.resultDescription',
    'properties.status.failureReason',
  ),
  command: same('operationName'),
  signature: same('operationName'),
  signature_id: same('properties.id'),
  change_type: always('AAA'),
  app: same('properties.appDisplayName', 'properties.loggedByService'),
  dest: same('properties.resourceDisplayName', 'properties.targetResources{}.displayName', 'tenantId'),
  vendor_account: same('tenantId'),
  vendor_product: always('Microsoft Entra ID'),
  authentication_method: same('properties.authenticationProtocol', 'properties.clientAppUsed'),
  authentication_service: always('AzureActiveDirectory'),
  UserPrincipalName: same('properties.userPrincipalName'),
  UserDisplayName: same('properties.userDisplayName'),
  UserId: same('properties.userId'),
  AppDisplayName: same('properties.appDisplayName'),
  AppId: same('properties.appId'),
  IPAddress: address,
  IpAddress: address,
  UserAgent: agent,
  ClientAppUsed: same('properties.clientAppUsed'),
  ConditionalAccessStatus: same('properties.conditionalAccessStatus'),
  RiskLevelDuringSignIn: same('properties.riskLevelDuringSignIn'),
  RiskLevelAggregated: same('properties.riskLevelAggregated'),
  CorrelationId: same('correlationId', 'properties.correlationId'),
  'event.action': same('operationName'),
  'event.outcome': result,
  'source.ip': address,
  'user.name': user,
  'user_agent.original': agent,
  'azure.signinlogs.properties.status.error_code': same('properties.status.errorCode'),
  'azure.auditlogs.operation_name': same('operationName'),
  'api.operation': same('operationName'),
  'actor.user.name': actor,
  'src_endpoint.ip': address,
}

/** Names of Splunk's add-on, of CIM and ECS for sign-ins to Entra. */
export const entraSigninAliases: Aliases = { ...common, action: result, tag: always('authentication') }

/** The same for its audit log; for ECS the user is who acted. */
export const entraAuditAliases: Aliases = {
  ...common,
  'user.name': actor,
  action: { of: ['operationName'], patterns: ACTIONS },
  tag: always('change'),
}

/** The same for risk detections. */
export const entraRiskAliases: Aliases = {
  ...common,
  activity: same('properties.activity'),
  action: same('properties.riskState'),
  severity: same('properties.riskLevel'),
  tag: always('alert'),
}
