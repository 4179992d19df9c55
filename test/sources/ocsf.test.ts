import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/core/json.ts'
import type { FoundEvent } from '../../src/engines/files/member-events.ts'
import { readEvents } from '../../src/engines/files/read-events.ts'
import type { Unwrapped } from '../../src/sources/source.ts'
import { unwrap } from '../../src/sources/unwrap.ts'
import { quote, sql } from '../../src/sql/sql.ts'
import { withDatabase } from '../database.ts'

function items(value: Json): readonly Unwrapped[] {
  const found: Unwrapped[] = []
  unwrap(value, item => found.push(item))
  return found
}

/** The one event in a value. */
function eventOf(value: Json): Unwrapped & { readonly kind: 'event' } {
  const [item, ...more] = items(value)
  if (item?.kind !== 'event' || more.length > 0)
    throw new Error(`no single event: ${JSON.stringify(items(value))}`)
  return item
}

/** An event of CloudTrail as Security Lake writes it, in the schema's version 1.1. */
const CREATED: JsonObject = {
  class_uid: 6003,
  class_name: 'API Activity',
  activity_name: 'Create',
  time: 1714724049000,
  metadata: {
    version: '1.1.0',
    uid: '0b7c4f55-0000-4000-8000-000000000001',
    event_code: 'AwsApiCall',
    product: { name: 'CloudTrail', vendor_name: 'AWS', version: '1.09', feature: { name: 'Management' } },
  },
  api: {
    operation: 'CreateAccessKey',
    service: { name: 'iam.amazonaws.com' },
    request: { uid: 'r-1', data: '{"userName":"deploy"}' },
    response: { data: '{"accessKey":{"accessKeyId":"AKIAEXAMPLE0000001","userName":"deploy"}}' },
  },
  actor: {
    user: {
      type: 'AssumedRole',
      uid: 'arn:aws:sts::111122223333:assumed-role/Admin/mara',
      uid_alt: 'AROAEXAMPLE:mara',
      account: { uid: '111122223333' },
      credential_uid: 'ASIAEXAMPLE0000001',
    },
    session: { issuer: 'arn:aws:iam::111122223333:role/Admin', is_mfa: true, created_time: 1714720000000 },
  },
  cloud: { provider: 'AWS', region: 'eu-west-1', account: { uid: '111122223333' } },
  src_endpoint: { ip: '203.0.113.24' },
  http_request: { user_agent: 'aws-cli/2.15' },
  status: 'Success',
  resources: [{ uid: 'arn:aws:iam::111122223333:user/deploy', type: 'AWS::IAM::User' }],
  unmapped: {
    readOnly: 'false',
    managementEvent: 'true',
    sessionCredentialFromConsole: 'true',
    sharedEventID: '',
    'userIdentity.sessionContext.sessionIssuer.userName': 'Admin',
    'tlsDetails.tlsVersion': 'TLSv1.3',
    'else.where': 'x',
  },
}

