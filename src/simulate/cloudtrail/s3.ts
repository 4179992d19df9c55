import type { JsonObject } from '../../core/json.ts'
import type { Bucket } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import { accessLine } from './access-line.ts'
import type { ObjectCall } from './object-call.ts'
import type { Session } from './session.ts'

interface Transfer extends ObjectCall {
  readonly action: 'GetObject' | 'PutObject' | 'ListObjects' | 'CopyObject'
  readonly key?: string
  readonly bytesOut: number
  readonly bytesIn?: number
  readonly request?: JsonObject
  readonly resources?: readonly JsonObject[]
}

/** Reads one object. Gives the event's id; nothing is recorded where a bucket is not observed. */
export function readObject(
  recorder: Recorder,
  call: ObjectCall & { readonly key: string; readonly bytes: number },
): string | undefined {
  return transfer(recorder, { ...call, action: 'GetObject', bytesOut: call.bytes })
}

export function writeObject(
  recorder: Recorder,
  call: ObjectCall & { readonly key: string; readonly bytes: number },
): string | undefined {
  const request = { 'x-amz-server-side-encryption': 'AES256' }
  return transfer(recorder, { ...call, action: 'PutObject', bytesOut: 0, bytesIn: call.bytes, request })
}

/** Version 2 of the listing is recorded under the name of the first. */
export function listObjects(
  recorder: Recorder,
  call: ObjectCall & { readonly prefix: string },
): string | undefined {
  const request = { 'list-type': '2', prefix: call.prefix, 'max-keys': '1000', 'encoding-type': 'url' }
  return transfer(recorder, { ...call, action: 'ListObjects', bytesOut: 300_000, request })
}

/** Copies within the cloud: recorded at the destination, with the source in a header. The account of each bucket is told. */
export function copyObject(
  recorder: Recorder,
  call: ObjectCall & {
    readonly from: Bucket
    readonly key: string
    readonly newKey: string
    readonly bytes: number
  },
): string | undefined {
  const { from, key, newKey, bucket, session, bytes } = call
  // The owner of the source sees it too, whoever owns the destination.
  const recipient = bucket.account.id === session.account.id ? {} : { recipient: from.account.id }
  const source = `${from.name}/${key.split('/').map(encodeURIComponent).join('/')}`
  const id = transfer(recorder, {
    ...call,
    ...recipient,
    bucket: { ...bucket, observed: from.observed },
    action: 'CopyObject',
    key: newKey,
    bytesOut: 234,
    request: { 'x-amz-copy-source': source },
    resources: [...objectResources(bucket, newKey), ...objectResources(from, key)],
  })
  if (from.observed) {
    const line = {
      ...call,
      bucket: from,
      operation: 'REST.COPY.OBJECT_GET',
      requestId: recorder.random.base32(16),
      hostId: `${recorder.random.base64(74)}=`,
      sent: bytes,
      size: bytes,
    }
    recorder.access(from, call.time, accessLine(line, recorder.random))
  }
  return id
}

function transfer(recorder: Recorder, call: Transfer): string | undefined {
  const { bucket, session, key, error } = call
  if (!bucket.observed) return undefined
  const { random } = recorder
  const ids = { requestId: random.base32(16), hostId: `${random.base64(74)}=` }
  const host = `${bucket.name}.s3.${bucket.region}.amazonaws.com`
  const { action, bytesOut, bytesIn } = call
  const more = { requestID: ids.requestId }
  const id = recorder.call({
    session,
    service: 's3',
    action,
    region: bucket.region,
    time: call.time,
    data: true,
    write: action === 'PutObject' || action === 'CopyObject',
    request: { bucketName: bucket.name, Host: host, ...call.request, ...(key === undefined ? {} : { key }) },
    additional: additional(call, ids.hostId),
    resources: call.resources ?? objectResources(bucket, key),
    ...(error === undefined ? {} : { error }),
    recipient: call.recipient ?? bucket.account.id,
    more: session.endpoint === undefined ? more : { ...more, ...viaEndpoint(session, session.endpoint) },
  })
  if (action !== 'CopyObject') {
    const line = { ...call, ...ids, operation: OPERATIONS[action], sent: bytesOut, size: bytesIn ?? bytesOut }
    recorder.access(bucket, call.time, accessLine(line, random))
  }
  return id
}

function viaEndpoint({ account }: Session, vpcEndpointId: string): JsonObject {
  return { vpcEndpointId, vpcEndpointAccountId: account.id }
}

const OPERATIONS = {
  GetObject: 'REST.GET.OBJECT',
  PutObject: 'REST.PUT.OBJECT',
  ListObjects: 'REST.GET.BUCKET',
} as const

function additional({ bytesIn = 0, bytesOut, error, session }: Transfer, hostId: string): JsonObject {
  const common = {
    CipherSuite: 'TLS_AES_128_GCM_SHA256',
    bytesTransferredIn: bytesIn,
    'x-amz-id-2': hostId,
    bytesTransferredOut: error === undefined ? bytesOut : 243,
  }
  if (session.principal === '') return common
  return { SignatureVersion: 'SigV4', AuthenticationMethod: 'AuthHeader', ...common }
}

function objectResources(bucket: Bucket, key: string | undefined): readonly JsonObject[] {
  const arn = `arn:aws:s3:::${bucket.name}`
  const whole = { accountId: bucket.account.id, type: 'AWS::S3::Bucket', ARN: arn }
  if (key === undefined) return [{ type: 'AWS::S3::Object', ARNPrefix: `${arn}/` }, whole]
  return [{ type: 'AWS::S3::Object', ARN: `${arn}/${key}` }, whole]
}
