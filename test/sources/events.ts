import type { Json, JsonObject } from '../../src/core/json.ts'
import type { Unwrapped } from '../../src/sources/source.ts'
import { unwrap } from '../../src/sources/unwrap.ts'

/** A whole record of an invented account; what is given replaces or adds members. */
export function event(more: JsonObject = {}): JsonObject {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::111122223333:user/maria',
      accountId: '111122223333',
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'maria',
    },
    eventTime: '2024-05-01T10:00:00Z',
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.10',
    userAgent: 'aws-cli/2.15.0',
    requestParameters: { name: 'main' },
    responseElements: null,
    eventID: '00000000-0000-4000-8000-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    ...more,
  }
}

export function unwrapped(value: Json): readonly Unwrapped[] {
  const found: Unwrapped[] = []
  unwrap(value, item => found.push(item))
  return found
}

/** What came out, in a word each: the event's name, what was set apart, `failed`, or `unknown`. */
export function words(value: Json): readonly string[] {
  return unwrapped(value).map(item => {
    if (item.kind === 'event') return String(item.record['eventName'])
    return item.kind === 'apart' ? item.what : item.kind
  })
}
