import { isObject, type Json, type JsonObject, member } from '../core/json.ts'

/**
 * One way in which events are wrapped: the keys that lead from the wrapper to what is inside, which may be an
 * object, a list, or a text that holds JSON. A wrapper whose inside holds nothing known is passed over, and the
 * next is tried; so the most telling stand first.
 */
export interface Wrapper {
  readonly path: readonly string[]
  /** The inside is base64 of a text or of gzip. */
  readonly base64?: true
}

/** Every wrapper that is known here. A new one is one more line. */
export const wrappers: readonly Wrapper[] = [
  // CloudTrail's files and API: log file, `lookup-events`, Lake events, Lake's `get-query-results`
  { path: ['Records'] },
  { path: ['CloudTrailEvent'] },
  { path: ['Events'] },
  { path: ['eventData'] },
  { path: ['eventJson'] },
  { path: ['QueryResultRows'] },
  // EventBridge, SQS (API and Lambda), SNS (message and Lambda)
  { path: ['detail'] },
  { path: ['Messages'] },
  { path: ['Body'] },
  { path: ['body'] },
  { path: ['Sns', 'Message'] },
  { path: ['Message'] },
  // CloudWatch Logs: subscription, Lambda trigger, `filter-log-events`
  { path: ['logEvents'] },
  { path: ['awslogs', 'data'], base64: true },
  { path: ['events'] },
  // Okta's event hooks
  { path: ['data', 'events'] },
  // Kinesis and Firehose: Lambda, `get-records`
  { path: ['kinesis', 'data'], base64: true },
  { path: ['records'] },
  { path: ['data'], base64: true },
  { path: ['Data'], base64: true },
  // Google's Pub/Sub, and lists of Cloud Logging
  { path: ['receivedMessages'] },
  { path: ['entries'] },
  { path: ['message', 'data'], base64: true },
  // Splunk: exports and HTTP event collector
  { path: ['_raw'] },
  { path: ['results'] },
  { path: ['result'] },
  // Elastic, Filebeat, Logstash
  { path: ['hits', 'hits'] },
  { path: ['_source'] },
  { path: ['event', 'original'] },
  { path: ['event.original'] },
  // The event that one of OCSF was made of
  { path: ['raw_data'] },
  { path: ['message'] },
  { path: ['@message'] },
  // Syslog in Azure
  { path: ['SyslogMessage'] },
  // Microsoft 365 as CSV and from Graph, lists of Azure and Graph, of Google and Kubernetes
  { path: ['AuditData'] },
  { path: ['auditData'] },
  { path: ['value'] },
  { path: ['items'] },
  // A custom flow log, of which CloudWatch knows the fields
  { path: ['extractedFields'] },
  // What collectors and collections of samples call it
  { path: ['event'] },
  { path: ['raw'] },
  { path: ['log'] },
]

const firstKeys: ReadonlySet<string> = new Set(wrappers.flatMap(({ path }) => path.slice(0, 1)))

/** Has it a key with which some way of wrapping begins? */
export function mayWrap(object: JsonObject): boolean {
  for (const key in object) if (firstKeys.has(key)) return true
  return false
}

/** What is inside, `undefined` if the object is not wrapped this way. */
export function inside(object: JsonObject, wrapper: Wrapper): Json | undefined {
  let value: Json | undefined = object
  for (const key of wrapper.path) {
    if (!isObject(value)) return
    value = member(value, key)
  }
  return value === null ? undefined : value
}
