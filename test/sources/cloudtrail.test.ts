import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../src/core/event.ts'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { cloudtrail } from '../../src/sources/cloudtrail/cloudtrail.ts'
import { sourcesFor } from '../../src/sources/sources.ts'
import { event, unwrapped } from './events.ts'

const normal = (more: JsonObject): ReturnType<typeof cloudtrail.normalise> =>
  cloudtrail.normalise(event(more))

describe('answers rules about', () => {
  test.each([
    [{ product: 'aws', service: 'cloudtrail' }, true],
    [{ product: 'AWS', service: 'CloudTrail' }, true],
    [{ product: 'aws' }, true],
    [{ service: 'cloudtrail' }, true],
    [{}, true],
    [{ product: 'aws', service: 'guardduty' }, false],
    [{ product: 'azure', service: 'cloudtrail' }, false],
    [{ category: 'process_creation' }, false],
    [{ product: 'aws', service: 'cloudtrail', category: 'x' }, false],
  ])('%j: %s', (logsource, expected) => {
    expect(cloudtrail.answers(logsource)).toBe(expected)
    expect(sourcesFor(logsource).includes(cloudtrail)).toBe(expected)
  })
})

describe('recognises', () => {
  const named = { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }
  test.each<readonly [string, JsonObject, boolean]>([
    ['a whole record', event(), true],
    ['a record without its identity', { ...named, eventTime: 'x', errorCode: null }, true],
    ['a response is enough beside the names', { ...named, responseElements: null }, true],
    ['a row of Panther without a service', { eventName: 'x', p_log_type: 'AWS.CloudTrail' }, true],
    ['an event of a partner in Lake', event({ eventSource: 'partner.example.com' }), true],
    ['names alone', named, false],
    ['names of the wrong type', event({ eventName: 7 }), false],
    ['a notice of S3', event({ eventSource: 'aws:s3' }), false],
    ['an insight', event({ eventCategory: 'Insight' }), false],
  ])('%s: %s', (_, record, expected) => {
    expect(cloudtrail.recognises(record)).toBe(expected)
  })
})

test('a whole record is normalised', () => {
  expect(normal({})).toEqual({
    id: '00000000-0000-4000-8000-000000000001',
    time: Date.UTC(2024, 4, 1, 10),
    timeText: '2024-05-01T10:00:00Z',
    service: 'cloudtrail.amazonaws.com',
    action: 'StopLogging',
    outcome: 'succeeded',
    account: '111122223333',
    region: 'eu-central-1',
    actor: {
      type: 'IAMUser',
      principal: 'arn:aws:iam::111122223333:user/maria',
      arn: 'arn:aws:iam::111122223333:user/maria',
      name: 'maria',
      account: '111122223333',
      key: 'AKIAEXAMPLE',
    },
    address: '192.0.2.10',
    userAgent: 'aws-cli/2.15.0',
    resources: ['main'],
  })
})

