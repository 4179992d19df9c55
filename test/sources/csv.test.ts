import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { cloudtrail } from '../../src/sources/cloudtrail/cloudtrail.ts'
import { csvRecords, looksLikeCsv } from '../../src/sources/csv.ts'
import { looseLiteral } from '../../src/sources/loose-literal.ts'
import { event, words } from './events.ts'

function read(text: string): { rows: JsonObject[]; lines: number[]; texts: string[]; problems: string[] } {
  const found = {
    rows: [] as JsonObject[],
    lines: [] as number[],
    texts: [] as string[],
    problems: [] as string[],
  }
  csvRecords(
    text,
    (row, line, own) => {
      found.rows.push(row)
      found.lines.push(line)
      found.texts.push(own)
    },
    message => found.problems.push(message),
  )
  return found
}

test.each([
  ['Event name,Event time,User name,Event source', true],
  ['\uFEFF"Event name","Event time","User name"', true],
  ['eventversion,useridentity,eventtime,eventsource,eventname', true],
  ['eventID;eventName;eventTime', true],
  ['Event Type,Event Name,Request ID,User ID,Request Parameters', true],
  ['_time,_raw', true],
  ['RecordId,CreationDate,RecordType,Operation,UserId,AuditData', false],
  ['EventID,EventType,EventTime,Computer', false],
  ['name,value', false],
  ['_raw', true],
  ['"eventJson"', true],
  ['raw', false],
  ['{"eventName":"x","eventSource":"y"}', false],
  ['', false],
])('looksLikeCsv %j: %s', (header, expected) => {
  expect(looksLikeCsv(header)).toBe(expected)
})

test('the console’s export', () => {
  const { rows } = read(
    [
      '"Event name","Event time","User name","Event source","Resource type","Resource name","AWS access key","AWS region","Error code","Source IP address","Read-only","Event ID"',
      'StopLogging,2024-05-01T10:00:00Z,maria,cloudtrail.amazonaws.com,AWS::CloudTrail::Trail,main,AKIAEXAMPLE,eu-central-1,,192.0.2.10,false,id-1',
      'StopLogging,2024-05-01T10:00:01Z,maria,cloudtrail.amazonaws.com,,,AKIAEXAMPLE,eu-central-1,AccessDenied,192.0.2.10,false,id-2',
    ].join('\r\n'),
  )
  expect(rows.flatMap(words)).toEqual(['StopLogging', 'StopLogging'])
  expect(rows[0]).not.toHaveProperty('errorCode')
  expect(rows[0]).toMatchObject({
    readOnly: false,
    userIdentity: { userName: 'maria', accessKeyId: 'AKIAEXAMPLE' },
  })
  expect(rows.map(cloudtrail.normalise)).toMatchObject([
    { id: 'id-1', outcome: 'succeeded', actor: { principal: 'maria' }, resources: ['main'] },
    { id: 'id-2', outcome: 'denied', error: 'AccessDenied' },
  ])
})

test('a result of Athena or Lake', () => {
  const identity =
    '{type=AssumedRole, principalid=AROAEXAMPLE:leo, arn=arn:aws:sts::111122223333:assumed-role/Admin/leo, username=null, sessioncontext={attributes={mfaauthenticated=true}, sessionissuer={type=Role, arn=arn:aws:iam::111122223333:role/Admin}}}'
  const { rows } = read(
    `eventversion,eventname,eventsource,eventtime,useridentity,requestparameters,responseelements,resources,readonly
1.08,GetObject,s3.amazonaws.com,2024-05-01 10:00:00.000,"${identity}","{""bucketName"":""b""}",null,"[{arn=arn:aws:s3:::b/k, accountid=1}]",true`,
  )
  expect(rows[0]).toMatchObject({
    eventName: 'GetObject',
    userIdentity: {
      principalId: 'AROAEXAMPLE:leo',
      sessionContext: { attributes: { mfaAuthenticated: 'true' } },
    },
    requestParameters: { bucketName: 'b' },
    resources: [{ accountId: '1' }],
    readOnly: true,
  })
  expect(rows.map(cloudtrail.normalise)).toMatchObject([
    {
      time: Date.UTC(2024, 4, 1, 10),
      outcome: 'succeeded',
      actor: { principal: 'arn:aws:iam::111122223333:role/Admin', session: 'leo', mfa: true },
      resources: ['arn:aws:s3:::b/k', 'arn:aws:s3:::b'],
    },
  ])
})

