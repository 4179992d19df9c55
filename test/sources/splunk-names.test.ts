import { expect, test } from 'vitest'
import { rowMaker } from '../../src/engines/files/event-row.ts'
import { readContent } from './reading.ts'

/** Fields of one event, as Splunk's add-ons call them. */
async function fieldsOf(event: unknown, ...names: readonly string[]): Promise<unknown> {
  const { found } = await readContent(typeof event === 'string' ? event : JSON.stringify(event))
  const [first] = found
  if (first === undefined) throw new Error('no event')
  const row = rowMaker('splunk', { names: new Set(names), all: false })(first)
  return Object.fromEntries(names.map(name => [name, row.get(name)]))
}

test('what Microsoft 365 says in lists of names and values are fields of their own', async () => {
  const pairs = (...names: readonly string[]) => names.map(Name => ({ Name, Value: `${Name}1` }))
  const event = {
    CreationTime: '2026-01-01T10:00:00',
    Id: 'a1',
    Operation: 'UserLoggedIn',
    Workload: 'AzureActiveDirectory',
    UserId: 'ann@example.com',
    AzureActiveDirectoryEventType: 1,
    ExtendedProperties: pairs('RequestType', 'UserAgent', 'Operation'),
    DeviceProperties: pairs('OS', 'BrowserType'),
    OperationProperties: pairs('MailAccessType'),
  }
  const names = ['RequestType', 'UserAgent', 'OS', 'BrowserType', 'MailAccessType', 'Operation', 'event_type']
  expect(await fieldsOf(event, ...names)).toEqual({
    RequestType: 'RequestType1',
    UserAgent: 'UserAgent1',
    OS: 'OS1',
    BrowserType: 'BrowserType1',
    MailAccessType: 'MailAccessType1',
    Operation: 'UserLoggedIn',
    event_type: '1',
  })
})

test('a finding of GuardDuty has its names under detail too, as EventBridge hands it on', async () => {
  const finding = { type: 'Recon:EC2/Portscan', severity: 5, id: 'g1', service: { serviceName: 'guardduty' } }
  const names = ['detail.type', 'detail.severity', 'severity']
  expect(await fieldsOf(finding, ...names)).toEqual({
    'detail.type': 'Recon:EC2/Portscan',
    'detail.severity': '5',
    severity: '5',
  })
})

test('an activity of Google Workspace has its event in the list of the Reports API too', async () => {
  const activity = {
    id: { time: '2026-01-01T10:00:00Z', applicationName: 'admin', customerId: 'C1', uniqueQualifier: '1' },
    actor: { email: 'ann@example.com' },
    events: [{ name: 'CREATE_USER', parameters: [{ name: 'USER_EMAIL', value: 'bob@example.com' }] }],
  }
  expect(await fieldsOf(activity, 'event.name', 'events{}.name', 'events{}.parameters{}.value')).toEqual({
    'event.name': 'CREATE_USER',
    'events{}.name': ['CREATE_USER'],
    'events{}.parameters{}.value': ['bob@example.com'],
  })
})

test('a flow that was refused is blocked', async () => {
  const line =
    '2 111122223333 eni-1 198.51.100.7 10.0.0.5 40000 22 6 10 840 1767261600 1767261660 REJECT OK\n'
  const names = ['action', 'vpcflow_action']
  expect(await fieldsOf(line, ...names)).toEqual({ action: 'blocked', vpcflow_action: 'REJECT' })
})

test('who takes a role by SAML has the key and the role that come of it', async () => {
  const event = {
    eventVersion: '1.08',
    eventID: 'e1',
    eventTime: '2026-01-01T10:00:00Z',
    eventName: 'AssumeRoleWithSAML',
    eventSource: 'sts.amazonaws.com',
    userIdentity: { type: 'SAMLUser', principalId: 'x:ann', userName: 'ann' },
    responseElements: {
      credentials: { accessKeyId: 'ASIA1' },
      assumedRoleUser: { arn: 'arn:aws:sts::111122223333:assumed-role/r/ann' },
    },
  }
  expect(await fieldsOf(event, 'temp_access_key', 'user_role', 'user_arn', 'src_user_type')).toEqual({
    temp_access_key: 'ASIA1',
    user_role: 'arn:aws:sts::111122223333:assumed-role/r/ann',
    user_arn: 'arn:aws:sts::111122223333:assumed-role/r/ann',
    src_user_type: 'SAMLUser',
  })
})

