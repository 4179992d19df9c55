import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { readableTime } from '../find-time.ts'
import { type Additions, at, opened, text, textAt, timeColumn, withMembers } from '../members.ts'
import { type Growing, put } from '../put.ts'
import { type Form, formOf } from './forms.ts'

/**
 * A record of the activity log under the names of all its forms. `operationName` is a text in each; where REST has
 * an object there, its members stand under `operationName.value` and `operationName.localizedValue`.
 */
export function flat(record: JsonObject): JsonObject {
  const form = formOf(record)
  if (form === undefined) return record
  const named =
    form === 'rest' ? withoutObjects(camel(record)) : form === 'table' ? openedColumns(record) : record
  const exported = withMembers(named, exportNames(named, form))
  return withMembers(exported, tableNames(exported))
}

/** The Python library writes `operation_name` and `event_timestamp`. */
function camel(record: JsonObject): JsonObject {
  if (record['operation_name'] === undefined) return record
  const grown: Growing = {}
  for (const [name, value] of Object.entries(record)) {
    put(
      grown,
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelValue(value),
    )
  }
  return grown
}

function camelValue(value: Json): Json {
  if (!isObject(value) || value['localized_value'] === undefined) return value
  return { value: value['value'] ?? null, localizedValue: value['localized_value'] }
}

function withoutObjects(record: JsonObject): JsonObject {
  const grown: Growing = { ...record }
  for (const name of ['operationName', 'category']) {
    const object = record[name]
    if (!isObject(object)) continue
    put(grown, name, object['value'] ?? object['localizedValue'] ?? null)
    for (const part of ['value', 'localizedValue']) put(grown, `${name}.${part}`, object[part] ?? null)
  }
  return grown
}

const DYNAMIC: readonly string[] = ['Claims', 'Authorization', 'Properties', 'HTTPRequest']

function openedColumns(record: JsonObject): JsonObject {
  const grown: Growing = { ...record }
  for (const name of DYNAMIC) {
    const value = record[`${name}_d`] ?? record[name]
    if (value !== undefined && value !== null) put(grown, name, opened(value) ?? value)
  }
  return grown
}

/** Names of Azure Monitor's export. */
function exportNames(record: JsonObject, form: Form): Additions {
  if (form === 'diagnostic') return { resourceId: record['ResourceId'] }
  if (form === 'table') {
    return {
      time: timeColumn(record, 'TimeGenerated') ?? timeColumn(record, 'EventSubmissionTimestamp'),
      operationName: record['OperationNameValue'],
      category: record['CategoryValue'] ?? record['Category'],
      resultType: record['ActivityStatusValue'] ?? record['ActivityStatus'],
      resultSignature: record['ActivitySubstatusValue'],
      callerIpAddress: record['CallerIpAddress'],
      caller: record['Caller'],
      correlationId: record['CorrelationId'],
      resourceId: record['_ResourceId'] ?? record['ResourceId'],
      claims: record['Claims'],
      properties: record['Properties'],
    }
  }
  if (form === 'portal') return portalNames(record)
  return {
    time: record['eventTimestamp'] ?? record['submissionTimestamp'],
    resultType: at(record, 'status', 'value'),
    resultSignature: at(record, 'subStatus', 'value'),
    callerIpAddress: at(record, 'httpRequest', 'clientIpAddress') ?? at(record, 'claims', 'ipaddr'),
  }
}

/** The portal's table has operations by the names that people read. */
function portalNames(record: JsonObject): Additions {
  const time = text(record['Time'] ?? record['Time stamp'])
  return {
    time: time === undefined ? undefined : readableTime(time),
    operationName: record['Operation name'],
    category: record['Event category'],
    resultType: record['Status'],
    caller: record['Event initiated by'],
    correlationId: record['Correlation id'],
    resourceId: record['Resource'],
    subscriptionId: record['Subscription'],
    ResourceProviderValue: text(record['Resource type'])?.split('/')[0],
  }
}

/** Names of Log Analytics, which some of Sigma's rules use. */
function tableNames(record: JsonObject): Additions {
  const operation = text(record['operationName'])
  return {
    OperationNameValue: operation,
    CategoryValue: record['category'],
    ResourceProviderValue: textAt(record, 'resourceProviderName', 'value') ?? operation?.split('/')[0],
    ResourceId: record['resourceId'],
    ActivityStatusValue: record['resultType'],
    Caller: record['caller'] ?? callerOf(record),
    CallerIpAddress: record['callerIpAddress'],
    CorrelationId: record['correlationId'],
  }
}

const CLAIM = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

/** Who acted: the claims of the token tell where the record does not. */
export function callerOf(record: JsonObject): string | undefined {
  const claims = at(record, 'identity', 'claims') ?? at(record, 'claims')
  return (
    text(record['caller']) ??
    textAt(claims, `${CLAIM}upn`) ??
    textAt(claims, `${CLAIM}emailaddress`) ??
    textAt(claims, `${CLAIM}name`) ??
    textAt(claims, 'upn') ??
    textAt(claims, 'name') ??
    textAt(claims, 'http://schemas.microsoft.com/identity/claims/objectidentifier') ??
    textAt(claims, 'appid') ??
    textAt(record, 'identity', 'authorization', 'evidence', 'principalId')
  )
}
