import type { JsonObject } from '../../src/core/json.ts'

export const ACCOUNT = '111122223333'
export const KEY = 'AKIAEXAMPLEALICE0001'

/** The id of event number so many. */
export function eventId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** A CloudTrail event: alice lists buckets, one minute after the event before. What is given replaces what it says. */
export function event(number: number, more: JsonObject = {}): JsonObject {
  return {
    eventVersion: '1.09',
    eventTime: new Date(Date.UTC(2024, 4, 1, 10, number)).toISOString().replace('.000', ''),
    eventID: eventId(number),
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    eventType: 'AwsApiCall',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.1',
    userAgent: 'aws-cli/2.15.0',
    recipientAccountId: ACCOUNT,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::${ACCOUNT}:user/alice`,
      accountId: ACCOUNT,
      accessKeyId: KEY,
      userName: 'alice',
    },
    requestParameters: null,
    responseElements: null,
    ...more,
  }
}

/** She stops a trail. */
export function stopLogging(number: number, more: JsonObject = {}): JsonObject {
  return event(number, {
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    requestParameters: { name: 'main' },
    ...more,
  })
}

export function trail(records: readonly JsonObject[]): string {
  return JSON.stringify({ Records: records })
}

/** A rule for the name of an action. */
export function rule(title: string, action: string, level = 'high'): string {
  return `title: ${title}
id: ${title.toLowerCase().replaceAll(' ', '-')}
status: test
logsource:
  product: aws
  service: cloudtrail
detection:
  selection:
    eventName: ${action}
  condition: selection
level: ${level}
`
}
