import { describe, expect, test } from 'vitest'
import type { NormalEvent } from '../../src/core/event.ts'
import type { FoundEvent } from '../../src/engines/files/member-events.ts'
import { sourcesFor } from '../../src/sources/sources.ts'
import { readContent } from './reading.ts'

function told({ source, record }: FoundEvent): NormalEvent & { readonly source: string } {
  return { source: source.id, ...source.normalise(record) }
}

async function eventsOf(content: string | object): Promise<readonly (NormalEvent & { source: string })[]> {
  const { found } = await readContent(typeof content === 'string' ? content : JSON.stringify(content))
  return found.map(told)
}

async function fieldsOf(content: string | object): Promise<readonly FoundEvent['record'][]> {
  const { found } = await readContent(typeof content === 'string' ? content : JSON.stringify(content))
  return found.map(({ record }) => record)
}

const FLOW =
  '2 111122223333 eni-0abc 198.51.100.7 192.0.2.10 44321 443 6 12 3400 1741082400 1741082460 ACCEPT OK'

describe('VPC flow logs', () => {
  test('lines of the default format need no header', async () => {
    const [event] = await eventsOf(`${FLOW}\n`)
    expect(event).toMatchObject({
      source: 'vpc-flow',
      time: 1_741_082_400_000,
      action: 'ACCEPT',
      outcome: 'succeeded',
      account: '111122223333',
      address: '198.51.100.7',
    })
  })

  test('a header gives the order, also of fields that are not known', async () => {
    const header = 'dstaddr srcaddr next-hop-id start end action log-status interface-id'
    const [record] = await fieldsOf(
      `${header}\n192.0.2.10 198.51.100.7 n-1 1741082400 1741082460 REJECT OK eni-1\n`,
    )
    expect(record).toEqual({
      dstaddr: '192.0.2.10',
      srcaddr: '198.51.100.7',
      'next-hop-id': 'n-1',
      start: '1741082400',
      end: '1741082460',
      action: 'REJECT',
      'log-status': 'OK',
      'interface-id': 'eni-1',
    })
  })

  test('a header that comes again begins anew', async () => {
    const events = await eventsOf(
      [
        'srcaddr dstaddr start',
        '192.0.2.1 192.0.2.2 1741082400',
        'dstaddr srcaddr start',
        '192.0.2.1 192.0.2.2 1741082401',
      ].join('\n'),
    )
    expect(events.map(({ address }) => address)).toEqual(['192.0.2.1', '192.0.2.2'])
  })

  test('windows without data are counted and are no events', async () => {
    const empty = '2 111122223333 eni-0abc - - - - - - - 1741082400 1741082460 - NODATA'
    const { found, tally } = await readContent([FLOW, empty, empty.replace('NODATA', 'SKIPDATA')].join('\n'))
    expect(found).toHaveLength(1)
    expect(tally.apart).toEqual({ NODATA: 1, SKIPDATA: 1 })
  })

  test('a copy of a line has the same id, another flow has another', async () => {
    const events = await eventsOf([FLOW, FLOW, FLOW.replace('44321', '44322')].join('\n'))
    expect(new Set(events.map(({ id }) => id)).size).toBe(2)
  })

  test('messages of CloudWatch, and names with underscores', async () => {
    const message = {
      messageType: 'DATA_MESSAGE',
      logGroup: 'g',
      logEvents: [{ id: '1', timestamp: 1, message: FLOW }],
    }
    const row = {
      version: 2,
      account_id: '111122223333',
      interface_id: 'eni-1',
      srcaddr: '192.0.2.1',
      dstaddr: '192.0.2.2',
      start: 1741082400,
      action: 'ACCEPT',
      log_status: 'OK',
    }
    expect((await eventsOf(message)).map(({ source }) => source)).toEqual(['vpc-flow'])
    expect(await fieldsOf(row)).toMatchObject([{ 'account-id': '111122223333', 'interface-id': 'eni-1' }])
  })
})

