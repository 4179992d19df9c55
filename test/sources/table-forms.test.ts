import { describe, expect, test } from 'vitest'
import { findTime } from '../../src/sources/find-time.ts'
import { readContent } from './reading.ts'

async function read(content: object | string, name = 'log') {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  const { found } = await readContent(text, {}, name)
  return found.map(({ source, record }) => ({ source: source.id, record, ...source.normalise(record) }))
}

function cells(...values: readonly string[]): string {
  return values.map(value => `"${value.replaceAll('"', '""')}"`).join(',')
}

describe('times as tables write them', () => {
  test.each([
    ['March 04, 2025, 10:00:00 (UTC+02:00)', Date.UTC(2025, 2, 4, 8)],
    ['Tue Mar 04 2025 10:00:00 GMT-0500 (Eastern Standard Time)', Date.UTC(2025, 2, 4, 15)],
    ['3/4/2025, 10:00:00.250 PM', Date.UTC(2025, 2, 4, 22, 0, 0, 250)],
    ['Mar  4 10:00:00 2025', Date.UTC(2025, 2, 4, 10)],
    ['process 10 10:00:00', undefined],
  ])('%s', (text, time) => {
    expect(findTime(text)).toBe(time)
  })

  test('CloudTrail’s console', async () => {
    const [event] = await read(
      'Event name,Event time,User name,Event source,Event ID\nCreateUser,"March 04, 2025, 10:00:00 (UTC+02:00)",alice,iam.amazonaws.com,e-1\n',
    )
    expect(event).toMatchObject({ source: 'cloudtrail', time: Date.UTC(2025, 2, 4, 8), action: 'CreateUser' })
  })

  const time = '3/4/2025, 10:00:00.250 PM'
  const at = Date.UTC(2025, 2, 4, 22, 0, 0, 250)
  test.each([
    [
      'azure-activity',
      'TimeGenerated [UTC],OperationNameValue,ActivityStatusValue,Caller,CorrelationId',
      [time, 'MICROSOFT.COMPUTE/SNAPSHOTS/WRITE', 'Success', 'alice@example.com', 'c-1'],
    ],
    [
      'entra-signin',
      'TimeGenerated [UTC],OperationName,ResultType,AppDisplayName,UserPrincipalName,CreatedDateTime [UTC],Type',
      [
        '3/4/2025, 11:30:00.000 PM',
        'Sign-in activity',
        '0',
        'Portal',
        'alice@example.com',
        time,
        'SigninLogs',
      ],
    ],
    [
      'm365',
      'TimeGenerated [UTC],Operation,OfficeWorkload,UserId',
      [time, 'New-InboxRule', 'Exchange', 'alice@example.com'],
    ],
    [
      'storage-blob',
      'TimeGenerated [UTC],OperationName,Category,StatusCode,AccountName',
      [time, 'GetBlob', 'StorageRead', '200', 'shop'],
    ],
    [
      'storage-blob',
      'TimeGenerated [UTC],OperationName,Uri,AuthenticationType,AccountName',
      [time, 'GetBlob', 'https://shop.blob.core.windows.net/c/b', 'SAS', 'shop'],
    ],
    [
      'azure-flow',
      'FlowStartTime [UTC],FlowDirection,SrcIP,DestIP,DestPort,L4Protocol',
      [time, 'O', '10.0.0.4', '203.0.113.9', '443', 'T'],
    ],
    [
      'azure-flow',
      'FlowStartTime_t [UTC],FlowDirection_s,SrcIP_s,DestIP_s,DestPort_d,FlowStatus_s',
      [time, 'O', '10.0.0.4', '203.0.113.9', '443', 'A'],
    ],
  ])('Log Analytics, %s', async (source, header, row) => {
    const [event] = await read(`${header}\n${cells(...row)}\n`)
    expect(event).toMatchObject({ source, time: at })
  })

  test('the tenant of a table is no workspace', async () => {
    const row = { TimeGenerated: '2025-03-04T10:00:00Z', TenantId: 'workspace', AADTenantId: 'tenant' }
    const [event] = await read({ ...row, ResultType: '0', AppDisplayName: 'Portal', Type: 'SigninLogs' })
    expect(event?.account).toBe('tenant')
  })
})

test('the table of Azure’s portal', async () => {
  const header =
    'Correlation id,Operation name,Status,Event category,Level,Time,Subscription,Event initiated by'
  const resource = '/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/a'
  const row = [
    ...['c-1', 'Delete diagnostic setting', 'Failed', 'Administrative', 'Error'],
    ...[
      '2025-03-04T10:00:00.000Z',
      'Main',
      'alice@example.com',
      'Microsoft.Insights/settings',
      'a',
      resource,
    ],
  ]
  const events = await read(`${header},Resource type,Resource group,Resource\n${cells(...row)}\n`)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    source: 'azure-activity',
    action: 'Delete diagnostic setting',
    outcome: 'denied',
    time: Date.UTC(2025, 2, 4, 10),
    account: '11111111-2222-3333-4444-555555555555',
    actor: { principal: 'alice@example.com', session: 'c-1' },
    resources: [resource],
  })
})

