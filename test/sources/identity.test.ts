import { describe, expect, test } from 'vitest'
import { rowMaker } from '../../src/engines/files/event-row.ts'
import { sourcesFor } from '../../src/sources/sources.ts'
import { readContent } from './reading.ts'

const RESET = {
  uuid: '6c2f4a1e-0001',
  published: '2025-03-04T10:00:00.123Z',
  eventType: 'user.mfa.factor.reset_all',
  version: '0',
  severity: 'INFO',
  displayMessage: 'Reset all factors for user',
  actor: { id: '00u1', type: 'User', alternateId: 'alice@example.com', displayName: 'Alice' },
  client: { ipAddress: '192.0.2.3', userAgent: { rawUserAgent: 'Mozilla/5.0' }, geographicalContext: null },
  authenticationContext: { externalSessionId: '102s' },
  securityContext: { isProxy: true },
  outcome: { result: 'SUCCESS', reason: null },
  target: [{ id: '00u2', type: 'User', alternateId: 'bob@example.com', displayName: 'Bob' }],
}

async function read(content: object | string) {
  const { found, tally } = await readContent(typeof content === 'string' ? content : JSON.stringify(content))
  const events = found.map(({ source, record }) => ({
    source: source.id,
    record,
    ...source.normalise(record),
  }))
  return { events, tally, found }
}

describe('Okta', () => {
  test('an event tells who, from where, to whom, and how it ended', async () => {
    const { events } = await read([RESET])
    expect(events[0]).toMatchObject({
      source: 'okta',
      id: RESET.uuid,
      time: Date.UTC(2025, 2, 4, 10, 0, 0, 123),
      action: 'user.mfa.factor.reset_all',
      outcome: 'succeeded',
      address: '192.0.2.3',
      userAgent: 'Mozilla/5.0',
      actor: { principal: 'alice@example.com', session: '102s' },
      resources: ['bob@example.com'],
    })
  })

  test('its API, EventBridge, event hooks, Splunk, and names in lower case', async () => {
    const { eventType, displayMessage, securityContext, ...rest } = RESET
    const lowered = {
      ...rest,
      eventtype: eventType,
      displaymessage: displayMessage,
      securitycontext: securityContext,
    }
    const forms = [
      [RESET],
      { 'detail-type': 'SystemLog', source: 'aws.partner/okta.com/a/b', detail: RESET },
      { eventType: 'com.okta.event_hook', source: 'https://a.example', data: { events: [RESET] } },
      { result: { _raw: JSON.stringify(RESET), sourcetype: 'OktaIM2:log' } },
      lowered,
    ]
    for (const form of forms) {
      const { events } = await read(form)
      expect(events.map(({ source, action }) => [source, action])).toEqual([['okta', eventType]])
      expect(events[0]?.record).toMatchObject({ eventType, securityContext })
    }
  })

  test.each([
    ['SUCCESS', 'succeeded'],
    ['ALLOW', 'succeeded'],
    ['FAILURE', 'denied'],
    ['DENY', 'denied'],
    ['CHALLENGE', 'unknown'],
    ['SKIPPED', 'unknown'],
  ])('the result %s means %s', async (result, outcome) => {
    const reason = outcome === 'denied' ? 'INVALID_CREDENTIALS' : null
    const { events } = await read({ ...RESET, outcome: { result, reason } })
    expect(events[0]).toMatchObject({ outcome, ...(reason === null ? {} : { error: reason }) })
  })

  test('rules and searches find it', async () => {
    expect(sourcesFor({ product: 'okta', service: 'okta' }).map(({ id }) => id)).toEqual(['okta'])
    const { found } = await read({ ...RESET, eventType: 'user.session.start', outcome: { result: 'DENY' } })
    const wish = { names: new Set(['user', 'src_ip', 'action', 'tag', 'source.ip', 'status']), all: false }
    const row = found.map(rowMaker('splunk', wish))[0]
    expect(Object.fromEntries([...wish.names].map(name => [name, row?.get(name)]))).toEqual({
      user: 'alice@example.com',
      src_ip: '192.0.2.3',
      action: 'failure',
      tag: 'authentication',
      'source.ip': '192.0.2.3',
      status: 'failure',
    })
  })
})

const MEMBER = {
  '@timestamp': 1741082400123,
  _document_id: 'Yy1Xq',
  action: 'org.add_member',
  actor: 'alice',
  actor_ip: '192.0.2.3',
  created_at: 1741082400123,
  org: 'acme',
  user: 'bob',
}

