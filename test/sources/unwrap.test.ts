import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/core/json.ts'
import { arrayKeys } from '../../src/sources/sources.ts'
import { event, unwrapped, words } from './events.ts'

const one = event()
const text = JSON.stringify(one)
const two = event({ eventName: 'DeleteTrail' })
const both = `${text}${JSON.stringify(two)}`
const base64 = (value: string): string => Buffer.from(value).toString('base64')
const zipped = (value: Json): string => gzipSync(JSON.stringify(value)).toString('base64')
const subscription = {
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: 'trail',
  logStream: 's',
  subscriptionFilters: ['all'],
  logEvents: [{ id: '1', timestamp: 1, message: text }],
}
const bridge = {
  version: '0',
  id: 'x',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.x',
  detail: one,
}
const notice = { Type: 'Notification', Message: JSON.stringify(bridge) }

const shapes: Record<string, Json> = {
  'one object': one,
  'log file': { Records: [one] },
  'bare array': [one],
  'log files in an array': [{ Records: [one] }],
  'lookup-events': { Events: [{ EventId: 'x', EventName: 'StopLogging', CloudTrailEvent: text }] },
  'one of lookup-events': {
    EventId: 'x',
    EventName: 'StopLogging',
    Username: 'maria',
    CloudTrailEvent: text,
  },
  'Lake event': { eventMetadata: { deliveryTime: 'x' }, eventData: one },
  'Lake event as text': { eventMetadata: '{a=b}', eventData: text },
  EventBridge: bridge,
  'SNS notice': notice,
  'SNS in Lambda': { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: notice }] },
  'EventBridge in SNS in SQS': { Messages: [{ MessageId: 'x', Body: JSON.stringify(notice) }] },
  'SQS in Lambda': {
    Records: [
      { messageId: 'x', eventSource: 'aws:sqs', awsRegion: 'eu-central-1', body: JSON.stringify(bridge) },
    ],
  },
  'CloudWatch Logs': subscription,
  'CloudWatch Logs in Lambda': { awslogs: { data: zipped(subscription) } },
  'filter-log-events': { events: [{ logStreamName: 's', timestamp: 1, message: text, eventId: '1' }] },
  'get-query-results of CloudWatch Logs': {
    results: [
      [
        { field: '@timestamp', value: '2025-03-04 10:00:00.000' },
        { field: '@message', value: text },
        { field: '@ptr', value: 'x' },
      ],
    ],
    status: 'Complete',
  },
  'CloudWatch Logs in Kinesis in Lambda': {
    Records: [
      {
        kinesis: { data: zipped(subscription), partitionKey: 'x' },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: 'shardId-0:1',
        eventName: 'aws:kinesis:record',
        awsRegion: 'eu-central-1',
      },
    ],
  },
  Firehose: { records: [{ recordId: 'x', data: base64(text) }] },
  'get-records': { Records: [{ SequenceNumber: '1', Data: base64(text) }] },
  'Logstash codec': (({ eventTime, ...rest }) => ({
    '@timestamp': eventTime ?? '',
    '@version': '1',
    ...rest,
  }))(one),
  Filebeat: { '@timestamp': 'x', message: text, agent: { type: 'filebeat' } },
  'Elastic search result': { hits: { total: 1, hits: [{ _index: 'x', _source: { message: text } }] } },
  'Elastic with the original': { message: 'StopLogging by maria', event: { action: 'x', original: text } },
  'Elastic with a flat original': { 'event.original': text },
  'Splunk export': {
    preview: false,
    result: { _raw: text, eventName: 'cut', eventSource: 'cut', eventID: 'cut' },
  },
  'Splunk fields without raw': { preview: false, result: one },
  'Splunk results': { results: [{ _raw: text }] },
  'Splunk collector': { sourcetype: 'aws:cloudtrail', event: one },
  text: text,
  'text of a text': JSON.stringify(text),
  'syslog line': `<134>May  1 10:00:00 host trail: ${text}`,
  'line with a tag and a remark': `host {tag} ${text} (end)`,
  raw: { raw: text },
  'log list': { file: 'x', log: [one] },
  'Panther row': { rule_id: 'x', event: one },
  'columns in lower case': {
    eventversion: '1.08',
    eventname: 'StopLogging',
    eventsource: 'cloudtrail.amazonaws.com',
    useridentity: '{type=IAMUser, principalid=AIDAEXAMPLE, username=maria, sessioncontext=null}',
  },
  'get-query-results': {
    QueryResultRows: [
      [
        { eventName: 'StopLogging' },
        { eventSource: 'cloudtrail.amazonaws.com' },
        { eventTime: '2024-05-01 10:00:00.000' },
      ],
    ],
  },
  'get-query-results of whole events': { QueryResultRows: [[{ eventJson: text }]] },
}

