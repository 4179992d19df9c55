import { isObject, type JsonObject } from '../../core/json.ts'
import type { LogSource } from '../../core/log-source.ts'

/** Is a rule with this log source about CloudTrail? What the rule leaves out is not restricted. */
export function answers({ product, category, service }: LogSource): boolean {
  if (category !== undefined) return false
  return saysOrNothing(product, 'aws') && saysOrNothing(service, 'cloudtrail')
}

/**
 * Is this one CloudTrail event? It runs for each record, so it looks at a few members and no further. Insights are
 * none, and neither are the look-alikes that S3, SQS, Kinesis and DynamoDB send out, whose `eventSource` starts
 * with `aws:`.
 */
export function recognises(record: JsonObject): boolean {
  if (typeof record['eventName'] !== 'string') return false
  const service = record['eventSource']
  // Panther says what kind of log its rows are, also where they are cut down.
  if (typeof service !== 'string') return record['p_log_type'] === 'AWS.CloudTrail'
  return isMarked(record) && !service.startsWith('aws:') && record['eventCategory'] !== 'Insight'
}

/** Has it one more of CloudTrail's members? Written out, and the commonest first, for speed. */
function isMarked(record: JsonObject): boolean {
  return (
    record['eventVersion'] !== undefined ||
    record['eventTime'] !== undefined ||
    record['eventID'] !== undefined ||
    record['awsRegion'] !== undefined ||
    record['userIdentity'] !== undefined ||
    record['recipientAccountId'] !== undefined ||
    record['requestParameters'] !== undefined ||
    record['responseElements'] !== undefined
  )
}

/** An observation by CloudTrail about many calls: no call itself. */
export function isInsight(record: JsonObject): boolean {
  return (
    record['eventCategory'] === 'Insight' ||
    record['eventType'] === 'AwsCloudTrailInsight' ||
    isObject(record['insightDetails'])
  )
}

function saysOrNothing(word: string | undefined, expected: string): boolean {
  return word === undefined || word.toLowerCase() === expected
}
