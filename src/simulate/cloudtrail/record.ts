import type { Json, JsonObject } from '../../core/json.ts'
import { isoTime } from '../../core/time.ts'
import type { Random } from '../random.ts'
import type { Session } from './session.ts'

/** One call, as it will be recorded. */
export interface Call {
  readonly session: Session
  /** `ec2`, without the domain. */
  readonly service: string
  readonly action: string
  readonly region: string
  readonly time: number
  readonly request?: Json
  readonly response?: Json
  readonly write?: boolean
  readonly error?: { readonly code: string; readonly message: string }
  readonly resources?: readonly JsonObject[]
  readonly additional?: JsonObject
  /** Of objects or items: recorded only where data events are wanted. */
  readonly data?: boolean
  readonly type?: 'AwsApiCall' | 'AwsServiceEvent' | 'AwsConsoleSignIn'
  /** The account whose trail has it, if not that of the session. */
  readonly recipient?: string
  /** Members that stand beside the others. */
  readonly more?: JsonObject
  /** `AWS Internal` and the like, where the console calls for its user. */
  readonly userAgent?: string
  /** ms by which the file comes later than usual. */
  readonly late?: number
}

/** Services whose records have been of these forms for long; the others use the one in the middle. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['signin', '1.08'],
  ['sts', '1.08'],
  ['kms', '1.11'],
  ['s3', '1.11'],
  ['ec2', '1.10'],
  ['iam', '1.10'],
])

/** The record of a call, and its id. */
export function cloudTrailRecord(call: Call, random: Random): { readonly id: string; readonly text: string } {
  const { session, request = null, response = null, type = 'AwsApiCall', data = false, error } = call
  const id = random.uuid()
  const source = `${call.service}.amazonaws.com`
  // Members that are undefined are not printed.
  const record = {
    eventVersion: VERSIONS.get(call.service) ?? '1.09',
    userIdentity: session.identity,
    eventTime: isoTime(call.time - (call.time % 1000)),
    eventSource: source,
    eventName: call.action,
    awsRegion: call.region,
    sourceIPAddress: session.address,
    userAgent: call.userAgent ?? agentOf(call),
    errorCode: error?.code,
    errorMessage: error?.message,
    requestParameters: request,
    responseElements: response,
    additionalEventData: call.additional,
    requestID: type === 'AwsApiCall' ? requestIdOf(call, random) : undefined,
    eventID: id,
    readOnly: call.write !== true,
    resources: call.resources,
    eventType: type,
    managementEvent: !data,
    recipientAccountId: call.recipient ?? session.account.id,
    ...call.more,
    eventCategory: data ? 'Data' : 'Management',
    tlsDetails: tlsOf(call, source),
    sessionCredentialFromConsole: session.console ? 'true' : undefined,
  }
  return { id, text: JSON.stringify(record) }
}

/** S3 puts what a caller says of itself into brackets. */
function agentOf({ service, session }: Call): string {
  return service === 's3' && session.identity['type'] !== 'AWSService'
    ? `[${session.userAgent}]`
    : session.userAgent
}

/** S3 has ids of its own kind, which stand in its access logs as well. */
function requestIdOf(call: Call, random: Random): string {
  const given = call.more?.['requestID']
  if (typeof given === 'string') return given
  return call.service === 's3' ? random.base32(16) : random.uuid()
}

function tlsOf(call: Call, source: string): JsonObject | undefined {
  const direct = call.type === undefined && call.userAgent === undefined && isDigit(call.session.address)
  if (!direct || call.session.console) return undefined
  const host = call.service === 'iam' ? source : `${call.service}.${call.region}.amazonaws.com`
  const cipher = 'TLS_AES_128_GCM_SHA256'
  return { tlsVersion: 'TLSv1.3', cipherSuite: cipher, clientProvidedHostHeader: host }
}

function isDigit(address: string): boolean {
  const first = address.charCodeAt(0)
  return first >= 48 && first <= 57
}
