import type { LogSource } from '../../core/log-source.ts'

/**
 * The names under which the raw log of a log source has what rules call by a logical name, the likeliest first;
 * a name that is native stays as it is. Sigma's taxonomy leaves this to the tool that reads the log.
 */
export function mapField(logsource: LogSource, name: string): readonly string[] {
  for (const mapping of MAPPINGS) {
    if (mapping.product !== logsource.product) continue
    if (mapping.service !== undefined && mapping.service !== logsource.service) continue
    const native = mapping.names.get(name) ?? mapping.rest?.(name)
    if (native !== undefined) return native
  }
  return [name]
}

interface Mapping {
  readonly product: string
  /** Absent: all services of the product that have no entry before. */
  readonly service?: string
  readonly names: ReadonlyMap<string, readonly string[]>
  /** Names that follow a pattern. */
  rest?(name: string): readonly string[] | undefined
}

/** Sign-in logs are exported flat and capitalised or with `properties`; rules use either, with slips. */
const signIns = names({
  ResultType: ['ResultType', 'resultType', 'properties.status.errorCode'],
  resultType: ['resultType', 'ResultType', 'properties.status.errorCode'],
  ResultDescription: ['ResultDescription', 'resultDescription', 'properties.status.failureReason'],
  resultDescription: ['resultDescription', 'ResultDescription', 'properties.status.failureReason'],
  Resultdescription: ['ResultDescription', 'resultDescription', 'properties.status.failureReason'],
  'properties.message': ['properties.message', 'resultDescription', 'properties.status.failureReason'],
  AuthenticationRequirement: ['AuthenticationRequirement', 'properties.authenticationRequirement'],
  'properties.authenticationRequirement': [
    'properties.authenticationRequirement',
    'AuthenticationRequirement',
  ],
  conditionalAccessStatus: ['conditionalAccessStatus', 'properties.conditionalAccessStatus'],
  RiskState: ['RiskState', 'properties.riskState'],
  ResourceDisplayName: ['ResourceDisplayName', 'properties.resourceDisplayName'],
  NetworkLocationDetails: ['NetworkLocationDetails', 'properties.networkLocationDetails'],
  'DeviceDetail.trusttype': ['DeviceDetail.trustType', 'properties.deviceDetail.trustType'],
  'properties.deviceDetail.trusttype': ['properties.deviceDetail.trustType', 'DeviceDetail.trustType'],
  'DeviceDetail.isCompliant': ['DeviceDetail.isCompliant', 'properties.deviceDetail.isCompliant'],
  'DeviceDetail.deviceId': ['DeviceDetail.deviceId', 'properties.deviceDetail.deviceId'],
  'properties.deviceDetail.deviceId': ['properties.deviceDetail.deviceId', 'DeviceDetail.deviceId'],
  Location: ['Location', 'location', 'properties.location.countryOrRegion'],
  location: ['location', 'Location', 'properties.location.countryOrRegion'],
  userAgent: ['userAgent', 'UserAgent', 'properties.userAgent'],
  ClientApp: ['ClientAppUsed', 'properties.clientAppUsed'],
  Username: ['UserPrincipalName', 'properties.userPrincipalName'],
  TargetUserName: ['UserPrincipalName', 'properties.userPrincipalName'],
  IPaddress: ['IPAddress', 'callerIpAddress', 'properties.ipAddress'],
  callerIpAddress: ['callerIpAddress', 'IPAddress', 'properties.ipAddress'],
  Status: ['Status', 'properties.status'],
  DeviceInfo: ['DeviceDetail', 'properties.deviceDetail'],
  'Initiatied.By': ['InitiatedBy', 'properties.initiatedBy'],
})

const directoryAudit = names({
  Category: ['Category', 'category', 'properties.category'],
  category: ['category', 'Category', 'properties.category'],
  OperationName: ['OperationName', 'operationName', 'properties.activityDisplayName'],
  operationName: ['operationName', 'OperationName', 'properties.activityDisplayName'],
  ActivityDisplayName: ['ActivityDisplayName', 'properties.activityDisplayName', 'operationName'],
  activityType: ['activityType', 'properties.activityDisplayName', 'operationName'],
  ActivityType: ['ActivityType', 'properties.activityDisplayName', 'operationName'],
  'properties.message': [
    'properties.message',
    'properties.activityDisplayName',
    'operationName',
    'OperationName',
  ],
  Status: ['Status', 'Result', 'properties.result'],
  'properties.result': ['properties.result', 'Result'],
  LoggedByService: ['LoggedByService', 'properties.loggedByService'],
  'properties.loggedByService': ['properties.loggedByService', 'LoggedByService'],
  failure_status_reason: ['ResultReason', 'properties.resultReason'],
  TargetResources: ['TargetResources', 'properties.targetResources'],
  Target: ['TargetResources', 'properties.targetResources'],
  'properties.targetResources': ['properties.targetResources', 'TargetResources'],
  'properties.TargetResources': ['properties.targetResources', 'TargetResources'],
  'targetResources.type': ['properties.targetResources.type', 'TargetResources.type'],
  'TargetResources.modifiedProperties': [
    'TargetResources.modifiedProperties',
    'properties.targetResources.modifiedProperties',
  ],
  'TargetResources.modifiedProperties.newValue': [
    'TargetResources.modifiedProperties.newValue',
    'properties.targetResources.modifiedProperties.newValue',
  ],
  'TargetResources.ModifiedProperties.DisplayName': [
    'TargetResources.modifiedProperties.displayName',
    'properties.targetResources.modifiedProperties.displayName',
  ],
  'TargetResources.ModifiedProperties.NewValue': [
    'TargetResources.modifiedProperties.newValue',
    'properties.targetResources.modifiedProperties.newValue',
  ],
  'additionalDetails.additionalInfo': ['AdditionalDetails', 'properties.additionalDetails'],
  'properties.additionalDetails.additionalInfo': ['properties.additionalDetails', 'AdditionalDetails'],
  Initiatedby: ['InitiatedBy', 'properties.initiatedBy'],
  'Initiatied.By': ['InitiatedBy', 'properties.initiatedBy'],
  'properties.initiatedby': ['properties.initiatedBy', 'InitiatedBy'],
  'properties.initiatedBy': ['properties.initiatedBy', 'InitiatedBy'],
  // Consent is one of the changed properties, by its name.
  'ConsentContext.IsAdminConsent': [
    'ConsentContext.IsAdminConsent',
    'properties.targetResources.modifiedProperties.newValue',
  ],
})