const ACCESS =
  '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be example-bucket [04/Mar/2025:10:00:38 +0000] 198.51.100.7 arn:aws:iam::111122223333:user/ann 3E57427F3EXAMPLE REST.GET.OBJECT a%20b.txt "GET /a%20b.txt HTTP/1.1" 200 - 2662 2662 70 10 "-" '

describe('S3 server access logs', () => {
  test('quotes in the user agent are part of it', async () => {
    const [record] = await fieldsOf(
      `${ACCESS}"curl "quoted" 8" - host= SigV4 TLS_AES AuthHeader example-bucket.s3.amazonaws.com TLSv1.3 - -\n`,
    )
    expect(record).toMatchObject({ user_agent: 'curl "quoted" 8', host_id: 'host=', tls_version: 'TLSv1.3' })
    expect(record).not.toHaveProperty('access_point_arn')
  })

  test('older lines end sooner', async () => {
    const [event] = await eventsOf(`${ACCESS}"aws-cli"\n`)
    expect(event).toMatchObject({
      source: 's3-access',
      time: Date.parse('2025-03-04T10:00:38Z'),
      action: 'REST.GET.OBJECT',
      outcome: 'succeeded',
      actor: { principal: 'arn:aws:iam::111122223333:user/ann', name: 'ann' },
      userAgent: 'aws-cli',
      resources: ['arn:aws:s3:::example-bucket', 'arn:aws:s3:::example-bucket/a%20b.txt'],
    })
  })

  test('each object that one request deletes is an event', async () => {
    const line = (key: string): string =>
      ACCESS.replace('REST.GET.OBJECT a%20b.txt "GET /a%20b.txt HTTP/1.1"', `BATCH.DELETE.OBJECT ${key} -`)
    const events = await eventsOf(`${line('a')}"-"\n${line('b')}"-"\n`)
    expect(new Set(events.map(({ id }) => id)).size).toBe(2)
  })
})

const OFFICE = {
  CreationTime: '2025-03-04T10:00:00',
  Id: 'o-1',
  Operation: 'Set-Mailbox',
  Workload: 'Exchange',
  OrganizationId: 'org',
  UserId: 'ann@example.com',
  UserType: 2,
  ClientIP: '[2001:db8::1]:443',
  ResultStatus: 'True',
  Parameters: [{ Name: 'ForwardingSmtpAddress', Value: 'smtp:x@example.org' }],
}

describe('Microsoft 365', () => {
  test('JSON, and CSV with the event in a column', async () => {
    const cell = `"${JSON.stringify(OFFICE).replaceAll('"', '""')}"`
    const csv = `RecordId,CreationDate,RecordType,Operation,UserId,AuditData\n1,3/4/2025 10:00:00 AM,1,Set-Mailbox,ann@example.com,${cell}\n`
    const expected = {
      source: 'm365',
      id: 'o-1',
      time: Date.parse('2025-03-04T10:00:00Z'),
      service: 'Exchange',
      action: 'Set-Mailbox',
      outcome: 'succeeded',
      address: '2001:db8::1',
      actor: { type: 'Admin', principal: 'ann@example.com' },
    }
    expect(await eventsOf([OFFICE])).toMatchObject([expected])
    expect(await eventsOf(csv)).toMatchObject([expected])
  })

  test('parameters have names of their own', async () => {
    expect(await fieldsOf(OFFICE)).toMatchObject([
      {
        ForwardingSmtpAddress: 'smtp:x@example.org',
        'Parameters.ForwardingSmtpAddress': 'smtp:x@example.org',
      },
    ])
  })

  test('rows of OfficeActivity', async () => {
    const row = {
      TimeGenerated: '2025-03-04T10:00:00Z',
      OfficeWorkload: 'SharePoint',
      OfficeId: 'o-2',
      Operation: 'FileDownloaded',
      UserId: 'ann@example.com',
      Parameters: '[{"Name":"a","Value":"b"}]',
      Type: 'OfficeActivity',
    }
    expect(await fieldsOf(row)).toMatchObject([{ Workload: 'SharePoint', Id: 'o-2', a: 'b' }])
  })

  test('a login that failed says so by its name', async () => {
    expect(
      await eventsOf({ ...OFFICE, Operation: 'UserLoginFailed', ResultStatus: 'Success' }),
    ).toMatchObject([{ outcome: 'denied' }])
  })

  test('a parameter cannot take the place of a member', async () => {
    const event = {
      ...OFFICE,
      Parameters: [
        { Name: 'UserId', Value: 'eve' },
        { Name: '__proto__', Value: 'x' },
      ],
    }
    const [record] = await fieldsOf(event)
    expect(record?.['UserId']).toBe('ann@example.com')
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
  })
})

