import { type Caller, type Draw, drawCaller, timeText } from './caller.ts'
import { at, type Random } from './random.ts'
import { BUCKET_KINDS, drawBucket, drawJob, EXTENSIONS, jobName, TEAMS } from './world.ts'

/** The text of one S3 data event. */
export function objectEvent(draw: Draw): string {
  const { random, account, region } = draw
  const action = drawAction(random)
  const caller = drawCaller(draw)
  const bucket = at(account.buckets, drawBucket(random))
  const host = `${bucket}.s3.${region}.amazonaws.com`
  const key = objectKey(draw)
  const failure = random.chance(0.025) ? failureOf(action, random) : ''
  const encrypted = action === 'GetObject' || action === 'PutObject' ? ',"SSEApplied":"SSE_KMS"' : ''
  return (
    `{"eventVersion":"1.${random.chance(0.7) ? '11' : '09'}","userIdentity":${caller.identity},"eventTime":"${timeText(draw.time)}",` +
    `"eventSource":"s3.amazonaws.com","eventName":"${action}","awsRegion":"${region}","sourceIPAddress":"${caller.address}",` +
    `"userAgent":"${caller.agent}",${failure}"requestParameters":${request(action, bucket, host, key, random)},` +
    `"responseElements":${failure === '' ? response(action, key, random) : 'null'},"additionalEventData":{"SignatureVersion":"SigV4",` +
    `"CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":${bytes(random, action === 'PutObject')}${encrypted},` +
    `"AuthenticationMethod":"AuthHeader","x-amz-id-2":"${random.base64(74)}==","bytesTransferredOut":${bytes(random, action === 'GetObject')}},` +
    `"requestID":"${random.base32(16)}","eventID":"${random.uuid()}","readOnly":${READS.has(action)},` +
    `"resources":[${objectResource(action, bucket, key)}{"accountId":"${account.id}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}],` +
    `"eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"${account.id}",${tail(caller, draw, host)}}`
  )
}

/** Actions on objects, with their shares of all S3 data events. */
export const OBJECT_ACTIONS = [
  ['GetObject', 0.55],
  ['PutObject', 0.22],
  ['HeadObject', 0.12],
  ['ListObjects', 0.07],
  ['DeleteObject', 0.025],
  ['CopyObject', 0.015],
] as const
type ObjectAction = (typeof OBJECT_ACTIONS)[number][0]

const READS: ReadonlySet<ObjectAction> = new Set(['GetObject', 'HeadObject', 'ListObjects'])

function drawAction(random: Random): ObjectAction {
  let lot = random.unit()
  for (const [action, share] of OBJECT_ACTIONS) {
    if (lot < share) return action
    lot -= share
  }
  return 'GetObject'
}

/** Keys as pipelines, backups and people make them; one in 200 is not ASCII. */
function objectKey({ random, time }: Draw): string {
  const day = timeText(time).slice(0, 10)
  const team = random.pick(TEAMS)
  const job = jobName(drawJob(random))
  const extension = random.pick(EXTENSIONS)
  if (random.chance(0.007)) return `отчёты/${team}/Übersicht-${job}-${random.below(1000)}${extension}`
  switch (random.below(4)) {
    case 0:
      return `${team}/${job}/dt=${day}/part-${random.hex(8)}${extension}`
    case 1:
      return `exports/${team}/${job}-${random.hex(8)}${extension}`
    case 2:
      return `${random.pick(BUCKET_KINDS)}/${day.replaceAll('-', '/')}/${job}${extension}`
    default:
      return `users/${random.below(90_000)}/${team}/${random.hex(12)}${extension}`
  }
}

function request(action: ObjectAction, bucket: string, host: string, key: string, random: Random): string {
  const common = `{"bucketName":"${bucket}","Host":"${host}"`
  switch (action) {
    case 'ListObjects':
      return `${common},"list-type":"2","prefix":"${key.slice(0, key.lastIndexOf('/') + 1)}","max-keys":"1000","encoding-type":"url"}`
    case 'CopyObject':
      return `${common},"x-amz-copy-source":"${bucket}/${key}","key":"copies/${random.hex(8)}"}`
    case 'PutObject':
      return `${common},"key":"${key}","x-amz-server-side-encryption":"aws:kms"}`
    default:
      return random.chance(0.05)
        ? `${common},"key":"${key}","versionId":"${random.base64(32)}"}`
        : `${common},"key":"${key}"}`
  }
}

function response(action: ObjectAction, key: string, random: Random): string {
  if (action === 'DeleteObject')
    return `{"x-amz-version-id":"${random.base64(32)}","x-amz-delete-marker":"true"}`
  if (action !== 'PutObject' && action !== 'CopyObject') return 'null'
  const expiry = key.startsWith('exports/')
    ? ',"x-amz-expiration":"expiry-date=\\"Fri, 01 May 2026 00:00:00 GMT\\", rule-id=\\"sixty-days\\""'
    : ''
  return `{"x-amz-server-side-encryption":"aws:kms"${expiry}}`
}

function failureOf(action: ObjectAction, random: Random): string {
  if (action === 'GetObject' && random.chance(0.4)) {
    return '"errorCode":"NoSuchKey","errorMessage":"The specified key does not exist.",'
  }
  return '"errorCode":"AccessDenied","errorMessage":"Access Denied",'
}

function objectResource(action: ObjectAction, bucket: string, key: string): string {
  return action === 'ListObjects'
    ? `{"type":"AWS::S3::Object","ARNPrefix":"arn:aws:s3:::${bucket}/"},`
    : `{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket}/${key}"},`
}

/** Byte counts are written as floats. */
function bytes(random: Random, large: boolean): string {
  return large ? `${Math.floor(2 ** (8 + 16 * random.unit()))}.0` : random.chance(0.5) ? '0.0' : '243.0'
}

function tail(caller: Caller, { random, place }: Draw, host: string): string {
  if (caller.service && random.chance(0.4)) return `"sharedEventID":"${random.uuid()}","eventCategory":"Data"`
  const endpoint = caller.address.startsWith('10.') ? `"vpcEndpointId":"vpce-0${place}5d2c1ab",` : ''
  return !caller.service && random.chance(0.1)
    ? `${endpoint}"eventCategory":"Data","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"${host}"}`
    : `${endpoint}"eventCategory":"Data"`
}