describe('an event of CloudTrail as OCSF', () => {
  test('is read as CloudTrail: rules find its names, and OCSF has its own beside them', () => {
    const { source, record, from } = eventOf(CREATED)
    expect(source.id).toBe('cloudtrail')
    expect(from).toBe(CREATED)
    expect(record).toMatchObject({
      eventVersion: '1.09',
      eventName: 'CreateAccessKey',
      eventSource: 'iam.amazonaws.com',
      eventTime: '2024-05-03T08:14:09Z',
      eventType: 'AwsApiCall',
      awsRegion: 'eu-west-1',
      recipientAccountId: '111122223333',
      sourceIPAddress: '203.0.113.24',
      userAgent: 'aws-cli/2.15',
      requestParameters: { userName: 'deploy' },
      responseElements: { accessKey: { accessKeyId: 'AKIAEXAMPLE0000001' } },
      readOnly: false,
      managementEvent: true,
      sessionCredentialFromConsole: 'true',
      tlsDetails: { tlsVersion: 'TLSv1.3' },
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/Admin/mara',
        principalId: 'AROAEXAMPLE:mara',
        accountId: '111122223333',
        accessKeyId: 'ASIAEXAMPLE0000001',
        sessionContext: {
          sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/Admin', userName: 'Admin' },
          attributes: { mfaAuthenticated: 'true', creationDate: '2024-05-03T07:06:40Z' },
        },
      },
      api: { operation: 'CreateAccessKey' },
    })
    expect(record).not.toHaveProperty('sharedEventID')
    expect(record).not.toHaveProperty('else')
  })
  test('says who, where, when and on what as one that came as CloudTrail', () => {
    const { source, record } = eventOf(CREATED)
    expect(source.normalise(record)).toMatchObject({
      id: '0b7c4f55-0000-4000-8000-000000000001',
      time: 1714724049000,
      outcome: 'succeeded',
      account: '111122223333',
      actor: { role: 'arn:aws:iam::111122223333:role/Admin', session: 'mara', mfa: true, console: true },
      address: '203.0.113.24',
      resources: ['arn:aws:iam::111122223333:user/deploy', 'deploy'],
    })
  })
  test('an error, a refused login and a login with a second factor are what they were', () => {
    const denied = {
      ...CREATED,
      status: 'Failure',
      api: {
        operation: 'CreateUser',
        service: { name: 'iam.amazonaws.com' },
        response: { error: 'AccessDenied', message: 'no' },
      },
    }
    const { source, record } = eventOf(denied)
    expect(source.normalise(record)).toMatchObject({
      outcome: 'denied',
      error: 'AccessDenied',
      errorMessage: 'no',
    })
    const login = {
      ...CREATED,
      class_uid: 3002,
      status: 'Failure',
      is_mfa: true,
      api: { operation: 'ConsoleLogin', service: { name: 'signin.amazonaws.com' } },
    }
    const failed = eventOf(login).record
    expect(failed).toMatchObject({
      responseElements: { ConsoleLogin: 'Failure' },
      additionalEventData: { MFAUsed: 'Yes' },
    })
    expect(source.normalise(failed)).toMatchObject({ outcome: 'denied', error: 'Failure' })
    const bare = {
      ...CREATED,
      status: 'Failure',
      status_code: 'Throttled',
      api: { operation: 'ListUsers', service: { name: 'iam.amazonaws.com' } },
    }
    expect(source.normalise(eventOf(bare).record).error).toBe('Throttled')
  })
  test('of the first versions of the schema the ARN is the uuid and the account a member of the user', () => {
    const user = {
      type: 'IAMUser',
      name: 'mara',
      uid: 'AIDAEXAMPLE',
      uuid: 'arn:aws:iam::111122223333:user/mara',
      account_uid: '111122223333',
    }
    const { record } = eventOf({
      ...CREATED,
      class_uid: 3005,
      actor: { user, session: {} },
      cloud: { region: 'eu-west-1' },
      unmapped: { recipientAccountId: '111122223333' },
    })
    expect(record).toMatchObject({
      userIdentity: {
        arn: 'arn:aws:iam::111122223333:user/mara',
        principalId: 'AIDAEXAMPLE',
        userName: 'mara',
        accountId: '111122223333',
      },
      recipientAccountId: '111122223333',
    })
  })
  test('unmapped may be pairs, or keys and values as Parquet has them', () => {
    const pairs = eventOf({
      ...CREATED,
      unmapped: [
        ['readOnly', 'true'],
        ['eventCategory', 'Data'],
      ],
    }).record
    expect(pairs).toMatchObject({ readOnly: true, eventCategory: 'Data' })
    const keyed = eventOf({
      ...CREATED,
      unmapped: [{ key: 'requestParameters.bucketName', value: 'ledger' }],
      api: { operation: 'GetObject', service: { name: 's3.amazonaws.com' } },
    }).record
    expect(keyed).toMatchObject({ requestParameters: { bucketName: 'ledger' } })
  })
  test('raw_data that holds the original is read instead; one that holds nothing known is passed over', () => {
    const original = {
      eventVersion: '1.09',
      eventID: 'original',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      eventTime: '2024-05-03T08:14:09Z',
    }
    const { source, record } = eventOf({ ...CREATED, raw_data: JSON.stringify(original) })
    expect([source.id, record['eventID'], record['class_uid']]).toEqual(['cloudtrail', 'original', undefined])
    expect(eventOf({ ...CREATED, raw_data: 'nothing' }).record['eventName']).toBe('CreateAccessKey')
  })
  test('hostile names make no trouble', () => {
    const unmapped = JSON.parse(
      '{"requestParameters.__proto__.polluted":"1","requestParameters.a.b":"1","requestParameters.a":"2"}',
    ) as JsonObject
    const { record } = eventOf({ ...CREATED, unmapped })
    expect(record['requestParameters']).toMatchObject({ userName: 'deploy', a: { b: '1' } })
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })
})

