import { type AnalyticEvent, first } from '../analytic.ts'
import { base } from '../base.ts'
import { amount, bucketOf, COMMON, common } from './cloudtrail-fields.ts'
import type { Destination, Move } from './move.ts'
import { AUDIT, calls, type Reading } from './reads.ts'

/** Objects that the cloud copies: the request names both ends. */
export const copies: Reading = {
  base: base({
    id: 'an0370-copies',
    title: 'objects are copied by the cloud (CloudTrail data events)',
    logsource: AUDIT,
    where: calls('s3.amazonaws.com', ['CopyObject', 'UploadPartCopy']),
    carry: [...COMMON, 'requestParameters.x-amz-copy-source', 'requestParameters.key'],
  }),
  read: copyOf,
}

/** Own data that is written to a bucket of another account. */
export const writes: Reading = {
  base: base({
    id: 'an0370-writes',
    title: 'objects are written to a bucket of another account (CloudTrail data events)',
    logsource: AUDIT,
    where: {
      kind: 'and',
      of: [
        calls('s3.amazonaws.com', ['PutObject', 'CompleteMultipartUpload']),
        {
          kind: 'exists',
          of: { kind: 'field', name: 'resources.accountId', path: ['resources', 'accountId'] },
        },
        {
          kind: 'not',
          of: {
            kind: 'same',
            of: { kind: 'field', name: 'resources.accountId', path: ['resources', 'accountId'] },
            other: { kind: 'field', name: 'userIdentity.accountId', path: ['userIdentity', 'accountId'] },
            how: 'equals',
            caseless: false,
          },
        },
      ],
    },
    carry: [...COMMON, 'requestParameters.key', 'additionalEventData.bytesTransferredIn'],
  }),
  read(event) {
    const { source, ...told } = common(event)
    if (source === undefined) return undefined
    const bytes = amount(first(event, 'additionalEventData.bytesTransferredIn'))
    const object = first(event, 'requestParameters.key')
    return {
      ...told,
      kind: 'write',
      destinations: [{ kind: 'bucket', bucket: source }],
      ...(object === undefined ? {} : { object }),
      ...(bytes === undefined ? {} : { bytes }),
    }
  },
}

function copyOf(event: AnalyticEvent): Move {
  const { source: to, ...told } = common(event)
  const from = copySource(first(event, 'requestParameters.x-amz-copy-source'))
  const source = bucketOf(event, from?.bucket)
  const destination: Destination =
    to === undefined
      ? { kind: 'unknown', words: 'a bucket', reason: 'the request names no bucket' }
      : { kind: 'bucket', bucket: to }
  return {
    ...told,
    kind: 'copy',
    destinations: [destination],
    ...(source === undefined ? {} : { source }),
    ...(from?.key === undefined ? {} : { object: from.key }),
  }
}

/**
 * What `x-amz-copy-source` names: `bucket/key`, also with a slash before it, URL-encoded, with `?versionId=…`, or the ARN of an
 * access point followed by `/object/key`.
 */
export function copySource(
  text: string | undefined,
): { readonly bucket: string; readonly key?: string } | undefined {
  if (text === undefined) return undefined
  const plain = decoded(text.replace(/\?versionId=[^/]*$/i, '')).replace(/^\//, '')
  if (plain === '') return undefined
  const point = /^(arn:[^/]+:accesspoint\/[^/]+)\/object\/(.*)$/s.exec(plain)
  if (point?.[1] !== undefined) return { bucket: point[1], ...(point[2] ? { key: point[2] } : {}) }
  const at = plain.indexOf('/')
  if (at < 0) return { bucket: plain }
  const key = plain.slice(at + 1)
  return { bucket: plain.slice(0, at), ...(key === '' ? {} : { key }) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