const SIGNIN = {
  createdDateTime: '2025-03-04T10:00:00Z',
  id: 's-1',
  userPrincipalName: 'ann@example.com',
  appId: 'a',
  appDisplayName: 'App',
  ipAddress: '198.51.100.7',
  status: { errorCode: 50126, failureReason: 'bad password' },
}

describe('Microsoft Entra', () => {
  test.each<readonly [string, object]>([
    [
      'Azure Monitor',
      {
        records: [
          {
            time: '2025-03-04T11:00:00Z',
            category: 'SignInLogs',
            operationName: 'Sign-in activity',
            resultType: '50126',
            tenantId: 't',
            properties: SIGNIN,
          },
        ],
      },
    ],
    ['Graph', { value: [SIGNIN] }],
    [
      'Log Analytics',
      {
        tables: [
          {
            name: 'PrimaryResult',
            columns: [
              'TimeGenerated',
              'CreatedDateTime',
              'Id',
              'ResultType',
              'UserPrincipalName',
              'AppDisplayName',
              'IPAddress',
              'Status',
            ].map(name => ({ name })),
            rows: [
              [
                '2025-03-04T10:00:00Z',
                '2025-03-04T10:00:00Z',
                's-1',
                '50126',
                'ann@example.com',
                'App',
                '198.51.100.7',
                '{"errorCode":50126}',
              ],
            ],
          },
        ],
      },
    ],
  ])('a sign-in of %s', async (_, content) => {
    expect(await eventsOf(content)).toMatchObject([
      {
        source: 'entra-signin',
        id: 's-1',
        time: Date.parse('2025-03-04T10:00:00Z'),
        outcome: 'denied',
        error: '50126',
        address: '198.51.100.7',
        actor: { principal: 'ann@example.com' },
      },
    ])
    expect(await fieldsOf(content)).toMatchObject([
      { ResultType: '50126', properties: { userPrincipalName: 'ann@example.com' } },
    ])
  })

  test('a change in the directory', async () => {
    const change = {
      id: 'd-1',
      activityDateTime: '2025-03-04T10:00:00Z',
      activityDisplayName: 'Add member to role',
      category: 'RoleManagement',
      result: 'success',
      loggedByService: 'Core Directory',
      initiatedBy: { user: { userPrincipalName: 'admin@example.com', ipAddress: '198.51.100.7' } },
      targetResources: [{ displayName: 'bob', type: 'User' }],
    }
    expect(await eventsOf(change)).toMatchObject([
      { source: 'entra-audit', action: 'Add member to role', outcome: 'succeeded', resources: ['bob'] },
    ])
    expect(await fieldsOf(change)).toMatchObject([
      { 'properties.message': 'Add member to role', OperationName: 'Add member to role', Status: 'Success' },
    ])
  })

  test('a risk', async () => {
    const risk = {
      id: 'r',
      riskEventType: 'leakedCredentials',
      riskLevel: 'high',
      detectedDateTime: '2025-03-04T10:00:00Z',
      userPrincipalName: 'ann@example.com',
    }
    expect(await eventsOf(risk)).toMatchObject([{ source: 'entra-risk', outcome: 'unknown' }])
  })
})