test('objects that are texts in a row of Lake are read', () => {
  const row = {
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    eventTime: '2024-05-01 10:00:00.000',
    userIdentity: '{type=IAMUser, arn=arn:aws:iam::111122223333:user/maria, sessioncontext=null}',
    requestParameters: '{name=main}',
  }
  const list = Object.entries(row).map(([name, value]) => ({ [name]: value }))
  for (const shape of [row, { QueryResultRows: [list] }, { ...row, userIdentity: '{"type":"IAMUser"}' }]) {
    const [item] = unwrapped(shape)
    expect(item).toMatchObject({
      record: { userIdentity: { type: 'IAMUser' }, requestParameters: { name: 'main' } },
    })
  }
})

test('an identity that is some text is left as it is', () => {
  const record = { ...one, userIdentity: 'maria' }
  expect(unwrapped(record)).toMatchObject([{ kind: 'event', record }])
})

describe('one event is found in', () => {
  test.each(Object.entries(shapes))('%s', (_, shape) => {
    expect(words(shape)).toEqual(['StopLogging'])
  })
})

describe('a reader may take the elements one by one from', () => {
  const cuttable = Object.entries(shapes).flatMap(([name, shape]) => {
    const members = typeof shape === 'object' && shape !== null ? Object.entries(shape) : []
    return members
      .filter(([key, value]) => arrayKeys.has(key) && Array.isArray(value))
      .map(([, value]) => [name, value] as const)
  })
  test.each(cuttable)('%s', (_, list) => {
    expect((list as readonly Json[]).flatMap(words)).toEqual(['StopLogging'])
  })
})

describe('set apart', () => {
  const insight = {
    eventVersion: '1.07',
    eventType: 'AwsCloudTrailInsight',
    insightDetails: { state: 'Start' },
  }
  const control = {
    messageType: 'CONTROL_MESSAGE',
    logEvents: [{ id: '', timestamp: 1, message: 'CWL CONTROL MESSAGE: x' }],
  }
  test.each<readonly [string, Json, readonly string[]]>([
    ['a digest', { digestStartTime: 'x', digestEndTime: 'y', digestS3Bucket: 'b', logFiles: [] }, ['digest']],
    ['insights', { Records: [insight, one] }, ['insight', 'StopLogging']],
    ['an insight with the names of an event', event({ eventCategory: 'Insight' }), ['insight']],
    ['a control message', control, ['control message']],
    ['the log event of a control message', control.logEvents[0] ?? null, ['control message']],
  ])('%s', (_, value, expected) => {
    expect(words(value)).toEqual(expected)
  })
})

describe('not known', () => {
  const s3Notice = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    awsRegion: 'x',
    eventTime: 'x',
  }
  const windows = {
    EventName: 'Logon',
    EventSource: 'Security',
    EventID: 4624,
    EventTime: '2024-05-01 10:00:00',
  }
  test.each<readonly [string, Json]>([
    ['null', null],
    ['a number', 7],
    ['plain text', 'Stop {logging} now'],
    ['text with an open brace', `{ ${text}`],
    ['an empty object', {}],
    ['a notice that S3 sends', s3Notice],
    ['another product', windows],
    ['a message in words', { message: 'hello' }],
    ['base64 of nothing', { data: '????' }],
    ['a wrapper around nothing known', { detail: { a: 1 } }],
  ])('%s', (_, value) => {
    expect(words(value)).toEqual(['unknown'])
  })
})