test('an export of S3 data events with Python’s dicts gets its service from the host', () => {
  const { rows } = read(
    `Event Type,Event Name,User ID,Request Parameters,Alert,Event ID,Event DateTime,Source IP
AwsApiCall,ListObjects,"{'type': 'AWSAccount', 'accountId': 'ANONYMOUS_PRINCIPAL'}","{'bucketName': 'b', 'Host': 'b.s3.amazonaws.com'}",7,id-1,2024-05-01T10:00:00Z,192.0.2.1
AwsApiCall,ListThings,x,"{'bucketName': 'b', 'Host': 'b.example.com'}",8,id-2,2024-05-01T10:00:00Z,192.0.2.1`,
  )
  expect(rows[0]).toMatchObject({ eventSource: 's3.amazonaws.com', Alert: '7', sourceIPAddress: '192.0.2.1' })
  expect(rows.flatMap(words)).toEqual(['ListObjects', 'unknown'])
  expect(cloudtrail.normalise(rows[0] ?? {})).toMatchObject({
    outcome: 'unknown',
    resources: ['arn:aws:s3:::b'],
  })
})

test('a column of whole events', () => {
  const text = JSON.stringify(event()).replaceAll('"', '""')
  expect(read(`_time,_raw\n1,"${text}"`).rows.flatMap(words)).toEqual(['StopLogging'])
})

test('lines and texts of rows, over empty lines and line breaks in cells', () => {
  const { lines, texts } = read('eventName,eventSource\na,"x\ny"\n\n\nb,z\r\nc,w')
  expect(lines).toEqual([2, 6, 7])
  expect(texts).toEqual(['a,"x\ny"', 'b,z', 'c,w'])
})

test('a table that breaks off keeps the rows before', () => {
  const { rows, problems } = read('eventName,eventSource\na,b\nc,"d\ne,f')
  expect(rows).toHaveLength(1)
  expect(problems).toHaveLength(1)
})

test('rows of other lengths and strange names', () => {
  const { rows } = read('eventName,__proto__,constructor,eventSource\na,b\nc,d,e,f,g')
  expect(Object.keys(rows[1] ?? {})).toEqual(['eventName', '__proto__', 'constructor', 'eventSource'])
  expect(rows[0]).toEqual(JSON.parse('{"eventName":"a","__proto__":"b"}'))
})

describe('looseLiteral reads', () => {
  test.each<readonly [string, Json | undefined]>([
    ['{"a": [1, null]}', { a: [1, null] }],
    [
      "{'a': 'it\\'s', 'b': None, 'c': [True, -1.5e3], 'd': (\"x'y\",), 'e': {}}",
      { a: "it's", b: null, c: [true, -1500], d: ["x'y"], e: {} },
    ],
    ["{'a': 'x\\n\\x41\\u00e9\\\\'}", { a: 'x\nAé\\' }],
    ['{a=b, c=[d, e], f={g=h}, i=null, j=}', { a: 'b', c: ['d', 'e'], f: { g: 'h' }, j: '' }],
    [
      '{agent=Mozilla/5.0 (X11; Linux, like x), next=1}',
      { agent: 'Mozilla/5.0 (X11; Linux, like x)', next: '1' },
    ],
    ['[{arn=x}, {arn=y, accountid=1}]', [{ arn: 'x' }, { arn: 'y', accountid: '1' }]],
    [
      '{policyDocument={"Statement":[{"Effect":"Allow"}]}, name=p}',
      { policyDocument: '{"Statement":[{"Effect":"Allow"}]}', name: 'p' },
    ],
    ['{path=a{b}c}', { path: 'a{b}c' }],
    ['{}', {}],
    ['plain', undefined],
    ['', undefined],
    ['{a', undefined],
    ["{'a': __import__('os')}", undefined],
    ["{'a': 1", undefined],
    ['{a=b} and more', undefined],
  ])('%s', (text, expected) => {
    expect(looseLiteral(text)).toEqual(expected)
  })

  test('and gives up on nesting without end', () => {
    expect(looseLiteral('['.repeat(100_000))).toBeUndefined()
    expect(looseLiteral('{a='.repeat(100_000))).toBeUndefined()
    expect(looseLiteral(`{${'a=b, '.repeat(100_000)}`)).toBeUndefined()
    expect(looseLiteral(`{'a': '${'\\'.repeat(1_000_000)}`)).toBeUndefined()
  })

  test('and keeps __proto__ a key like any other', () => {
    expect(Object.keys(looseLiteral("{'__proto__': {'x': 1}}") ?? {})).toEqual(['__proto__'])
  })
})