describe('outcome', () => {
  const login = { eventName: 'ConsoleLogin', eventSource: 'signin.amazonaws.com' }
  test.each<readonly [string, JsonObject, string, string | undefined]>([
    ['no error', {}, 'succeeded', undefined],
    ['a null error', { errorCode: null, errorMessage: null }, 'succeeded', undefined],
    ['an empty error', { errorCode: '' }, 'succeeded', undefined],
    ['an error', { errorCode: 'AccessDenied' }, 'denied', 'AccessDenied'],
    ['a dry run', { errorCode: 'Client.DryRunOperation' }, 'denied', 'Client.DryRunOperation'],
    ['a message alone', { errorMessage: 'no' }, 'denied', undefined],
    ['a login', { ...login, responseElements: { ConsoleLogin: 'Success' } }, 'succeeded', undefined],
    [
      'a failed login',
      { ...login, responseElements: { ConsoleLogin: 'Failure' }, errorMessage: 'Failed authentication' },
      'denied',
      'Failure',
    ],
    ['a login without a verdict', { ...login, responseElements: null }, 'unknown', undefined],
    [
      'a failed MFA check',
      { eventName: 'CheckMfa', responseElements: { CheckMfa: 'Failure' } },
      'denied',
      'Failure',
    ],
    [
      'a switch of roles',
      { eventName: 'SwitchRole', responseElements: { SwitchRole: 'Success' } },
      'succeeded',
      undefined,
    ],
    [
      'a recovery of a password',
      { eventName: 'PasswordRecoveryRequested', responseElements: { PasswordRecoveryRequested: 'Failure' } },
      'denied',
      'Failure',
    ],
    [
      'a failed sign-in to Identity Center',
      {
        eventName: 'CredentialVerification',
        eventType: 'AwsServiceEvent',
        serviceEventDetails: { CredentialVerification: 'Failure' },
      },
      'denied',
      'Failure',
    ],
    [
      'a service event',
      { eventType: 'AwsServiceEvent', serviceEventDetails: { a: 1 } },
      'succeeded',
      undefined,
    ],
    ['a name from the prototype', { eventName: 'constructor', responseElements: {} }, 'succeeded', undefined],
  ])('%s', (_, more, outcome, error) => {
    const { outcome: is, error: was } = normal(more)
    expect([is, was]).toEqual([outcome, error])
  })

  test('a record that was cut down does not tell', () => {
    const record = { eventName: 'ListObjects', eventSource: 's3.amazonaws.com', eventTime: 'x' }
    expect(cloudtrail.normalise(record).outcome).toBe('unknown')
    expect(cloudtrail.normalise({ ...record, errorCode: null }).outcome).toBe('succeeded')
  })
})

