import { isObject, type JsonObject } from '../../core/json.ts'

/** What an event of Microsoft Entra is about. */
export type Kind = 'signin' | 'audit' | 'risk'

/** Whose form it has: Azure Monitor's export, Graph's, or a row of Log Analytics. */
export type Form = 'diagnostic' | 'graph' | 'table'

const CATEGORIES: ReadonlyMap<string, Kind> = new Map([
  ['SignInLogs', 'signin'],
  ['SigninLogs', 'signin'],
  ['NonInteractiveUserSignInLogs', 'signin'],
  ['ServicePrincipalSignInLogs', 'signin'],
  ['ManagedIdentitySignInLogs', 'signin'],
  ['ADFSSignInLogs', 'signin'],
  ['AuditLogs', 'audit'],
  ['ProvisioningLogs', 'audit'],
  ['UserRiskEvents', 'risk'],
  ['ServicePrincipalRiskEvents', 'risk'],
  ['RiskyUsers', 'risk'],
  ['RiskyServicePrincipals', 'risk'],
])

const TABLES: ReadonlyMap<string, Kind> = new Map([
  ['SigninLogs', 'signin'],
  ['AADNonInteractiveUserSignInLogs', 'signin'],
  ['AADServicePrincipalSignInLogs', 'signin'],
  ['AADManagedIdentitySignInLogs', 'signin'],
  ['AuditLogs', 'audit'],
  ['AADUserRiskEvents', 'risk'],
])

/** What kind of event of Entra a record is, and its form; `undefined` if it is none. Cheap for records that are none. */
export function kindOf(record: JsonObject): readonly [Kind, Form] | undefined {
  const { category, properties } = record
  if (isObject(properties)) {
    const kind = typeof category === 'string' ? CATEGORIES.get(category) : undefined
    if (kind !== undefined) return [kind, 'diagnostic']
    // Other exporters write the category of the activity itself, such as `UserManagement`.
    return properties['activityDisplayName'] !== undefined && properties['loggedByService'] !== undefined
      ? ['audit', 'diagnostic']
      : undefined
  }
  return graphKind(record) ?? tableKind(record)
}

function graphKind(record: JsonObject): readonly [Kind, Form] | undefined {
  if (record['riskEventType'] !== undefined && record['riskLevel'] !== undefined) return ['risk', 'graph']
  if (record['activityDisplayName'] !== undefined && record['initiatedBy'] !== undefined)
    return ['audit', 'graph']
  const signin =
    record['createdDateTime'] !== undefined &&
    record['appId'] !== undefined &&
    (record['userPrincipalName'] !== undefined || record['servicePrincipalId'] !== undefined) &&
    (record['ipAddress'] !== undefined || record['status'] !== undefined)
  return signin ? ['signin', 'graph'] : undefined
}

function tableKind(record: JsonObject): readonly [Kind, Form] | undefined {
  const type = record['Type']
  const kind = typeof type === 'string' ? TABLES.get(type) : undefined
  if (kind !== undefined) return [kind, 'table']
  if (record['ActivityDisplayName'] !== undefined && record['InitiatedBy'] !== undefined)
    return ['audit', 'table']
  const signin = record['ResultType'] !== undefined && record['AppDisplayName'] !== undefined
  return signin ? ['signin', 'table'] : undefined
}
