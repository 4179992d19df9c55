import { columns, type LakeTable } from './table.ts'

/** Risk detections of Entra. */
export const entraRiskTable: LakeTable = {
  source: 'entra-risk',
  promoted: columns(
    'operationName',
    'category',
    'riskEventType',
    'riskLevel',
    'properties.riskEventType',
    'properties.riskLevel',
    'properties.userPrincipalName',
  ),
  parts: columns('properties'),
}
