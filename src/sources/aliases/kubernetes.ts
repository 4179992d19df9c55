import type { Alias, Aliases } from './alias.ts'
import { addressOf, always, same } from './words.ts'

const user = same('user.username')
const address = addressOf('sourceIPs{}')
const result: Alias = {
  of: ['responseStatus.code'],
  patterns: [
    ['1*', 'success'],
    ['2*', 'success'],
    ['3*', 'success'],
    ['*', 'failure'],
  ],
}

/** Names of CIM, ECS and OCSF for Kubernetes audit events. */
export const kubernetesAuditAliases: Aliases = {
  user,
  user_name: user,
  src_user: user,
  user_id: same('user.uid'),
  src: address,
  src_ip: address,
  user_agent: same('userAgent'),
  http_user_agent: same('userAgent'),
  command: same('verb'),
  signature: same('verb'),
  object: same('objectRef.name', 'objectRef.resource', 'requestURI'),
  object_id: same('objectRef.uid', 'objectRef.name'),
  object_category: same('objectRef.resource'),
  object_path: same('requestURI'),
  dest: same('objectRef.name', 'objectRef.resource'),
  namespace: same('objectRef.namespace'),
  apiGroup: same('objectRef.apiGroup'),
  status: result,
  result,
  reason: same('responseStatus.reason', 'responseStatus.message'),
  action: {
    of: ['verb'],
    values: {
      create: 'created',
      delete: 'deleted',
      deletecollection: 'deleted',
      update: 'modified',
      patch: 'modified',
      get: 'read',
      list: 'read',
      watch: 'read',
    },
  },
  change_type: always('cluster'),
  app: always('kubernetes'),
  vendor_product: always('Kubernetes'),
  tag: {
    of: ['verb'],
    patterns: [
      ['get', 'cloud'],
      ['list', 'cloud'],
      ['watch', 'cloud'],
      ['*', 'change'],
    ],
  },
  'event.action': same('verb'),
  'event.outcome': result,
  'source.ip': address,
  'user.name': user,
  'user_agent.original': same('userAgent'),
  'kubernetes.audit.verb': same('verb'),
  'kubernetes.audit.objectRef.resource': same('objectRef.resource'),
  'orchestrator.resource.name': same('objectRef.name'),
  'api.operation': same('verb'),
  'actor.user.name': user,
  'src_endpoint.ip': address,
}
