import { describe, expect, test } from 'vitest'
import { compile } from '../../src/scan/compile.ts'
import { loadText } from '../plain/load.ts'
import { readContent } from './reading.ts'

/** Does a rule that is written as Sigma's rules for that log are find the event, as a hunt would ask it? */
async function finds(logsource: string, selection: string, content: object | string): Promise<boolean> {
  const yaml = `title: t\nlogsource: {${logsource}}\ndetection:\n  selection: {${selection}}\n  condition: selection\n`
  const { rules, problems } = loadText(yaml, 'rule.yml')
  const [rule] = rules
  if (rule === undefined) throw new Error(JSON.stringify(problems))
  const { found } = await readContent(typeof content === 'string' ? content : JSON.stringify(content))
  return found.some(({ source, record }) => {
    if (!source.answers(rule.logsource)) return false
    const about = source.about?.(rule.logsource)
    return (about === undefined || compile(about)(record)) && compile(rule.where)(record)
  })
}

const RECORD = {
  eventVersion: '1.11',
  eventTime: '2025-03-04T10:00:00Z',
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
}
const FLOW = '2 111122223333 eni-1 198.51.100.7 10.0.0.5 40000 22 6 1 40 1741082400 1741082460 REJECT OK'
const ACCESS = `${'a'.repeat(64)} b [06/Feb/2025:00:00:38 +0000] 192.0.2.3 - R REST.GET.OBJECT k "GET /b/k HTTP/1.1" 200 - 3 3 7 6 "-" "x" -`
const QUERY = {
  query_timestamp: '2025-03-04T10:00:00Z',
  query_name: 'a.example.',
  query_type: 'A',
  vpc_id: 'v',
}
const EXPORTED = {
  time: '2025-03-04T10:00:00Z',
  resourceId: '/SUBSCRIPTIONS/1/RESOURCEGROUPS/A',
  operationName: 'MICROSOFT.INSIGHTS/DIAGNOSTICSETTINGS/DELETE',
  category: 'Administrative',
  resultType: 'Success',
}
const REST = {
  eventTimestamp: '2025-03-04T10:00:00Z',
  operationName: { value: 'Microsoft.Insights/diagnosticSettings/delete', localizedValue: 'Delete' },
  resourceId: '/subscriptions/1',
}
const CHANGE = {
  id: 'd-1',
  activityDateTime: '2025-03-04T10:00:00Z',
  activityDisplayName: 'Set federation settings on domain',
  loggedByService: 'Core Directory',
  result: 'success',
  initiatedBy: { user: { userPrincipalName: 'alice@example.com' } },
}
const SIGNIN = {
  id: 's-1',
  createdDateTime: '2025-03-04T10:00:00Z',
  userPrincipalName: 'alice@example.com',
  appId: 'a',
  ipAddress: '192.0.2.3',
  status: { errorCode: 50126 },
}
const ENTRY = {
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    methodName: 'google.logging.v2.ConfigServiceV2.DeleteSink',
    serviceName: 'logging.googleapis.com',
  },
  insertId: 'i',
  timestamp: '2025-03-04T10:00:00Z',
}
/** What Google's Kubernetes engine writes down. */
const CRON_JOB = {
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    methodName: 'io.k8s.batch.v1.cronjobs.create',
    resourceName: 'batch/v1/namespaces/default/cronjobs/a',
    serviceName: 'k8s.io',
  },
  resource: { type: 'k8s_cluster' },
  insertId: 'c',
  timestamp: '2025-03-04T10:00:00Z',
}
const ACTIVITY = {
  id: { time: '2025-03-04T10:00:00Z', uniqueQualifier: '1', applicationName: 'admin' },
  actor: { email: 'alice@example.com' },
  events: [{ name: 'ENFORCE_STRONG_AUTHENTICATION', parameters: [{ name: 'NEW_VALUE', value: 'false' }] }],
}
const WORKSPACE_ENTRY = {
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    serviceName: 'admin.googleapis.com',
    methodName: 'google.admin.AdminService.enforceStrongAuthentication',
    metadata: {
      event: [
        { eventName: 'ENFORCE_STRONG_AUTHENTICATION', parameter: [{ name: 'NEW_VALUE', value: 'false' }] },
      ],
    },
  },
  insertId: 'w',
  timestamp: '2025-03-04T10:00:00Z',
}
const MAIL = {
  CreationTime: '2025-03-04T10:00:00',
  Id: 'm',
  Operation: 'New-InboxRule',
  Workload: 'Exchange',
  UserId: 'alice@example.com',
  Parameters: [{ Name: 'ForwardTo', Value: 'x@example.net' }],
}
const POD = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Event',
  auditID: 'k',
  verb: 'create',
  objectRef: { resource: 'pods', subresource: 'exec' },
}
const MOUNT = {
  ...POD,
  objectRef: { resource: 'pods', apiGroup: 'core' },
  requestObject: { spec: { volumes: [{ emptyDir: {} }, { hostPath: { path: '/' } }] } },
}
const FACTORS = {
  uuid: 'o',
  published: '2025-03-04T10:00:00Z',
  eventType: 'user.mfa.factor.reset_all',
  actor: { alternateId: 'alice@example.com' },
  target: [{ displayName: 'Bob' }],
}
const MEMBER = {
  '@timestamp': 1741082400123,
  _document_id: 'g',
  action: 'org.add_member',
  org: 'acme',
  actor: 'a',
}
const PROCESS =
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID><TimeCreated SystemTime='2025-03-04T10:00:00Z'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>h</Computer></System><EventData><Data Name='Image'>C:\\a\\azcopy.exe</Data><Data Name='CommandLine'>azcopy copy x</Data></EventData></Event>"
const CREATED = {
  Event: {
    System: { Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing' } }, EventID: 4688 },
    EventData: { NewProcessName: 'C:\\a\\azcopy.exe', CommandLine: 'azcopy copy x' },
  },
}
const EXECUTED = 'type=EXECVE msg=audit(1741082400.257:1): argc=3 a0="azcopy" a1="copy" a2="x"\n'

describe('a rule of the usual log source finds the event', () => {
  test.each<readonly [string, string, readonly (object | string)[]]>([
    [
      'product: aws, service: cloudtrail',
      'eventName: StopLogging',
      [{ Records: [RECORD] }, { detail: RECORD }, { Events: [{ CloudTrailEvent: JSON.stringify(RECORD) }] }],
    ],
    ['product: aws, service: vpcflow', "dstport: '22', action: REJECT", [FLOW, { message: FLOW }]],
    ['category: firewall', "dstport: '22'", [FLOW]],
    ['service: netflow', "dstport: '22'", [FLOW]],
    ['product: aws, service: s3', 'operation: REST.GET.OBJECT', [ACCESS]],
    ['category: dns', 'query_name|endswith: example.', [QUERY]],
    [
      'product: azure, service: activitylogs',
      'operationName: MICROSOFT.INSIGHTS/DIAGNOSTICSETTINGS/DELETE',
      [{ records: [EXPORTED] }, EXPORTED, { value: [REST] }, [REST]],
    ],
    [
      'product: azure, service: auditlogs',
      'properties.message: Set federation settings on domain',
      [
        { value: [CHANGE] },
        { time: 'x', category: 'AuditLogs', operationName: CHANGE.activityDisplayName, properties: CHANGE },
      ],
    ],
    [
      'product: azure, service: signinlogs',
      'ResultType: 50126',
      [{ value: [SIGNIN] }, { time: 'x', category: 'SignInLogs', resultType: '50126', properties: SIGNIN }],
    ],
    [
      'product: azure, service: signinlogs',
      'AppId: a, IPAddress: 192.0.2.3',
      [
        { value: [SIGNIN] },
        { time: 'x', category: 'SignInLogs', resultType: '50126', properties: SIGNIN },
        { Type: 'SigninLogs', TimeGenerated: 'x', ResultType: '0', AppId: 'a', IPAddress: '192.0.2.3' },
      ],
    ],
    [
      'product: azure, service: riskdetection',
      'riskEventType: leakedCredentials',
      [{ id: 'r', riskEventType: 'leakedCredentials', riskLevel: 'high', detectedDateTime: 'x' }],
    ],
    [
      'product: gcp, service: gcp.audit',
      'gcp.audit.method_name|endswith: DeleteSink',
      [ENTRY, [ENTRY], { entries: [ENTRY] }, { data: ENTRY }],
    ],
    ['product: gcp, service: gcp.audit', 'gcp.audit.method_name: io.k8s.*.cronjobs.create', [CRON_JOB]],
    ['product: kubernetes, service: audit', 'verb: create, objectRef.resource: cronjobs', [CRON_JOB]],
    [
      'product: gcp, service: google_workspace.admin',
      "eventService: admin.googleapis.com, eventName: ENFORCE_STRONG_AUTHENTICATION, new_value: 'false'",
      [{ items: [ACTIVITY] }, ACTIVITY, WORKSPACE_ENTRY],
    ],
    [
      'product: m365, service: audit',
      'Operation: New-InboxRule',
      [[MAIL], { AuditData: JSON.stringify(MAIL) }],
    ],
    ['product: m365, service: exchange', 'eventSource: Exchange, eventName: New-InboxRule', [MAIL]],
    ['product: azure, service: m365', 'Parameters.ForwardTo|contains: example.net', [MAIL]],
    [
      'product: kubernetes, service: audit',
      'verb: create, objectRef.subresource: exec',
      [POD, { items: [POD] }],
    ],
    ['product: kubernetes, category: application, service: audit', 'verb: create', [POD]],
    ['product: kubernetes, service: audit', "hostPath: '*', apiGroup: core", [MOUNT]],
    [
      'product: okta, service: okta',
      'eventType: user.mfa.factor.reset_all, target.displayName: Bob',
      [[FACTORS]],
    ],
    ['product: github, service: audit', 'action: org.add_member', [MEMBER]],
    ['product: windows, category: process_creation', 'Image|endswith: \\azcopy.exe', [PROCESS, CREATED]],
    ['category: process_creation', 'CommandLine|contains: azcopy copy', [PROCESS, CREATED, EXECUTED]],
    ['product: linux, category: process_creation', 'CommandLine|startswith: azcopy', [EXECUTED]],
    ['product: linux, service: auditd', 'type: EXECVE, a1: copy', [EXECUTED]],
    ['product: windows, service: security', 'EventID: 4688', [CREATED]],
    ['product: windows, service: sysmon', 'EventID: 1', [PROCESS]],
  ])('%s, %s', async (logsource, selection, forms) => {
    const verdicts = await Promise.all(forms.map(form => finds(logsource, selection, form)))
    expect(verdicts).toEqual(forms.map(() => true))
  })

  test('and one of another log does not', async () => {
    expect(
      await finds('product: gcp, service: google_workspace.login', 'eventName: "*"', { items: [ACTIVITY] }),
    ).toBe(false)
    expect(await finds('product: okta, service: okta', 'action: "*"', MEMBER)).toBe(false)
    expect(await finds('product: gcp, service: gcp.audit', 'verb: create', POD)).toBe(false)
    expect(await finds('product: windows, service: security', 'EventID: 1', PROCESS)).toBe(false)
  })
})
