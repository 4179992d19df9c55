import type { Alias, Aliases } from './alias.ts'
import { ACTIONS, addressOf, always, same } from './words.ts'

const address = addressOf('ClientIP', 'ClientIPAddress', 'ActorIpAddress', 'SenderIp', 'SenderIP')
const agent = same('UserAgent', 'ClientInfoString')
const user = same('UserId', 'UserKey')
const result: Alias = {
  of: ['Operation'],
  patterns: [
    ['*LoginFailed', 'failure'],
    ['*LogonFailed', 'failure'],
  ],
  or: {
    of: ['ResultStatus'],
    patterns: [
      ['fail*', 'failure'],
      ['false', 'failure'],
      ['*', 'success'],
    ],
    otherwise: 'success',
  },
}
const object = same(
  ...['Item.ParentFolder.Name', 'ObjectId', 'SourceFileName', 'SiteUrl', 'MailboxOwnerUPN', 'Name'],
)

/** Names of Splunk's add-on for Microsoft 365, of CIM, ECS and OCSF. */
export const m365Aliases: Aliases = {
  user,
  user_id: user,
  user_name: user,
  src_user: user,
  src_user_type: same('UserType'),
  user_type: same('UserType'),
  user_agent: agent,
  http_user_agent: agent,
  src: address,
  src_ip: address,
  object,
  object_id: same('ObjectId', 'Id'),
  object_path: same('ObjectId', 'SiteUrl'),
  object_category: same('ItemType', 'Workload'),
  object_attrs: same('ModifiedProperties{}.Name'),
  file_name: same('SourceFileName'),
  file_path: same('SourceRelativeUrl', 'ObjectId'),
  dest: same('ObjectId', 'SiteUrl', 'Workload'),
  dest_name: same('Workload'),
  dvc: same('Workload'),
  event_type: same('AzureActiveDirectoryEventType'),
  command: same('Operation'),
  signature: same('LogonError', 'Operation'),
  signature_id: same('Id', 'ErrorNumber'),
  reason: same('LogonError', 'ResultStatusDetail'),
  result: same('ResultStatus'),
  status: result,
  action: {
    of: ['Operation'],
    patterns: [['UserLoggedIn', 'success'], ['UserLoginFailed', 'failure'], ...ACTIONS],
    otherwise: 'unknown',
  },
  change_type: same('Workload'),
  app: same('Workload'),
  authentication_service: same('Workload'),
  authentication_method: same('AuthenticationMethod', 'ExtendedProperties.UserAuthenticationMethod'),
  record_type: same('RecordType'),
  tenant_id: same('OrganizationId'),
  vendor_account: same('OrganizationId'),
  vendor_product: always('Microsoft Office 365'),
  tag: {
    of: ['Operation'],
    patterns: [
      ['UserLog*', 'authentication'],
      ...ACTIONS.map(([pattern, says]) => [pattern, says === 'read' ? 'cloud' : 'change'] as const),
      ['AlertTriggered', 'alert'],
      ['DLPRuleMatch', 'dlp'],
    ],
  },
  'event.action': same('Operation'),
  'event.provider': same('Workload'),
  'event.outcome': result,
  'source.ip': address,
  'user.id': user,
  'user.name': user,
  'user_agent.original': agent,
  'o365.audit.Operation': same('Operation'),
  'o365.audit.Workload': same('Workload'),
  'o365.audit.UserId': user,
  'api.operation': same('Operation'),
  'actor.user.name': user,
  'src_endpoint.ip': address,
}
