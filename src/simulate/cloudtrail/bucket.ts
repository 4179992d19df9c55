import type { JsonObject } from '../../core/json.ts'
import type { Bucket } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Session } from './session.ts'

interface BucketCall {
  readonly session: Session
  readonly bucket: Bucket
  readonly time: number
}

/** Sets where the objects of a bucket are replicated to; the account of the destination may be left out. */
export function putBucketReplication(
  recorder: Recorder,
  call: BucketCall & { readonly to: Bucket; readonly withAccount: boolean; readonly roleArn: string },
): string {
  const { to, withAccount } = call
  const Destination = {
    Bucket: `arn:aws:s3:::${to.name}`,
    ...(withAccount ? { Account: to.account.id } : {}),
  }
  const Rule = {
    ID: 'all',
    Status: 'Enabled',
    Priority: 1,
    Filter: '',
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination,
  }
  const ReplicationConfiguration = {
    xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
    Role: call.roleArn,
    Rule,
  }
  return change(recorder, call, 'PutBucketReplication', { replication: '', ReplicationConfiguration })
}

/** Sets who may do what with a bucket. */
export function putBucketPolicy(
  recorder: Recorder,
  call: BucketCall & { readonly statements: readonly JsonObject[] },
): string {
  const bucketPolicy = { Version: '2012-10-17', Statement: call.statements }
  return change(recorder, call, 'PutBucketPolicy', { policy: '', bucketPolicy })
}

/** Asks which buckets there are, and where one of them is. */
export function listBuckets(recorder: Recorder, session: Session, region: string, time: number): string {
  return recorder.call({
    session,
    service: 's3',
    action: 'ListBuckets',
    region,
    time,
    request: { Host: `s3.${region}.amazonaws.com` },
    additional: {
      SignatureVersion: 'SigV4',
      AuthenticationMethod: 'AuthHeader',
      bytesTransferredIn: 0,
      bytesTransferredOut: 4096,
    },
  })
}

/** Asks who the credentials belong to: what thieves and tools do first. */
export function getCallerIdentity(
  recorder: Recorder,
  session: Session,
  region: string,
  time: number,
): string {
  return recorder.call({ session, service: 'sts', action: 'GetCallerIdentity', region, time })
}

function change(
  recorder: Recorder,
  { session, bucket, time }: BucketCall,
  action: string,
  request: JsonObject,
): string {
  return recorder.call({
    session,
    service: 's3',
    action,
    region: bucket.region,
    time,
    write: true,
    request: {
      bucketName: bucket.name,
      Host: `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
      ...request,
    },
    additional: {
      SignatureVersion: 'SigV4',
      AuthenticationMethod: 'AuthHeader',
      bytesTransferredIn: 640,
      bytesTransferredOut: 0,
    },
    resources: [
      { accountId: bucket.account.id, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket.name}` },
    ],
    recipient: bucket.account.id,
  })
}
