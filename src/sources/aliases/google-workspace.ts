import type { Alias, Aliases } from './alias.ts'
import { ACTIONS, addressOf, always, same } from './words.ts'

const actor = same('actor.email', 'actor.key', 'actor.profileId')
/** Whom an administrator acted on, else who acted. */
const user = same('parameters.USER_EMAIL', 'parameters.target_user', 'actor.email', 'actor.profileId')
const address = addressOf('ipAddress')
const challenge = same(
  'parameters.login_challenge_method{}',
  'parameters.login_challenge_method',
  'parameters.login_type',
)
const result: Alias = {
  of: ['event.name'],
  patterns: [
    ['*_failure', 'failure'],
    ['*_failed', 'failure'],
    ['*_blocked', 'failure'],
    ['*', 'success'],
  ],
}

/** Names of Splunk's two add-ons for Google Workspace, of CIM and ECS. */
export const googleWorkspaceAliases: Aliases = {
  user,
  user_name: actor,
  src_user: actor,
  email: same('parameters.target_user', 'actor.email'),
  src: address,
  src_ip: address,
  ip_address: address,
  command: same('event.name'),
  name: same('event.name'),
  signature: same('event.name'),
  object: same(
    'parameters.doc_title',
    'parameters.USER_EMAIL',
    'parameters.GROUP_EMAIL',
    'parameters.app_name',
  ),
  object_id: same('parameters.doc_id', 'parameters.USER_EMAIL'),
  object_category: same('parameters.doc_type', 'event.type'),
  dest: same('parameters.doc_id', 'id.applicationName'),
  app: same('id.applicationName'),
  authentication_method: challenge,
  login_challenge_method: challenge,
  status: result,
  result,
  action: {
    of: ['event.name'],
    patterns: [
      ['login_success', 'success'],
      ['login_failure', 'failure'],
      ['CREATE*', 'created'],
      ['DELETE*', 'deleted'],
      ['REMOVE*', 'deleted'],
      ['UNENROLL*', 'modified'],
      ['TOGGLE*', 'modified'],
      ['ASSIGN*', 'modified'],
      ['download', 'read'],
      ['view', 'read'],
      ...ACTIONS,
    ],
    otherwise: 'unknown',
  },
  change_type: same('event.type'),
  vendor_account: same('id.customerId'),
  vendor_product: always('Google Workspace'),
  tag: {
    of: ['id.applicationName'],
    patterns: [
      ['login', 'authentication'],
      ['*', 'change'],
    ],
  },
  'event.action': same('event.name'),
  'event.provider': same('id.applicationName'),
  'event.outcome': result,
  'source.ip': address,
  'user.email': actor,
  'source.user.email': actor,
  'google_workspace.event.type': same('event.type'),
  'api.operation': same('event.name'),
  'actor.user.email_addr': actor,
  'src_endpoint.ip': address,
}
