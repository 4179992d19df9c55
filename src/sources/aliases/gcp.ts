import type { Alias, Aliases } from './alias.ts'
import { ACTIONS, addressOf, always, same } from './words.ts'

const user = same(
  'protoPayload.authenticationInfo.principalEmail',
  'protoPayload.authenticationInfo.principalSubject',
)
const address = addressOf('protoPayload.requestMetadata.callerIp')
const agent = same('protoPayload.requestMetadata.callerSuppliedUserAgent')
const path = same('protoPayload.resourceName')
const project = same('resource.labels.project_id')
const result: Alias = {
  of: ['protoPayload.status.code'],
  values: { '0': 'success', '*': 'failure' },
  otherwise: 'success',
}
/** Names of Splunk's add-on for Google Cloud, of CIM, ECS and OCSF for its audit logs. */
export const gcpAuditAliases: Aliases = {
  user,
  user_id: user,
  user_name: user,
  src_user: user,
  src: address,
  src_ip: address,
  user_agent: agent,
  http_user_agent: agent,
  command: same('protoPayload.methodName'),
  signature: same('protoPayload.methodName'),
  object: { ...path, last: '/' },
  object_id: path,
  object_path: path,
  object_category: same('resource.type'),
  dest: path,
  app: same('protoPayload.serviceName'),
  action: { of: ['protoPayload.methodName'], patterns: ACTIONS },
  status: result,
  result,
  reason: same('protoPayload.status.message'),
  change_type: always('cloud'),
  severity: same('severity'),
  vendor_account: project,
  project_id: project,
  vendor_region: same('resource.labels.location'),
  vendor_product: always('Google Cloud Platform'),
  tag: {
    of: ['logName'],
    patterns: [
      ['*activity', 'change'],
      ['*', 'cloud'],
    ],
  },
  'event.action': same('protoPayload.methodName'),
  'event.outcome': result,
  'source.ip': address,
  'user.email': user,
  'user.name': user,
  'user_agent.original': agent,
  'cloud.project.id': project,
  'gcp.audit.authentication_info.principal_email': user,
  'gcp.audit.authorization_info.permission': same('protoPayload.authorizationInfo{}.permission'),
  'api.operation': same('protoPayload.methodName'),
  'api.service.name': same('protoPayload.serviceName'),
  'actor.user.name': user,
  'actor.user.email_addr': user,
  'src_endpoint.ip': address,
  'http_request.user_agent': agent,
}
