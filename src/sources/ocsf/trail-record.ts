import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { isoTime, parseTime } from '../../core/time.ts'
import { at, listOf, opened, text, textAt } from '../members.ts'
import { type Growing, growing, put } from '../put.ts'
import { putPath, unmapped } from './unmapped.ts'

/** The event of CloudTrail that an event of OCSF was made of, as Amazon Security Lake and its predecessors make them, beside OCSF's members. */
export function trailRecord(record: JsonObject): JsonObject {
  const own = (...path: readonly string[]): string | undefined => textAt(record, ...path)
  const rest = unmapped(record)
  const trail = growing(record)
  const set = (name: string, value: Json | undefined): void => {
    if (value !== undefined && !Object.hasOwn(trail, name)) put(trail, name, value)
  }
  // What is kept under its own name is nearer to the original than what it was mapped to.
  for (const [name, value] of rest) if (MEMBERS.has(name)) putPath(trail, name, value)
  set('eventVersion', own('metadata', 'product', 'version'))
  set('eventID', own('metadata', 'uid'))
  set('eventTime', timeOf(record))
  set('eventSource', own('api', 'service', 'name'))
  set('eventName', own('api', 'operation'))
  set('eventType', own('metadata', 'event_code'))
  set('awsRegion', own('cloud', 'region'))
  set('recipientAccountId', own('cloud', 'account', 'uid') ?? own('cloud', 'account_uid'))
  set('sourceIPAddress', own('src_endpoint', 'ip') ?? own('src_endpoint', 'domain'))
  set('vpcEndpointId', own('src_endpoint', 'uid'))
  set('userAgent', own('http_request', 'user_agent'))
  set('requestID', own('api', 'request', 'uid'))
  set('apiVersion', own('api', 'version'))
  set('errorCode', errorOf(record))
  set('errorMessage', own('api', 'response', 'message'))
  set('requestParameters', dataOf(at(record, 'api', 'request', 'data')))
  set('responseElements', dataOf(at(record, 'api', 'response', 'data')))
  set('userIdentity', identityOf(record))
  const resources = resourcesOf(record)
  if (resources !== undefined) put(trail, 'resources', resources)
  for (const [name, value] of rest) if (MEMBERS.has(name.split('.')[0] ?? '')) putPath(trail, name, value)
  addLogin(trail, record)
  for (const name of ['readOnly', 'managementEvent']) {
    const said = trail[name]
    if (said === 'true' || said === 'false') put(trail, name, said === 'true')
  }
  return trail
}

/** Members of CloudTrail that OCSF has no field for. */
const MEMBERS: ReadonlySet<string> = new Set([
  ...['requestParameters', 'responseElements', 'additionalEventData', 'userIdentity', 'serviceEventDetails'],
  ...['readOnly', 'managementEvent', 'eventCategory', 'eventType', 'recipientAccountId', 'sharedEventID'],
  ...['sessionCredentialFromConsole', 'tlsDetails', 'vpcEndpointId', 'vpcEndpointAccountId', 'errorCode'],
  ...['errorMessage', 'apiVersion', 'edgeDeviceDetails', 'addendum', 'requestID'],
])

/** Milliseconds since 1970, or a time as it is written. */
export function timeOf(record: JsonObject): string | undefined {
  const written = text(record['time']) ?? text(record['time_dt'])
  const time = written === undefined ? undefined : parseTime(written)
  return time === undefined ? written : isoTime(time)
}

function errorOf(record: JsonObject): string | undefined {
  const error = textAt(record, 'api', 'response', 'error') ?? textAt(record, 'api', 'response', 'error_code')
  if (error !== undefined || record['status'] !== 'Failure' || isLogin(record)) return error
  return text(record['status_code']) ?? text(record['status_detail']) ?? 'Failure'
}

function isLogin(record: JsonObject): boolean {
  return textAt(record, 'api', 'service', 'name') === 'signin.amazonaws.com'
}

/** What a request or a response says is a text of JSON. */
function dataOf(value: Json | undefined): Json | undefined {
  const data = opened(value)
  return data === '' ? undefined : data
}

/** Earlier versions have the ARN as `uuid` and the principal's id as `uid`, later ones as `uid` and `uid_alt`. */
function identityOf(record: JsonObject): JsonObject {
  const user = at(record, 'actor', 'user') ?? at(record, 'user')
  const ids = ['uid', 'uuid', 'uid_alt'].flatMap(name => textAt(user, name) ?? [])
  const identity: Growing = {}
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined) putPath(identity, name, value)
  }
  set('type', textAt(user, 'type'))
  set(
    'arn',
    ids.find(id => id.startsWith('arn:')),
  )
  set(
    'principalId',
    ids.find(id => !id.startsWith('arn:')),
  )
  set('accountId', textAt(user, 'account', 'uid') ?? textAt(user, 'account_uid'))
  set('accessKeyId', textAt(user, 'credential_uid'))
  set('invokedBy', textAt(record, 'actor', 'invoked_by'))
  const issuer = textAt(record, 'actor', 'session', 'issuer')
  const name = textAt(user, 'name')
  // Of a session the name is that of its role.
  if (textAt(user, 'type') !== 'AssumedRole') set('userName', name)
  else set('sessionContext.sessionIssuer.userName', name)
  if (issuer?.startsWith('arn:')) set('sessionContext.sessionIssuer.arn', issuer)
  const session = at(record, 'actor', 'session')
  const mfa = textAt(session, 'is_mfa') ?? textAt(session, 'mfa')
  if (mfa !== undefined) putPath(identity, 'sessionContext.attributes.mfaAuthenticated', mfa)
  const created = textAt(session, 'created_time_dt') ?? textAt(session, 'created_time')
  const time = created === undefined ? undefined : parseTime(created)
  if (time !== undefined) set('sessionContext.attributes.creationDate', isoTime(time))
  return identity
}

function resourcesOf(record: JsonObject): Json | undefined {
  const { resources } = record
  if (resources === undefined) return undefined
  return listOf(resources).flatMap(item => {
    if (!isObject(item)) return []
    const arn = textAt(item, 'uid') ?? textAt(item, 'name')
    return [{ ...item, ...(arn === undefined ? {} : { ARN: arn }) }]
  })
}

/** OCSF says of a login how it ended and whether a second factor was asked. */
function addLogin(trail: Growing, record: JsonObject): void {
  if (trail['eventName'] !== 'ConsoleLogin') return
  const status = text(record['status'])
  if (status === 'Success' || status === 'Failure') putPath(trail, 'responseElements.ConsoleLogin', status)
  const mfa = textAt(record, 'is_mfa') ?? textAt(record, 'mfa')
  if (mfa !== undefined) putPath(trail, 'additionalEventData.MFAUsed', mfa === 'true' ? 'Yes' : 'No')
}
