import type { Alias, Aliases } from './alias.ts'
import { addressOf, always, same } from './words.ts'

const person = same('actor.alternateId', 'actor.displayName', 'actor.id')
const client = addressOf('client.ipAddress')
const agent = same('client.userAgent.rawUserAgent')
const outcome: Alias = {
  of: ['outcome.result'],
  values: { SUCCESS: 'success', ALLOW: 'success', FAILURE: 'failure', DENY: 'failure', '*': 'unknown' },
}
const target = same('target{}.alternateId', 'target{}.displayName')

/** CIM's word for what an event of Okta did, by its type. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['*.create', 'created'],
  ['*.add', 'created'],
  ['*.grant', 'created'],
  ['*.delete*', 'deleted'],
  ['*.remove', 'deleted'],
  ['*.revoke', 'deleted'],
  ['*.activate', 'modified'],
  ['*.deactivate', 'modified'],
  ['*.update*', 'modified'],
  ['*.reset*', 'modified'],
]

/** Names of Splunk's add-on for Okta, of CIM, ECS and OCSF. */
export const oktaAliases: Aliases = {
  user: person,
  user_name: person,
  user_id: same('actor.id'),
  src_user: person,
  src_user_id: same('actor.id'),
  src_user_type: same('actor.type'),
  src: client,
  src_ip: client,
  user_agent: agent,
  http_user_agent: agent,
  app: { ...same('target{}.displayName'), otherwise: 'Okta' },
  dest: { ...target, otherwise: 'Okta' },
  dvc: always('Okta'),
  object: target,
  object_id: same('target{}.id'),
  object_category: same('target{}.type'),
  command: same('eventType'),
  signature: same('eventType'),
  signature_id: same('uuid'),
  description: same('displayMessage'),
  reason: same('outcome.reason'),
  result: same('outcome.result'),
  status: outcome,
  session_id: same('authenticationContext.externalSessionId'),
  action: { of: ['eventType'], patterns: CHANGES, or: outcome },
  change_type: always('AAA'),
  vendor_product: always('Okta Identity Cloud'),
  authentication_service: always('Okta'),
  authentication_method: same('authenticationContext.credentialType'),
  tag: {
    of: ['eventType'],
    patterns: [
      ['user.session.*', 'authentication'],
      ['user.authentication.*', 'authentication'],
      ['policy.evaluate_sign_on', 'authentication'],
      ['app.generic.unauth_app_access_attempt', 'authentication'],
      ...CHANGES.map(([pattern]) => [pattern, 'change'] as const),
    ],
  },
  'event.action': same('eventType'),
  'event.outcome': outcome,
  'source.ip': client,
  'user.name': person,
  'user_agent.original': agent,
  'okta.event_type': same('eventType'),
  'okta.outcome.result': same('outcome.result'),
  'okta.actor.alternate_id': same('actor.alternateId'),
  'api.operation': same('eventType'),
  'actor.user.name': person,
  'src_endpoint.ip': client,
}

const address = addressOf('actor_ip', 'ip_address')
const repository = same('repo', 'repository')

/** Names of CIM, ECS and OCSF for GitHub's audit log. */
export const githubAuditAliases: Aliases = {
  user: same('actor'),
  src_user: same('actor'),
  src: address,
  src_ip: address,
  http_user_agent: same('user_agent'),
  command: same('action'),
  signature: same('action'),
  signature_id: same('_document_id'),
  object: same('repo', 'user', 'team', 'org'),
  object_category: { of: ['action'], patterns: [['repo.*', 'repository']], otherwise: 'organization' },
  dest: repository,
  vendor_account: same('org', 'business'),
  vendor_product: always('GitHub'),
  change_type: always('source control'),
  tag: always('change'),
  'event.action': same('action'),
  'source.ip': address,
  'user.name': same('actor'),
  'user_agent.original': same('user_agent'),
  'github.org': same('org'),
  'github.repo': repository,
  'api.operation': same('action'),
  'actor.user.name': same('actor'),
  'src_endpoint.ip': address,
}
