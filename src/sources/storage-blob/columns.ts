import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { type Additions, at, timeColumn } from '../members.ts'
import { type Growing, put } from '../put.ts'

/** A column of Log Analytics, and what Azure Monitor's export calls it. */
type Columns = readonly (readonly [column: string, name: string])[]

const RECORD: Columns = [
  ...lowered('OperationName', 'OperationVersion', 'Category', 'StatusCode', 'StatusText', 'CallerIpAddress'),
  ...lowered('Uri', 'CorrelationId', 'Location', 'Protocol', 'DurationMs'),
]

const IDENTITY: Columns = [
  ['AuthenticationType', 'type'],
  ['AuthenticationHash', 'tokenHash'],
  ['AuthorizationDetails', 'authorization'],
]

const REQUESTER: Columns = [
  ['RequesterObjectId', 'objectId'],
  ['RequesterUpn', 'upn'],
  ['RequesterTenantId', 'tenantId'],
  ['RequesterAppId', 'appId'],
  ['RequesterAudience', 'audience'],
  ['RequesterTokenIssuer', 'tokenIssuer'],
]

const PROPERTIES: Columns = [
  ...lowered('AccountName', 'ObjectKey', 'UserAgentHeader', 'ReferrerHeader', 'ServiceType', 'TlsVersion'),
  ...lowered('RequestBodySize', 'ResponseBodySize', 'SourceUri', 'DestinationUri', 'OperationCount'),
  ...lowered('SasExpiryStatus', 'MetricResponseType', 'ServerLatencyMs', 'ClientRequestId', 'Etag'),
  ...lowered('LastModifiedTime', 'AccessTier', 'SourceAccessTier', 'ConditionsUsed'),
]

function lowered(...columns: readonly string[]): Columns {
  return columns.map(column => [column, `${column.slice(0, 1).toLowerCase()}${column.slice(1)}`])
}

/** Azure Monitor's names for a row of StorageBlobLogs. */
export function exportNames(record: JsonObject): Additions {
  return {
    time: timeColumn(record, 'TimeGenerated'),
    resourceId: record['_ResourceId'],
    ...namesOf(record, RECORD),
    identity: { ...namesOf(record, IDENTITY), requester: namesOf(record, REQUESTER) },
    properties: namesOf(record, PROPERTIES),
  }
}

/** The columns of StorageBlobLogs for what Azure Monitor exports. */
export function tableNames(record: JsonObject): Additions {
  return {
    ...columnsOf(record, RECORD),
    ...columnsOf(at(record, 'identity'), IDENTITY),
    ...columnsOf(at(record, 'identity', 'requester'), REQUESTER),
    ...columnsOf(at(record, 'properties'), PROPERTIES),
  }
}

function namesOf(row: JsonObject, columns: Columns): JsonObject {
  const found: Growing = {}
  for (const [column, name] of columns) {
    const value = row[column]
    if (value !== undefined && value !== null && value !== '') put(found, name, value)
  }
  return found
}

function columnsOf(object: Json | undefined, columns: Columns): JsonObject {
  const found: Growing = {}
  if (isObject(object))
    for (const [column, name] of columns) {
      const value = object[name]
      if (value !== undefined) put(found, column, value)
    }
  return found
}
