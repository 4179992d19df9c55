import { columns, type LakeTable } from './table.ts'

/** Sign-ins to Entra. */
export const entraSigninTable: LakeTable = {
  source: 'entra-signin',
  promoted: columns(
    'operationName',
    'category',
    'resultType',
    'resultDescription',
    'ResultType',
    'Status',
    'properties.userPrincipalName',
    'properties.appDisplayName',
    'properties.ipAddress',
    'properties.clientAppUsed',
    'properties.authenticationProtocol',
    'properties.authenticationRequirement',
    'properties.conditionalAccessStatus',
  ),
  parts: columns('properties'),
}