describe('actor', () => {
  const account = '111122223333'
  const session = `arn:aws:sts::${account}:assumed-role/Admin/i-0abc`
  const issuer = {
    type: 'Role',
    arn: `arn:aws:iam::${account}:role/team/Admin`,
    accountId: account,
    userName: 'Admin',
  }
  test.each<readonly [string, JsonObject, Actor]>([
    [
      'an assumed role is its role',
      { type: 'AssumedRole', arn: session, accountId: account, sessionContext: { sessionIssuer: issuer } },
      {
        type: 'AssumedRole',
        principal: issuer.arn,
        arn: session,
        name: 'Admin',
        account,
        role: issuer.arn,
        session: 'i-0abc',
      },
    ],
    [
      'without an issuer the role comes from the session',
      {
        type: 'AssumedRole',
        arn: session.replace('aws', 'aws-cn'),
        accountId: account,
        sessionContext: null,
      },
      {
        type: 'AssumedRole',
        principal: `arn:aws-cn:iam::${account}:role/Admin`,
        arn: session.replace('aws', 'aws-cn'),
        name: 'Admin',
        account,
        role: `arn:aws-cn:iam::${account}:role/Admin`,
        session: 'i-0abc',
      },
    ],
    [
      'without any ARN from what the issuer says',
      {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:leo',
        sessionContext: { sessionIssuer: { type: 'Role', userName: 'Admin', accountId: account } },
      },
      {
        type: 'AssumedRole',
        principal: `arn:aws:iam::${account}:role/Admin`,
        name: 'Admin',
        role: `arn:aws:iam::${account}:role/Admin`,
        session: 'leo',
      },
    ],
    [
      'a root user',
      { type: 'Root', principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account },
      {
        type: 'Root',
        principal: `arn:aws:iam::${account}:root`,
        arn: `arn:aws:iam::${account}:root`,
        account,
      },
    ],
    [
      'a root user without an ARN',
      { type: 'Root', accountId: account },
      { type: 'Root', principal: `arn:aws:iam::${account}:root`, account },
    ],
    [
      'a user who fails to log in',
      { type: 'IAMUser', accountId: account, accessKeyId: '', userName: 'maria' },
      { type: 'IAMUser', principal: `arn:aws:iam::${account}:user/maria`, name: 'maria', account },
    ],
    [
      'a login whose name is hidden is nobody',
      { type: 'IAMUser', accountId: account, accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      { type: 'IAMUser', account },
    ],
    [
      'a federated user',
      {
        type: 'FederatedUser',
        principalId: `${account}:leo`,
        arn: `arn:aws:sts::${account}:federated-user/leo`,
        accountId: account,
      },
      {
        type: 'FederatedUser',
        principal: `arn:aws:sts::${account}:federated-user/leo`,
        arn: `arn:aws:sts::${account}:federated-user/leo`,
        account,
        session: 'leo',
      },
    ],
    [
      'a user of Identity Center',
      {
        type: 'IdentityCenterUser',
        accountId: account,
        onBehalfOf: { userId: 'u-1', identityStoreArn: 'x' },
        credentialId: 'c-1',
      },
      { type: 'IdentityCenterUser', principal: 'u-1', account, key: 'c-1' },
    ],
    [
      'a SAML user',
      { type: 'SAMLUser', principalId: 'qualifier=:leo@example.com', userName: 'leo@example.com' },
      { type: 'SAMLUser', principal: 'qualifier=:leo@example.com', name: 'leo@example.com' },
    ],
    [
      'a web identity',
      { type: 'WebIdentityUser', principalId: 'accounts.example.com:app:leo', userName: 'leo' },
      { type: 'WebIdentityUser', principal: 'accounts.example.com:app:leo', name: 'leo' },
    ],
    [
      'another account',
      { type: 'AWSAccount', principalId: 'AROAEXAMPLE:leo', accountId: '444455556666' },
      { type: 'AWSAccount', principal: '444455556666:AROAEXAMPLE', account: '444455556666', session: 'leo' },
    ],
    [
      'another account as a whole',
      { type: 'AWSAccount', principalId: '444455556666', accountId: '444455556666' },
      { type: 'AWSAccount', principal: '444455556666', account: '444455556666' },
    ],
    [
      'nobody',
      { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' },
      { type: 'AWSAccount', name: 'ANONYMOUS_PRINCIPAL' },
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      { type: 'AWSService', principal: 'ec2.amazonaws.com', invokedBy: 'ec2.amazonaws.com' },
    ],
    [
      'an identity without a type',
      { accountId: account, invokedBy: 'ec2.amazonaws.com' },
      { principal: 'ec2.amazonaws.com', account, invokedBy: 'ec2.amazonaws.com' },
    ],
    [
      'a role itself',
      { type: 'Role', arn: `arn:aws:iam::${account}:role/Admin`, accountId: account },
      {
        type: 'Role',
        principal: `arn:aws:iam::${account}:role/Admin`,
        arn: `arn:aws:iam::${account}:role/Admin`,
        name: 'Admin',
        account,
        role: `arn:aws:iam::${account}:role/Admin`,
      },
    ],
    [
      'an unknown kind whose id only repeats the account',
      { type: 'Unknown', principalId: account, arn: '', accountId: account, userName: 'leo' },
      { type: 'Unknown', principal: 'leo', name: 'leo', account },
    ],
    ['a directory', { type: 'Directory', principalId: 'd-1' }, { type: 'Directory', principal: 'd-1' }],
  ])('%s', (_, userIdentity, actor) => {
    expect(normal({ userIdentity }).actor).toEqual(actor)
  })

  test.each([undefined, null, 'text', [], 7, true])('userIdentity %j says nothing', userIdentity => {
    const { userIdentity: _, ...rest } = event()
    expect(cloudtrail.normalise(userIdentity === undefined ? rest : { ...rest, userIdentity }).actor).toEqual(
      {},
    )
  })
})

describe('session', () => {
  const withMfa = (mfaAuthenticated: Json): JsonObject => ({
    userIdentity: { type: 'IAMUser', sessionContext: { attributes: { mfaAuthenticated } } },
  })
  test.each<readonly [JsonObject, boolean | undefined]>([
    [withMfa('true'), true],
    [withMfa('false'), false],
    [withMfa(true), true],
    [withMfa('perhaps'), undefined],
    [{ eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'Yes' } }, true],
    [{ ...withMfa('true'), eventName: 'ConsoleLogin', additionalEventData: { MFAUsed: 'No' } }, false],
    [{ eventName: 'GetUser', additionalEventData: { MFAUsed: 'Yes' } }, undefined],
    [{}, undefined],
  ])('MFA in %j', (more, mfa) => {
    expect(normal(more).actor.mfa).toBe(mfa)
  })

  test.each<readonly [JsonObject, boolean | undefined]>([
    [{ sessionCredentialFromConsole: 'true' }, true],
    [{ sessionCredentialFromConsole: true }, true],
    [{ sessionCredentialFromConsole: 'false', userAgent: 'console.amazonaws.com' }, false],
    [{ eventType: 'AwsConsoleSignIn' }, true],
    [{ eventType: 'AwsConsoleAction' }, true],
    [{ eventName: 'ConsoleLogin' }, true],
    [{ userAgent: 'signin.amazonaws.com' }, true],
    [{ userAgent: 'console.ec2.amazonaws.com' }, true],
    [{ userAgent: '[S3Console/0.4, aws-internal/3]' }, true],
    [{ userIdentity: { type: 'Root', invokedBy: 'signin.amazonaws.com' } }, true],
    [{ userAgent: 'Mozilla/5.0' }, undefined],
    [{ userAgent: 'console.amazonaws.com.example.com' }, undefined],
  ])('console in %j', (more, expected) => {
    expect(normal(more).actor.console).toBe(expected)
  })
})

describe('resources', () => {
  test.each<readonly [string, JsonObject, readonly string[]]>([
    [
      'the log’s own list comes first, each once',
      {
        resources: [{ ARN: 'arn:aws:s3:::b/k' }, { accountId: '1', arn: 'arn:aws:s3:::b' }, { type: 'x' }],
        requestParameters: { bucketName: 'b', key: 'k' },
      },
      ['arn:aws:s3:::b/k', 'arn:aws:s3:::b'],
    ],
    [
      'a bucket in China',
      { awsRegion: 'cn-north-1', requestParameters: { bucketName: 'b' } },
      ['arn:aws-cn:s3:::b'],
    ],
    [
      'sets',
      {
        requestParameters: {
          instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }, 7] },
          filterSet: { items: [{ name: 'x' }] },
        },
      },
      ['i-1', 'i-2'],
    ],
    ['lists', { requestParameters: { instanceIds: ['i-1', 'i-1', 7, null] } }, ['i-1', '7']],
    [
      'names',
      {
        requestParameters: { userName: 'leo', policyArn: 'arn:aws:iam::aws:policy/X', withDecryption: true },
      },
      ['leo', 'arn:aws:iam::aws:policy/X'],
    ],
    ['a text for parameters', { requestParameters: 'text' }, []],
    ['no list for resources', { resources: { ARN: 'x' }, requestParameters: null }, []],
  ])('%s', (_, more, expected) => {
    expect(normal(more).resources).toEqual(expected)
  })

  test('at most twenty', () => {
    const instanceIds = Array.from({ length: 50 }, (_, index) => `i-${index}`)
    expect(normal({ requestParameters: { instanceIds } }).resources).toHaveLength(20)
  })
})