describe("Azure's activity log", () => {
  const resourceId = '/subscriptions/0000/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm'
  const rest = {
    eventTimestamp: '2025-03-04T10:00:00Z',
    eventDataId: 'e-1',
    correlationId: 'c-1',
    operationName: {
      value: 'Microsoft.Compute/virtualMachines/delete',
      localizedValue: 'Delete Virtual Machine',
    },
    status: { value: 'Succeeded' },
    caller: 'ann@example.com',
    claims: { ipaddr: '198.51.100.7' },
    resourceId,
  }
  const exported = {
    time: '2025-03-04T10:00:00Z',
    resourceId: resourceId.toUpperCase(),
    operationName: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
    category: 'Administrative',
    resultType: 'Success',
    correlationId: 'c-1',
    callerIpAddress: '198.51.100.7',
    identity: { claims: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'ann@example.com' } },
  }
  const row = {
    TimeGenerated: '2025-03-04T10:00:00Z',
    OperationNameValue: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
    ActivityStatusValue: 'Success',
    CategoryValue: 'Administrative',
    Caller: 'ann@example.com',
    CallerIpAddress: '198.51.100.7',
    CorrelationId: 'c-1',
    _ResourceId: resourceId,
  }
  test.each<readonly [string, object]>([
    ['REST', { value: [rest] }],
    ['Azure Monitor', { records: [exported] }],
    ['Log Analytics', row],
  ])('%s', async (_, content) => {
    expect(await eventsOf(content)).toMatchObject([
      {
        source: 'azure-activity',
        outcome: 'succeeded',
        account: '0000',
        address: '198.51.100.7',
        actor: { principal: 'ann@example.com', session: 'c-1' },
      },
    ])
  })

  test('records of one operation are events of their own with one correlation', async () => {
    const records = ['Start', 'Success'].map((resultType, second) => ({
      ...exported,
      resultType,
      time: `2025-03-04T10:00:0${second}Z`,
    }))
    const events = await eventsOf({ records })
    expect(events.map(({ outcome }) => outcome)).toEqual(['unknown', 'succeeded'])
    expect(new Set(events.map(({ id }) => id)).size).toBe(2)
    expect(new Set(events.map(({ actor }) => actor.session)).size).toBe(1)
  })
})