const activity = names({
  operationName: ['operationName', 'operationName.value', 'operationNameValue', 'OperationNameValue'],
  OperationNameValue: ['OperationNameValue', 'operationNameValue', 'operationName', 'operationName.value'],
  CategoryValue: ['CategoryValue', 'categoryValue', 'category', 'category.value'],
  category: ['category', 'category.value', 'categoryValue', 'CategoryValue'],
  ResourceProviderValue: ['ResourceProviderValue', 'resourceProviderValue', 'resourceProviderName.value'],
  ResourceId: ['ResourceId', 'resourceId'],
  resourceId: ['resourceId', 'ResourceId'],
  'properties.message': ['properties.message', 'operationName', 'operationName.value', 'OperationNameValue'],
})

const risks = names({ riskEventType: ['riskEventType', 'properties.riskEventType', 'RiskEventType'] })

/** Alerts of the compliance centre as the unified audit log has them. */
const alerts = names({
  eventSource: ['eventSource', 'Workload'],
  eventName: ['eventName', 'Name', 'Operation'],
  status: ['status', 'ResultStatus', 'Status'],
})

/** Rules name the group beside the object, and what a pod asks for wherever that stands. */
const kubernetes = names({
  apiGroup: ['apiGroup', 'objectRef.apiGroup'],
  hostPath: ['hostPath', 'requestObject.spec.volumes.hostPath'],
  capabilities: [
    'capabilities',
    'requestObject.spec.containers.securityContext.capabilities',
    'requestObject.spec.initContainers.securityContext.capabilities',
  ],
})

const workspace = names({
  eventService: ['eventService', 'protoPayload.serviceName', 'id.applicationName'],
  eventName: ['eventName', 'protoPayload.metadata.event.eventName', 'events.name'],
  // Parameters are pairs of name and value; which pair it was is lost where they have no names of their own.
  setting_name: ['setting_name', 'protoPayload.metadata.event.parameter.value', 'events.parameters.value'],
  new_value: ['new_value', 'protoPayload.metadata.event.parameter.value', 'events.parameters.value'],
  'protoPayload.Servicename': ['protoPayload.serviceName'],
})

const MAPPINGS: readonly Mapping[] = [
  { product: 'gcp', service: 'gcp.audit', names: names({}), rest: googleAudit },
  { product: 'gcp', service: 'google_workspace.admin', names: workspace },
  { product: 'gcp', service: 'google_workspace.login', names: workspace },
  { product: 'azure', service: 'signinlogs', names: signIns, rest: directory },
  { product: 'azure', service: 'auditlogs', names: directoryAudit, rest: directory },
  { product: 'azure', service: 'activitylogs', names: activity },
  { product: 'azure', service: 'riskdetection', names: risks },
  { product: 'azure', service: 'pim', names: risks },
  { product: 'kubernetes', names: kubernetes },
  { product: 'm365', service: 'threat_management', names: alerts },
  { product: 'm365', service: 'threat_detection', names: alerts },
  { product: 'm365', service: 'exchange', names: alerts },
]

/** What Log Analytics has in a column (`IPAddress`) and Graph at the top (`ipAddress`) is in each form a property too. */
function directory(name: string): readonly string[] | undefined {
  if (!/^[A-Za-z]/.test(name) || name.startsWith('properties.')) return undefined
  const own = name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, capitals => capitals.toLowerCase())
  return [name, `properties.${own}`]
}

/** `gcp.audit.method_name` is ECS for `protoPayload.methodName`; `data.` is the envelope of a subscription. */
function googleAudit(name: string): readonly string[] | undefined {
  const logical = /^gcp\.audit\.(.+)$/.exec(name)?.[1]
  if (logical !== undefined) {
    return [`protoPayload.${logical.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}`]
  }
  const enveloped = /^data\.(.+)$/.exec(name)?.[1]
  if (enveloped === undefined) return undefined
  // Rules look inside the payload for what stands beside it.
  const beside = /^protoPayload\.((?:logName|resource)\b.*)$/.exec(enveloped)?.[1]
  return beside === undefined ? [enveloped] : [beside, enveloped]
}

function names(table: {
  readonly [name: string]: readonly string[]
}): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(table))
}
