import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { readableTime } from '../find-time.ts'
import { type Additions, at, listOf, opened, text, timeColumn, withMembers } from '../members.ts'
import { type Growing, put } from '../put.ts'
import { type Form, type Kind, kindOf } from './forms.ts'

/**
 * An event of Entra under the names of all its forms: those of Azure Monitor's export (`operationName`, `properties.…`),
 * which Splunk has, and beside them those of Log Analytics (`OperationName`, `ResultType` …), which Sigma's rules use.
 */
export function flat(record: JsonObject): JsonObject {
  const found = kindOf(record)
  if (found === undefined) return record
  const [kind, form] = found
  const properties = propertiesOf(record, form)
  return withMembers(record, {
    ...(form === 'diagnostic' ? {} : { properties }),
    ...envelope(record, properties, kind),
    ...tableNames(record, properties, kind),
  })
}

/** What Graph has at the top, and Log Analytics with capitals, Azure Monitor has in `properties`. */
function propertiesOf(record: JsonObject, form: Form): JsonObject {
  const own = record['properties']
  if (form === 'diagnostic') return isObject(own) ? own : {}
  if (form === 'graph') return record
  const found: Growing = {}
  for (const [name, value] of Object.entries(record)) {
    const own = name.slice(0, 1).toLowerCase() + name.slice(1)
    if (own.endsWith(UTC)) put(found, own.slice(0, -UTC.length), readableTime(text(value) ?? ''))
    else put(found, own, opened(value) ?? value)
  }
  put(found, 'ipAddress', record['IPAddress'] ?? null)
  return found
}

/** What tables of CSV add to the name of a column of times. */
const UTC = ' [UTC]'

const CATEGORY: Readonly<Record<Kind, string>> = {
  signin: 'SignInLogs',
  audit: 'AuditLogs',
  risk: 'UserRiskEvents',
}

function envelope(record: JsonObject, properties: JsonObject, kind: Kind): Additions {
  return {
    operationName:
      record['OperationName'] ??
      properties['activityDisplayName'] ??
      (kind === 'signin' ? 'Sign-in activity' : properties['activity']),
    category: record['Category'] ?? CATEGORY[kind],
    time:
      timeColumn(record, 'TimeGenerated') ??
      properties['activityDateTime'] ??
      properties['createdDateTime'] ??
      properties['detectedDateTime'],
    resultType: record['ResultType'] ?? text(at(properties, 'status', 'errorCode')),
    resultDescription: record['ResultDescription'] ?? at(properties, 'status', 'failureReason'),
    callerIpAddress: properties['ipAddress'],
  }
}

/** Names that Sigma's rules have, where the log has another. */
function tableNames(record: JsonObject, properties: JsonObject, kind: Kind): Additions {
  const pick = (name: string): Json | undefined => properties[name] ?? undefined
  const common = {
    OperationName: record['operationName'] ?? pick('activityDisplayName'),
    Category: kind === 'audit' ? pick('category') : record['category'],
    userAgent: pick('userAgent') ?? detail(properties, 'User-Agent'),
  }
  switch (kind) {
    case 'signin':
      return { ...common, ...signinNames(record, properties) }
    case 'audit':
      return { ...common, ...auditNames(properties) }
    case 'risk':
      return { ...common, riskEventType: pick('riskEventType'), riskLevel: pick('riskLevel') }
  }
}

function signinNames(record: JsonObject, properties: JsonObject): Additions {
  const code = text(record['resultType'] ?? at(properties, 'status', 'errorCode'))
  const pick = (name: string): Json | undefined => properties[name] ?? undefined
  return {
    ResultType: code,
    ResultDescription: record['resultDescription'] ?? at(properties, 'status', 'failureReason'),
    Status: code === undefined ? undefined : code === '0' ? 'Success' : 'Failure',
    AuthenticationRequirement: pick('authenticationRequirement'),
    ResourceDisplayName: pick('resourceDisplayName'),
    RiskState: pick('riskState'),
    NetworkLocationDetails: pick('networkLocationDetails'),
    Location: at(properties, 'location', 'countryOrRegion') ?? record['location'],
    DeviceDetail: deviceOf(properties['deviceDetail']),
    ClientApp: pick('clientAppUsed'),
    Username: pick('userPrincipalName'),
    TargetUserName: pick('userPrincipalName'),
    Resultdescription: record['resultDescription'] ?? at(properties, 'status', 'failureReason'),
    ActivityDetails: 'Sign-ins',
    IPaddress: pick('ipAddress'),
    conditionalAccessStatus: pick('conditionalAccessStatus'),
    homeTenantId: pick('homeTenantId'),
    resourceTenantId: pick('resourceTenantId'),
  }
}

/** Sigma writes `trusttype` where the log has `trustType`. */
function deviceOf(device: Json | undefined): Json | undefined {
  const own = opened(device)
  if (!isObject(own)) return
  return own['trustType'] === undefined ? own : { ...own, trusttype: own['trustType'] }
}

function auditNames(properties: JsonObject): Additions {
  const pick = (name: string): Json | undefined => properties[name] ?? undefined
  const result = text(properties['result'])
  return {
    ActivityDisplayName: pick('activityDisplayName'),
    // Sigma's older rules say `properties.message` for what the portal shows.
    'properties.message': pick('activityDisplayName') ?? pick('operationName'),
    LoggedByService: pick('loggedByService'),
    Status: result === undefined ? undefined : result.slice(0, 1).toUpperCase() + result.slice(1),
    TargetResources: capitals(pick('targetResources')),
    targetResources: pick('targetResources'),
    Target: at(listOf(properties['targetResources'])[0], 'displayName'),
    InitiatedBy: pick('initiatedBy'),
    additionalDetails: pick('additionalDetails'),
  }
}

/** Sigma writes `ModifiedProperties.NewValue` where the log has `modifiedProperties.newValue`. */
function capitals(targets: Json | undefined): Json | undefined {
  if (!Array.isArray(targets)) return targets
  return targets.map(target => {
    const changes = listOf(at(target, 'modifiedProperties'))
    if (!isObject(target) || changes.length === 0) return target
    const named = ['displayName', 'oldValue', 'newValue'] as const
    const ModifiedProperties = changes.map(change =>
      Object.fromEntries(
        named.map(name => [name.slice(0, 1).toUpperCase() + name.slice(1), at(change, name) ?? null]),
      ),
    )
    return { ...target, ModifiedProperties }
  })
}

function detail(properties: JsonObject, key: string): Json | undefined {
  const found = listOf(properties['additionalDetails']).find(item => at(item, 'key') === key)
  return at(found, 'value')
}
