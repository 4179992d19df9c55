import type { JsonObject } from '../../../src/core/json.ts'

/** A read of an object, `minute` minutes after noon. */
export function read(user: string, minute: number, number: number, more: JsonObject = {}): JsonObject {
  const time = new Date(Date.UTC(2026, 2, 18, 12, minute, number % 60)).toISOString()
  const id = `${user}-${minute}-${number}`
  return {
    eventVersion: '1.10',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${user.toUpperCase()}`,
      arn: `arn:aws:iam::111122223333:user/${user}`,
      accountId: '111122223333',
      userName: user,
    },
    eventTime: time.replace('.000Z', 'Z'),
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'aws-cli/2.17.9',
    requestParameters: { bucketName: 'example-data', key: `k${number}` },
    responseElements: null,
    eventID: id,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    ...more,
  }
}

/** Events as the lines of a log. */
export function log(events: readonly JsonObject[]): string {
  return events.map(event => `${JSON.stringify(event)}\n`).join('')
}
