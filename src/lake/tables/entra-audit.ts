import { columns, type LakeTable } from './table.ts'

/** The audit log of Entra. */
export const entraAuditTable: LakeTable = {
  source: 'entra-audit',
  promoted: columns(
    'operationName',
    'category',
    'properties.activityDisplayName',
    'properties.result',
    'properties.loggedByService',
    'properties.operationType',
    'properties.initiatedBy.user.userPrincipalName',
    'properties.initiatedBy.app.displayName',
  ),
  parts: columns('properties'),
}