describe('GitHub', () => {
  test('an event tells who did what to whom', async () => {
    const { events } = await read(`${JSON.stringify(MEMBER)}\n${JSON.stringify(MEMBER)}\n`)
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({
      source: 'github-audit',
      id: 'Yy1Xq',
      time: 1_741_082_400_123,
      action: 'org.add_member',
      outcome: 'succeeded',
      account: 'acme',
      address: '192.0.2.3',
      actor: { principal: 'alice' },
      resources: ['bob'],
    })
    expect(sourcesFor({ product: 'github', service: 'audit' }).map(({ id }) => id)).toEqual(['github-audit'])
  })

  test('an export without ids, and a login that failed', async () => {
    const { _document_id: _, ...row } = MEMBER
    const { events } = await read([row, { ...row, action: 'user.failed_login' }])
    expect(events.map(({ id, outcome }) => [id, outcome])).toEqual([
      [undefined, 'succeeded'],
      [undefined, 'denied'],
    ])
  })

  test('webhooks and other logs with an action are none', async () => {
    const others = [
      {
        action: 'opened',
        issue: { number: 1 },
        repository: { name: 'a' },
        created_at: '2025-03-04T10:00:00Z',
      },
      { action: 'disk.full', host: 'a', created_at: '2025-03-04T10:00:00Z' },
    ]
    const { events, tally } = await read(others)
    expect(events).toEqual([])
    expect(tally.apart).toEqual({ unrecognised: 2 })
  })
})

describe('Azure Key Vault', () => {
  const READ = {
    time: '2025-03-04T10:00:00.5Z',
    category: 'AuditEvent',
    resourceId:
      '/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/A/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/SHOP',
    operationName: 'SecretGet',
    resultType: 'Success',
    resultSignature: 'OK',
    callerIpAddress: '192.0.2.3',
    correlationId: 'c-1',
    identity: { claim: { upn: 'alice@example.com', appid: 'a-1' } },
    properties: { id: 'https://shop.vault.azure.net/secrets/db/1', httpStatusCode: 200, clientInfo: 'azsdk' },
  }

  test('a read, of a person and of an application', async () => {
    const { events } = await read({
      records: [READ, { ...READ, correlationId: 'c-2', identity: { claim: { appid: 'a-1' } } }],
    })
    expect(events[0]).toMatchObject({
      source: 'key-vault',
      time: Date.UTC(2025, 2, 4, 10, 0, 0, 500),
      action: 'SecretGet',
      outcome: 'succeeded',
      account: '11111111-2222-3333-4444-555555555555',
      address: '192.0.2.3',
      actor: { type: 'user', principal: 'alice@example.com' },
      resources: [READ.properties.id, READ.resourceId],
    })
    expect(events[1]?.actor).toEqual({ type: 'application', principal: 'a-1' })
    expect(sourcesFor({ product: 'azure', service: 'keyvault' }).map(({ id }) => id)).toEqual(['key-vault'])
  })

  test('a result that succeeded with a status that did not is a refusal', async () => {
    const { events } = await read({
      ...READ,
      resultSignature: 'Forbidden',
      properties: { ...READ.properties, httpStatusCode: 403 },
    })
    expect(events[0]).toMatchObject({ outcome: 'denied', error: 'Forbidden' })
  })

  test('rows of Log Analytics', async () => {
    const { events } = await read({
      TimeGenerated: '2025-03-04T10:00:00Z',
      Category: 'AuditEvent',
      OperationName: 'SecretGet',
      ResourceId: READ.resourceId,
      ResultType: 'Success',
      CallerIPAddress: '192.0.2.3',
      CorrelationId: 'c-3',
      identity_claim_upn_s: 'alice@example.com',
      id_s: READ.properties.id,
      httpStatusCode_d: 404,
    })
    expect(events[0]).toMatchObject({
      source: 'key-vault',
      outcome: 'denied',
      actor: { principal: 'alice@example.com' },
    })
    expect(events[0]?.record).toMatchObject({ operationName: 'SecretGet', callerIpAddress: '192.0.2.3' })
  })

  test('an audit event of another resource is none', async () => {
    const resourceId = '/SUBSCRIPTIONS/1/RESOURCEGROUPS/A/PROVIDERS/MICROSOFT.SQL/SERVERS/S'
    const { events } = await read({ ...READ, resourceId })
    expect(events).toEqual([])
  })
})

test('the Linux audit system has the names of CIM and ECS', async () => {
  const text =
    'type=SYSCALL msg=audit(1741082400.257:1): syscall=59 success=no ppid=1 pid=2 uid=0 exe="/usr/bin/azcopy"\ntype=EXECVE msg=audit(1741082400.257:1): argc=2 a0="azcopy" a1="copy"\n'
  const { found } = await read(text)
  const names = {
    process: 'azcopy copy',
    process_name: 'azcopy',
    user: 'root',
    action: 'failure',
    tag: 'process',
  }
  const elastic = {
    'process.executable': '/usr/bin/azcopy',
    'process.command_line': 'azcopy copy',
    'user.name': 'root',
  }
  const expected = { ...names, ...elastic }
  const wish = { names: new Set(Object.keys(expected)), all: false }
  const row = found.map(rowMaker('splunk', wish))[0]
  expect(Object.fromEntries([...wish.names].map(name => [name, row?.get(name)]))).toEqual(expected)
})