describe('other events of OCSF', () => {
  const FLOW: JsonObject = {
    class_uid: 4001,
    activity_name: 'Traffic',
    action: 'Denied',
    time: 1714724049000,
    start_time: 1714724049000,
    end_time_dt: '2024-05-03 08:15:09+00:00',
    status_code: 'OK',
    metadata: {
      version: '1.5.0',
      product: { name: 'Amazon VPC', version: '8', feature: { name: 'Flowlogs' } },
    },
    cloud: { account: { uid: '111122223333' }, region: 'eu-west-1', zone: 'euw1-az1' },
    src_endpoint: {
      ip: '10.0.0.4',
      port: 51000,
      interface_uid: 'eni-01',
      instance_uid: 'i-01',
      vpc_uid: 'vpc-1',
      svc_name: '-',
    },
    dst_endpoint: { ip: '198.51.100.7', port: 443, intermediate_ips: ['10.0.0.9'] },
    connection_info: { protocol_num: 6, tcp_flags: 2, direction: 'Outbound', protocol_ver: 'IPv4' },
    traffic: { bytes: 40, packets: 1 },
    unmapped: { reject_reason: 'BPA', sublocation_id: '-' },
  }
  test('a flow of a VPC is read as a line of its log', () => {
    const { source, record } = eventOf(FLOW)
    expect(source.id).toBe('vpc-flow')
    expect(record).toMatchObject({
      version: '8',
      'account-id': '111122223333',
      'interface-id': 'eni-01',
      'instance-id': 'i-01',
      srcaddr: '10.0.0.4',
      dstaddr: '10.0.0.9',
      'pkt-dstaddr': '198.51.100.7',
      dstport: '443',
      protocol: '6',
      bytes: '40',
      start: '1714724049',
      end: '1714724109',
      action: 'REJECT',
      'flow-direction': 'egress',
      'reject-reason': 'BPA',
    })
    expect(source.normalise(record)).toMatchObject({
      time: 1714724049000,
      outcome: 'denied',
      address: '10.0.0.4',
    })
  })
  test('a flow log that had nothing to say is no event', () => {
    expect(items({ ...FLOW, status_code: 'NODATA' })).toEqual([{ kind: 'apart', what: 'NODATA' }])
  })
  test('a query is read as one to the resolver', () => {
    const { source, record } = eventOf({
      class_uid: 4003,
      time: 1714724049000,
      metadata: { version: '1.1.0', product: { name: 'Route 53' } },
      query: { hostname: 'get.example.net.', type: 'A', class: 'IN' },
      answers: [{ rdata: '198.51.100.7', type: 'A', class: 'IN' }],
      rcode: 'NOERROR',
      cloud: { account_uid: '111122223333', region: 'eu-west-1' },
      src_endpoint: { ip: '10.0.0.4', port: 53001, vpc_uid: 'vpc-1', instance_uid: 'i-01' },
      connection_info: { protocol_name: 'UDP' },
      unmapped: [['firewall_rule_action', 'BLOCK']],
    })
    expect(source.id).toBe('route53-resolver')
    expect(source.normalise(record)).toMatchObject({
      action: 'query A',
      outcome: 'denied',
      resources: ['get.example.net.', '198.51.100.7'],
    })
  })
  test('what is of no log that is known stays an event of OCSF', () => {
    const other = {
      class_uid: 3002,
      activity_name: 'Logon',
      time: 1714724049000,
      status: 'Failure',
      status_code: 'bad-password',
      metadata: { version: '1.3.0', uid: 'e-1', product: { name: 'Example IdP' } },
      user: { name: 'mara', uid: 'u-1' },
      src_endpoint: { ip: '203.0.113.24' },
    }
    const { source, record } = eventOf(other)
    expect(source.id).toBe('ocsf')
    expect(source.normalise(record)).toMatchObject({
      id: 'e-1',
      action: 'Logon',
      service: 'Example IdP',
      outcome: 'denied',
      error: 'bad-password',
      actor: { principal: 'u-1', name: 'mara' },
      address: '203.0.113.24',
    })
    expect(eventOf({ ...other, raw_data: '<x/>' }).source.id).toBe('ocsf')
  })
})

test('the examples of the schema are read as their logs', context => {
  const folder = '../shared/data/reference/ocsf-examples/AWS'
  if (!existsSync(folder)) context.skip('the examples of OCSF are not there')
  const ids = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ocsf'))
    .sort()
    .flatMap(file => {
      // Some of them end lists and maps with a comma.
      const text = readFileSync(join(folder, file), 'utf8').replace(/,(\s*[}\]])/g, '$1')
      return items(JSON.parse(text) as Json).map(item => (item.kind === 'event' ? item.source.id : item.kind))
    })
  expect(ids).toEqual([
    'cloudtrail',
    'cloudtrail',
    'cloudtrail',
    'ocsf',
    'cloudtrail',
    'cloudtrail',
    'vpc-flow',
  ])
})

test('the Parquet of Security Lake is read as JSON is: maps, nulls and numbers included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nephoscope-test-'))
  const path = join(folder, 'part.gz.parquet')
  const json = join(folder, 'rows.json')
  const { unmapped: _, resources: __, ...rest } = CREATED
  writeFileSync(json, JSON.stringify(rest))
  await withDatabase(database =>
    database.execute(
      sql`COPY (SELECT *, MAP {'readOnly': 'false', 'recipientAccountId': '999988887777'} AS unmapped, CAST(NULL AS VARCHAR) AS raw_data FROM read_json(${quote(json)})) TO ${quote(path)} (FORMAT parquet)`,
    ),
  )
  const found: FoundEvent[] = []
  const limits = { maxUnpacked: 1e8, maxRecord: 1e7, chunk: 1e6 }
  await readEvents({ path, name: 'part.gz.parquet', bytes: 0 }, limits, event => found.push(event))
  rmSync(folder, { recursive: true })
  expect(found.map(({ source }) => source.id)).toEqual(['cloudtrail'])
  const [only] = found
  expect(only?.record).toMatchObject({
    eventName: 'CreateAccessKey',
    eventTime: '2024-05-03T08:14:09Z',
    recipientAccountId: '999988887777',
    readOnly: false,
    requestParameters: { userName: 'deploy' },
  })
  expect(only?.source.normalise(only.record)).toMatchObject({ outcome: 'succeeded', account: '999988887777' })
})
