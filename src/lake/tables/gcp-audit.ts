import { columns, type LakeTable } from './table.ts'

/** Audit logs of Google Cloud. */
export const gcpAuditTable: LakeTable = {
  source: 'gcp-audit',
  promoted: columns(
    'logName',
    'insertId',
    'severity',
    'resource.type',
    'resource.labels.project_id',
    'protoPayload.methodName',
    'protoPayload.serviceName',
    'protoPayload.resourceName',
    'protoPayload.authenticationInfo.principalEmail',
    'protoPayload.requestMetadata.callerIp',
    'protoPayload.requestMetadata.callerSuppliedUserAgent',
  ),
  parts: columns('protoPayload'),
}