describe('Google', () => {
  const entry = {
    insertId: 'i-1',
    logName: 'projects/example/logs/cloudaudit.googleapis.com%2Factivity',
    timestamp: '2025-03-04T10:00:00.5Z',
    resource: { type: 'gce_firewall_rule', labels: { project_id: 'example' } },
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      serviceName: 'compute.googleapis.com',
      methodName: 'v1.compute.firewalls.insert',
      resourceName: 'projects/example/global/firewalls/f',
      authenticationInfo: { principalEmail: 'ann@example.com' },
      requestMetadata: { callerIp: '198.51.100.7' },
    },
  }
  const packed = Buffer.from(JSON.stringify(entry)).toString('base64')
  test.each<readonly [string, object]>([
    ['an entry', entry],
    ['a list', [entry]],
    ['Pub/Sub', { message: { data: packed, messageId: '1' }, subscription: 's' }],
    ['a queue', [{ ackId: 'a', message: { data: packed } }]],
    ['Splunk', { data: entry }],
  ])('%s', async (_, content) => {
    expect(await eventsOf(content)).toMatchObject([
      {
        source: 'gcp-audit',
        action: 'v1.compute.firewalls.insert',
        outcome: 'succeeded',
        account: 'example',
        actor: { principal: 'ann@example.com' },
      },
    ])
    expect(await fieldsOf(content)).toMatchObject([
      {
        gcp: { audit: { method_name: 'v1.compute.firewalls.insert' } },
        data: { protoPayload: { serviceName: 'compute.googleapis.com' } },
      },
    ])
  })

  test('flows', async () => {
    const flow = {
      insertId: 'f',
      timestamp: '2025-03-04T10:00:00Z',
      logName: 'projects/example/logs/compute.googleapis.com%2Fvpc_flows',
      jsonPayload: {
        connection: { src_ip: '192.0.2.1', dest_ip: '192.0.2.2', protocol: 6 },
        reporter: 'SRC',
        bytes_sent: '10',
      },
    }
    expect(await eventsOf(flow)).toMatchObject([
      { source: 'gcp-flow', address: '192.0.2.1', resources: ['192.0.2.2'] },
    ])
  })

  test('each event of an activity of Workspace, also in large files of lines', async () => {
    const activity = (number: number): object => ({
      kind: 'admin#reports#activity',
      id: {
        time: '2025-03-04T10:00:00Z',
        uniqueQualifier: String(-number),
        applicationName: 'admin',
        customerId: 'C',
      },
      actor: { email: 'ann@example.com' },
      ipAddress: '198.51.100.7',
      events: [
        {
          type: 'USER_SETTINGS',
          name: 'CREATE_USER',
          parameters: [{ name: 'USER_EMAIL', value: 'bob@example.com' }],
        },
        { type: 'USER_SETTINGS', name: 'GRANT_ADMIN_PRIVILEGE' },
      ],
    })
    const events = await eventsOf(
      Array.from({ length: 1000 }, (_, n) => JSON.stringify(activity(n))).join('\n'),
    )
    expect(events).toHaveLength(2000)
    expect(new Set(events.map(({ id }) => id)).size).toBe(2000)
    expect(events[0]).toMatchObject({
      source: 'google-workspace',
      action: 'CREATE_USER',
      resources: ['bob@example.com'],
    })
    expect(await fieldsOf({ kind: 'admin#reports#activities', items: [activity(1)] })).toMatchObject([
      {
        eventName: 'CREATE_USER',
        eventService: 'admin.googleapis.com',
        parameters: { USER_EMAIL: 'bob@example.com' },
        user_email: 'bob@example.com',
      },
      {},
    ])
  })
})

describe('Kubernetes', () => {
  const event = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    auditID: 'a',
    stage: 'ResponseComplete',
    verb: 'get',
    user: { username: 'ann' },
    sourceIPs: ['198.51.100.7'],
    objectRef: { resource: 'secrets', namespace: 'n', name: 's' },
    responseStatus: { code: 403, reason: 'Forbidden' },
    requestReceivedTimestamp: '2025-03-04T10:00:00Z',
  }
  test.each<readonly [string, object]>([
    ['its own log', event],
    ['a list', { kind: 'EventList', items: [event] }],
    ['EKS', { messageType: 'DATA_MESSAGE', logEvents: [{ message: JSON.stringify(event) }] }],
    [
      'AKS',
      {
        records: [
          {
            category: 'kube-audit',
            operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
            resourceId: '/SUBSCRIPTIONS/0',
            properties: { log: JSON.stringify(event) },
          },
        ],
      },
    ],
  ])('%s', async (_, content) => {
    expect(await eventsOf(content)).toMatchObject([
      {
        source: 'kubernetes-audit',
        action: 'get secrets',
        outcome: 'denied',
        error: 'Forbidden',
        actor: { principal: 'ann' },
        resources: ['n/secrets/s'],
      },
    ])
  })

  test("Google's engine", async () => {
    const entry = {
      insertId: 'g',
      timestamp: '2025-03-04T10:00:00Z',
      resource: { type: 'k8s_cluster', labels: { project_id: 'example' } },
      protoPayload: {
        '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
        serviceName: 'k8s.io',
        methodName: 'io.k8s.core.v1.pods.exec.create',
        resourceName: 'core/v1/namespaces/n/pods/p/exec',
        authenticationInfo: { principalEmail: 'ann@example.com' },
        requestMetadata: { callerIp: '198.51.100.7' },
      },
    }
    expect(await fieldsOf(entry)).toMatchObject([
      {
        verb: 'create',
        objectRef: { resource: 'pods', namespace: 'n', name: 'p', subresource: 'exec' },
        user: { username: 'ann@example.com' },
        sourceIPs: ['198.51.100.7'],
      },
    ])
  })
})

