import { columns, type LakeTable } from './table.ts'

/** Kubernetes audit events. */
export const kubernetesAuditTable: LakeTable = {
  source: 'kubernetes-audit',
  promoted: columns(
    'verb',
    'stage',
    'requestURI',
    'userAgent',
    'user.username',
    'objectRef.resource',
    'objectRef.namespace',
    'objectRef.name',
    'objectRef.subresource',
    'responseStatus.reason',
  ),
  parts: columns('requestObject', 'responseObject'),
}