describe('time', () => {
  test.each<readonly [JsonObject, number | undefined, string | undefined]>([
    [{ eventTime: 1_714_557_600 }, Date.UTC(2024, 4, 1, 10), '1714557600'],
    [
      { eventTime: null, '@timestamp': '2024-05-01T10:00:00.000Z' },
      Date.UTC(2024, 4, 1, 10),
      '2024-05-01T10:00:00.000Z',
    ],
    [{ eventTime: 'soon' }, undefined, 'soon'],
    [{ eventTime: {} }, undefined, undefined],
    [{ eventTime: null }, undefined, undefined],
  ])('%j', (more, time, text) => {
    const record = event(more)
    expect([cloudtrail.normalise(record).time, cloudtrail.eventTime(record)]).toEqual([time, text])
  })
})

test('a value of any type anywhere is no accident', () => {
  const nested = [
    'sessionContext',
    'onBehalfOf',
    'arn',
    'accountId',
    'principalId',
    'invokedBy',
    'type',
    'userName',
  ]
  const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
  const identity = fc.record(Object.fromEntries(nested.map(name => [name, anything])), { requiredKeys: [] })
  const names = [
    'resources',
    'requestParameters',
    'responseElements',
    'errorCode',
    'eventTime',
    'eventName',
    'additionalEventData',
  ]
  const more = fc.record(
    {
      ...Object.fromEntries(names.map(name => [name, anything])),
      userIdentity: fc.oneof(anything, identity),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(more, parts => {
      const record = event(parts as JsonObject)
      expect(cloudtrail.normalise(record).resources.length).toBeLessThanOrEqual(20)
      unwrapped([record])
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200) },
  )
})