test('network activity is an event', () => {
  expect(words(event({ eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvent' }))).toEqual([
    'StopLogging',
  ])
})

test('each element of a list is told, in order', () => {
  expect(words({ Records: [one, null, { a: 1 }, two, []] })).toEqual([
    'StopLogging',
    'unknown',
    'unknown',
    'DeleteTrail',
  ])
  expect(words({ Records: [] })).toEqual([])
})

test('several objects in one text are several events', () => {
  expect(words({ Data: base64(both) })).toEqual(['StopLogging', 'DeleteTrail'])
  expect(unwrapped(both)).toMatchObject([{ text }, { text: JSON.stringify(two) }])
})

test('the text of an event inside of an envelope is given, and of no other', () => {
  expect(unwrapped({ CloudTrailEvent: text })).toEqual([expect.objectContaining({ kind: 'event', text })])
  expect(unwrapped(one)).toEqual([expect.not.objectContaining({ text: expect.anything() })])
  expect(unwrapped({ Message: JSON.stringify({ Records: [one] }) })[0]).not.toHaveProperty('text')
})

describe('hostile input', () => {
  test('nesting ends somewhere', () => {
    let arrays: Json = one
    let wrapped: Json = one
    for (let level = 0; level < 5000; level += 1) {
      arrays = [arrays]
      wrapped = { detail: wrapped, event: wrapped, raw: 'x' }
    }
    expect(words(arrays)).toEqual(['unknown'])
    expect(words(wrapped)).toEqual(['unknown'])
  })

  test('a gzip bomb stays folded', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')).toString('base64')
    expect(words({ Records: Array.from({ length: 20 }, () => ({ Data: bomb })) })).toEqual(
      Array(20).fill('failed'),
    )
  })

  test('a damaged gzip costs its neighbours nothing', () => {
    const damaged = Buffer.from(zipped(one), 'base64').subarray(0, 30).toString('base64')
    const records = [...Array(9).fill({ Data: damaged }), { Data: zipped(one) }] as Json[]
    expect(words({ Records: records })).toEqual([...Array(9).fill('failed'), 'StopLogging'])
  })

  test('what cannot be unpacked says why, unless the event is found elsewhere', () => {
    const damaged = zipped(one).slice(0, 40)
    expect(unwrapped({ data: damaged })).toEqual([
      { kind: 'failed', reason: expect.stringContaining('damaged') },
    ])
    expect(words({ data: damaged, message: text })).toEqual(['StopLogging'])
    expect(words([{ data: damaged }, { a: 1 }])).toEqual(['failed', 'unknown'])
  })

  test('a million open braces take linear time', () => {
    expect(words('{'.repeat(1_000_000))).toEqual(['unknown'])
    expect(words('{}'.repeat(100_000))).toHaveLength(100_000)
    expect(words('{"'.repeat(500_000))).toEqual(['unknown'])
  })

  test('keys of the prototype are nothing special', () => {
    const hostile = JSON.parse(
      `{"__proto__":{"eventName":"x","eventSource":"y","eventID":"z"},"constructor":1}`,
    ) as Json
    expect(words(hostile)).toEqual(['unknown'])
    const row = JSON.parse(
      `[{"__proto__":"{a=b}"},{"constructor":"x"},{"eventname":"StopLogging"},{"eventsource":"x.amazonaws.com"},{"useridentity":"{__proto__={type=Root}}"}]`,
    ) as Json
    expect(words(row)).toEqual(['StopLogging'])
    expect(({} as { type?: string }).type).toBeUndefined()
  })
})