describe('networks and storage', () => {
  test('each tuple of an NSG flow log', async () => {
    const record = {
      time: '2025-03-04T10:00:00Z',
      category: 'NetworkSecurityGroupFlowEvent',
      resourceId: '/SUBSCRIPTIONS/0000/X',
      properties: {
        Version: 2,
        flows: [
          {
            rule: 'r',
            flows: [
              {
                mac: 'm',
                flowTuples: [
                  '1741082400,192.0.2.1,198.51.100.7,4000,443,T,O,A,E,1,100,2,200',
                  '1741082401,192.0.2.1,198.51.100.8,4001,22,T,I,D,B,,,,',
                ],
              },
            ],
          },
        ],
      },
    }
    expect(await eventsOf({ records: [record] })).toMatchObject([
      {
        source: 'azure-flow',
        time: 1_741_082_400_000,
        outcome: 'succeeded',
        address: '192.0.2.1',
        account: '0000',
      },
      { source: 'azure-flow', outcome: 'denied' },
    ])
  })

  test('each tuple of a VNet flow log', async () => {
    const record = {
      time: '2025-03-04T10:00:00Z',
      category: 'FlowLogFlowEvent',
      flowRecords: {
        flows: [
          {
            aclID: 'a',
            flowGroups: [
              { rule: 'r', flowTuples: ['1741082400123,192.0.2.1,198.51.100.7,4000,443,6,O,D,NX,0,0,0,0'] },
            ],
          },
        ],
      },
    }
    expect(await fieldsOf(record)).toMatchObject([
      {
        srcIp: '192.0.2.1',
        destPort: '443',
        protocol: 'tcp',
        direction: 'outbound',
        decision: 'denied',
        rule: 'r',
      },
    ])
  })

  test('traffic analytics', async () => {
    const start = { FlowStartTime_t: '2025-03-04T10:00:00Z', L4Protocol_s: 'T', FlowDirection_s: 'I' }
    const denied = { ...start, FlowStatus_s: 'D', NSGRule_s: 'deny', DestIP_s: '10.0.0.4', DestPort_d: 22 }
    const row = { ...denied, SrcPublicIPs_s: '203.0.113.9|1|0|0|20|10 198.51.100.7|1|0|0|20|10' }
    const vnet = { FlowStartTime: '2025-03-04T10:00:00Z', FlowDirection: 'Outbound', FlowStatus: 'Allowed' }
    expect(await eventsOf([row, { ...vnet, SrcIp: '10.0.0.4', DestIp: '203.0.113.9' }])).toMatchObject([
      { source: 'azure-flow', outcome: 'denied', address: '203.0.113.9', resources: ['10.0.0.4'] },
      { source: 'azure-flow', outcome: 'succeeded', address: '10.0.0.4', resources: ['203.0.113.9'] },
    ])
    expect(await fieldsOf(row)).toMatchObject([{ decision: 'denied', rule: 'deny', direction: 'inbound' }])
  })

  test('queries', async () => {
    const query = {
      version: '1.1',
      account_id: '111122223333',
      region: 'eu-west-1',
      vpc_id: 'vpc-1',
      query_timestamp: '2025-03-04T10:00:00Z',
      query_name: 'a.example.',
      query_type: 'A',
      rcode: 'NOERROR',
      srcaddr: '192.0.2.1',
      srcids: { instance: 'i-1' },
    }
    expect(await eventsOf(query)).toMatchObject([
      { source: 'route53-resolver', action: 'query A', address: '192.0.2.1', actor: { principal: 'i-1' } },
    ])
  })

  test('requests to S3 as CloudWatch Logs gets them', async () => {
    const request = {
      schema_version_id: 'V_1_0',
      bucket_arn: 'arn:aws:s3:::payroll',
      bucket_name: 'payroll',
      request_time: '2025-03-04T10:00:00.250Z',
      bucket_owner_id: 'a'.repeat(64),
      remote_ip: '203.0.113.9',
      requester: null,
      request_id: 'R1',
      operation: 'REST.GET.OBJECT',
      key_name: '2025/march.csv',
      http_status: 200,
      error_code: null,
      bytes_sent_size: 4096,
    }
    expect(await eventsOf(request)).toMatchObject([
      {
        source: 's3-access',
        time: Date.UTC(2025, 2, 4, 10, 0, 0, 250),
        action: 'REST.GET.OBJECT',
        outcome: 'succeeded',
        address: '203.0.113.9',
        resources: ['arn:aws:s3:::payroll', 'arn:aws:s3:::payroll/2025/march.csv'],
      },
    ])
  })

  test('requests to Azure Storage', async () => {
    const request = {
      time: '2025-03-04T10:00:00Z',
      category: 'StorageRead',
      operationName: 'GetBlob',
      statusCode: 403,
      statusText: 'AuthorizationFailure',
      callerIpAddress: '198.51.100.7:4000',
      resourceId: '/subscriptions/0000/x',
      identity: { type: 'SAS', tokenHash: 'h' },
      properties: { accountName: 'acc', objectKey: '/acc/c/b' },
    }
    expect(await eventsOf(request)).toMatchObject([
      { source: 'storage-blob', outcome: 'denied', error: 'AuthorizationFailure', address: '198.51.100.7' },
    ])
  })

  test('requests to Azure Storage have the names of the export and of Log Analytics', async () => {
    const authorization = [{ action: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read' }]
    const exported = {
      category: 'StorageRead',
      operationName: 'GetBlob',
      identity: { type: 'SAS', requester: { appId: 'a' }, authorization },
      properties: { sasExpiryStatus: '-', requestBodySize: 7 },
    }
    const row = {
      Category: 'StorageRead',
      OperationName: 'GetBlob',
      AuthenticationType: 'SAS',
      RequesterAppId: 'a',
      AuthorizationDetails: authorization,
      SasExpiryStatus: '-',
      RequestBodySize: 7,
    }
    expect(await fieldsOf(exported)).toMatchObject([row])
    const [made] = await fieldsOf(row)
    expect(made).toMatchObject({ ...exported, category: 'StorageRead' })
    expect(Object.keys((made?.['properties'] ?? {}) as object)).toEqual([
      'requestBodySize',
      'sasExpiryStatus',
    ])
  })
})

describe('rules find their logs', () => {
  test.each<readonly [string, string | undefined, string | undefined, readonly string[]]>([
    ['azure', undefined, 'activitylogs', ['azure-activity']],
    ['azure', undefined, 'signinlogs', ['entra-signin']],
    ['azure', undefined, 'auditlogs', ['entra-audit']],
    ['azure', undefined, 'riskdetection', ['entra-risk']],
    ['azure', undefined, 'pim', ['entra-risk']],
    ['azure', undefined, 'm365', ['m365']],
    ['m365', undefined, 'threat_management', ['m365']],
    ['gcp', undefined, 'gcp.audit', ['kubernetes-audit', 'gcp-audit']],
    ['gcp', undefined, 'google_workspace.admin', ['google-workspace']],
    ['kubernetes', 'application', 'audit', ['kubernetes-audit']],
    ['aws', undefined, 'cloudtrail', ['cloudtrail']],
    ['aws', undefined, 'vpcflow', ['vpc-flow']],
    ['windows', undefined, 'security', ['windows']],
  ])('%s %s %s', (product, category, service, expected) => {
    const logsource = {
      product,
      ...(category === undefined ? {} : { category }),
      ...(service === undefined ? {} : { service }),
    }
    expect(sourcesFor(logsource).map(({ id }) => id)).toEqual(expected)
  })
})