describe('what stands for nothing in tables and Parquet', () => {
  test('a flow log', async () => {
    const row = {
      account_id: '111122223333',
      interface_id: 'eni-1',
      srcaddr: '10.0.0.5',
      dstaddr: '203.0.113.9',
    }
    const more = { start: 1741082400, end: 1741082460, action: 'ACCEPT', log_status: 'OK' }
    const nothing = { instance_id: '-', pkt_srcaddr: '-', pkt_dstaddr: '-', region: '-', reject_reason: '-' }
    const [event] = await read({ ...row, ...more, ...nothing })
    expect(event).toMatchObject({ actor: { principal: 'eni-1' }, address: '10.0.0.5', outcome: 'succeeded' })
    expect(event).not.toHaveProperty('error')
    expect(event).not.toHaveProperty('region')
    expect(event?.record).not.toHaveProperty('instance-id')
  })

  test('a server access log of Athena', async () => {
    const row = { bucketowner: 'o', bucket_name: 'b', requestid: 'r', operation: 'REST.GET.OBJECT', key: 'k' }
    const [event] = await read({
      ...row,
      httpstatus: '200',
      errorcode: '-',
      requester: '-',
      remoteip: '192.0.2.3',
    })
    expect(event).toMatchObject({ source: 's3-access', outcome: 'succeeded', actor: {} })
    expect(event).not.toHaveProperty('error')
  })
})

const RULE = {
  CreationTime: '2025-03-04T10:00:00',
  Id: 'm-1',
  Operation: 'New-InboxRule',
  Workload: 'Exchange',
  UserId: 'alice@example.com',
}

test('PowerShell’s table with the type above its header', async () => {
  const header = '"RecordType","CreationDate","UserIds","Operations","AuditData"'
  const row = cells('1', '3/4/2025 10:00:00 AM', RULE.UserId, RULE.Operation, JSON.stringify(RULE))
  for (const end of ['\n', '\r\n']) {
    const events = await read(['#TYPE Selected.System.Object', header, row, ''].join(end))
    expect(events.map(({ source, id }) => [source, id])).toEqual([['m365', 'm-1']])
  }
})

test('lists of Cloud Logging and Pub/Sub, records of Graph’s audit queries', async () => {
  const protoPayload = { '@type': 'type.googleapis.com/google.cloud.audit.AuditLog', methodName: 'a.b' }
  const entry = {
    protoPayload,
    insertId: 'i',
    timestamp: '2025-03-04T10:00:00Z',
    logName: 'projects/p/logs/x',
  }
  const message = { data: Buffer.from(JSON.stringify(entry)).toString('base64') }
  const graph = { operation: 'New-InboxRule', service: 'Exchange', auditData: RULE }
  const forms: readonly (readonly [object, string])[] = [
    [{ entries: [entry], nextPageToken: 'x' }, 'gcp-audit'],
    [{ receivedMessages: [{ ackId: 'x', message }] }, 'gcp-audit'],
    [{ value: [graph] }, 'm365'],
  ]
  for (const [form, source] of forms) expect((await read(form)).map(one => one.source)).toEqual([source])
})

test('a server access log knows a role by its own ARN, as CloudTrail does', async () => {
  const line = (requester: string) =>
    `${'a'.repeat(64)} b [06/Feb/2025:00:00:38 +0000] 192.0.2.3 ${requester} R REST.GET.OBJECT k "GET /b/k HTTP/1.1" 200 - 3 3 7 6 "-" "x" -`
  const session = 'arn:aws:sts::111122223333:assumed-role/reports/job-7'
  const user = 'arn:aws:iam::111122223333:user/team/ann'
  const events = await read([line(session), line(user), line('b'.repeat(64))].join('\n'))
  expect(events.map(({ actor }) => actor)).toEqual([
    {
      principal: 'arn:aws:iam::111122223333:role/reports',
      arn: session,
      name: 'reports',
      account: '111122223333',
      role: 'arn:aws:iam::111122223333:role/reports',
      session: 'job-7',
    },
    { principal: user, arn: user, name: 'ann', account: '111122223333' },
    { principal: 'b'.repeat(64) },
  ])
})

describe('what CloudWatch Logs downloads', () => {
  const flow = '2 111122223333 eni-0a 192.0.2.1 203.0.113.9 5 443 6 2 99 1741082400 1741082460 ACCEPT OK'
  const silent = '2 111122223333 eni-0a - - - - - - - 1741082400 1741082460 - NODATA'
  const login = { eventTime: '2025-03-04T10:00:00Z', eventSource: 'signin.amazonaws.com' }
  const trail = JSON.stringify({ ...login, eventName: 'ConsoleLogin', userIdentity: { type: 'Root' } })

  test.each([
    ['of its console', 'timestamp,message\n1741082400000,'],
    ['of Insights', '@timestamp,@message\n2025-03-04 10:00:00.000,'],
  ])('%s', async (_, head) => {
    expect(await read(`${head}${cells(trail)}\n`)).toMatchObject([
      { source: 'cloudtrail', action: 'ConsoleLogin' },
    ])
    const { found, tally } = await readContent(`${head}${silent}\n1,${flow}\n1,START RequestId\n`)
    expect(found.map(({ source }) => source.id)).toEqual(['vpc-flow'])
    expect(tally.apart).toEqual({ NODATA: 1, unrecognised: 1 })
  })

  test('a table of messages of something else is none', async () => {
    const { found, tally } = await readContent('timestamp,message\n1,hello\n')
    expect([found, tally.records]).toEqual([[], 1])
  })
})