test('a sign-in has the names of all who collect it', async () => {
  const event = {
    time: '2026-01-01T10:00:00Z',
    category: 'SignInLogs',
    operationName: 'Sign-in activity',
    tenantId: 't1',
    location: 'NO',
    properties: {
      id: 's1',
      createdDateTime: '2026-01-01T10:00:00Z',
      userPrincipalName: 'ann@example.com',
      ipAddress: '203.0.113.7',
      location: { city: 'Oslo' },
      authenticationDetails: [{ succeeded: true }, { succeeded: false }],
    },
  }
  const names = [
    'userPrincipalName',
    'UserPrincipalName',
    'IPAddress',
    'location',
    'location.city',
    'sourcetype',
  ]
  expect(await fieldsOf(event, ...names, 'authenticationDetails{}.succeeded')).toEqual({
    userPrincipalName: 'ann@example.com',
    UserPrincipalName: 'ann@example.com',
    IPAddress: '203.0.113.7',
    location: 'NO',
    'location.city': 'Oslo',
    sourcetype: ['azure:monitor:aad', 'azure:aad:signin', 'mscs:azure:eventhub'],
    'authenticationDetails{}.succeeded': ['true', 'false'],
  })
})

test("an event of Azure's activity log that was streamed has the names of the one that was fetched", async () => {
  const event = {
    time: '2026-01-01T10:00:00Z',
    resourceId: '/SUBSCRIPTIONS/S1/RESOURCEGROUPS/R1/PROVIDERS/MICROSOFT.AUTHORIZATION/LOCKS/L1',
    operationName: 'MICROSOFT.AUTHORIZATION/LOCKS/DELETE',
    category: 'Administrative',
    resultType: 'Success',
    callerIpAddress: '203.0.113.7',
    identity: { claims: { name: 'Ann' }, authorization: { action: 'Microsoft.Authorization/locks/delete' } },
  }
  const names = ['operationName.value', 'status.value', 'claims.name', 'authorization.action', 'product']
  expect(await fieldsOf(event, ...names)).toEqual({
    'operationName.value': 'MICROSOFT.AUTHORIZATION/LOCKS/DELETE',
    'status.value': 'Success',
    'claims.name': 'Ann',
    'authorization.action': 'Microsoft.Authorization/locks/delete',
    product: 'Azure',
  })
})

test('what an access log of S3 leaves open is a dash', async () => {
  const line =
    '79a5 data [01/Jan/2026:10:01:00 +0000] 198.51.100.8 - 3E58 REST.GET.OBJECT a/c.txt "GET /a/c.txt HTTP/1.1" 403 AccessDenied 243 - 20 - "-" "curl" - h= - - - data.s3.amazonaws.com TLSv1.2 - -\n'
  expect(await fieldsOf(line, 'requester', 'error_code', 'object_size', 'user', 'result')).toEqual({
    requester: '-',
    error_code: 'AccessDenied',
    object_size: '-',
    user: undefined,
    result: 'failure',
  })
})

test('who did something in Okta has an id and a type', async () => {
  const event = {
    uuid: 'u1',
    published: '2026-01-01T10:00:00Z',
    eventType: 'app.generic.unauth_app_access_attempt',
    outcome: { result: 'FAILURE' },
    actor: { id: '00u1', type: 'User', alternateId: 'ann@example.com' },
    client: { ipAddress: '203.0.113.7' },
    target: null,
  }
  expect(await fieldsOf(event, 'src_user_id', 'src_user_type', 'tag', 'action', 'dest', 'app')).toEqual({
    src_user_id: '00u1',
    src_user_type: 'User',
    tag: 'authentication',
    action: 'failure',
    dest: 'Okta',
    app: 'Okta',
  })
})
