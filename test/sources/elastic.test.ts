import { describe, expect, test } from 'vitest'
import { readContent } from './reading.ts'

async function only(document: object) {
  const { found } = await readContent(JSON.stringify(document))
  const [event] = found
  if (event === undefined) throw new Error('nothing is recognised')
  return { source: event.source.id, record: event.record, ...event.source.normalise(event.record) }
}

const COMMON = {
  '@timestamp': '2025-03-04T10:00:00.000Z',
  source: { address: '192.0.2.3', ip: '192.0.2.3', port: 4000 },
  user: { name: 'Admin', id: 'AROAEXAMPLE:alice' },
  user_agent: { original: 'aws-cli/2.15' },
  cloud: { account: { id: '111122223333' }, region: 'eu-west-1', project: { id: 'shop' } },
}

describe('documents of Elastic’s integrations without the original event', () => {
  const trail = {
    ...COMMON,
    event: { action: 'StopLogging', provider: 'cloudtrail.amazonaws.com', id: 'e-1', outcome: 'failure' },
    aws: {
      cloudtrail: {
        event_version: '1.08',
        error_code: 'AccessDenied',
        user_identity: {
          type: 'AssumedRole',
          arn: 'arn:aws:sts::111122223333:assumed-role/Admin/alice',
          access_key_id: 'ASIAEXAMPLE',
          session_context: {
            mfa_authenticated: 'true',
            session_issuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/team/Admin' },
          },
        },
        request_parameters: '{name=org-trail, force=false}',
        recipient_account_id: '111122223333',
      },
    },
  }

  test('CloudTrail', async () => {
    const event = await only(trail)
    expect(event).toMatchObject({
      source: 'cloudtrail',
      id: 'e-1',
      time: Date.UTC(2025, 2, 4, 10),
      service: 'cloudtrail.amazonaws.com',
      action: 'StopLogging',
      outcome: 'denied',
      error: 'AccessDenied',
      address: '192.0.2.3',
      userAgent: 'aws-cli/2.15',
      region: 'eu-west-1',
      resources: ['org-trail'],
      actor: {
        principal: 'arn:aws:iam::111122223333:role/team/Admin',
        session: 'alice',
        key: 'ASIAEXAMPLE',
        mfa: true,
      },
    })
    expect(event.record).toMatchObject({ requestParameters: { name: 'org-trail' }, aws: trail.aws })
  })

  test('what is flattened comes before its text, and an original before all', async () => {
    const flattened = { request_parameters: { name: 'other', tags: [{ key: 'a=b' }] } }
    const own = { ...trail.aws.cloudtrail, flattened }
    const { record } = await only({ ...trail, aws: { cloudtrail: own } })
    expect(record['requestParameters']).toEqual(flattened.request_parameters)
    const original = JSON.stringify({
      eventVersion: '1.11',
      eventTime: '2025-03-04T11:00:00Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
    })
    const kept = await only({ ...trail, event: { ...trail.event, original } })
    expect(kept).toMatchObject({ action: 'CreateUser', time: Date.UTC(2025, 2, 4, 11) })
  })

  test('flow logs, whose missing addresses make no flow', async () => {
    const own = { account_id: '111122223333', interface_id: 'eni-1', action: 'REJECT', log_status: 'OK' }
    const document = {
      ...COMMON,
      source: { ...COMMON.source, bytes: 40, packets: 1 },
      destination: { address: '10.0.0.5', port: 22 },
      network: { iana_number: '6' },
      event: { start: '2025-03-04T09:59:00Z', end: '2025-03-04T10:00:00Z' },
      aws: { vpcflow: own },
    }
    const event = await only(document)
    expect(event).toMatchObject({ source: 'vpc-flow', outcome: 'denied', address: '192.0.2.3' })
    expect(event).toMatchObject({ time: Date.UTC(2025, 2, 4, 9, 59), actor: { principal: 'eni-1' } })
    expect(event.record).toMatchObject({
      dstport: 22,
      protocol: '6',
      bytes: 40,
      'account-id': '111122223333',
    })
    const empty = await readContent(
      JSON.stringify({ ...COMMON, aws: { vpcflow: { ...own, log_status: 'NODATA' } }, source: undefined }),
    )
    expect(empty.found).toEqual([])
    expect(empty.tally.apart).toEqual({ NODATA: 1 })
  })

  test('Microsoft 365, Google Cloud, Azure, Entra, Kubernetes, Okta, S3', async () => {
    const office = { Operation: 'New-InboxRule', Workload: 'Exchange', UserId: 'alice@example.com' }
    const mail = await only({ ...COMMON, event: { id: 'm-1' }, o365: { audit: office } })
    expect(mail).toMatchObject({ source: 'm365', id: 'm-1', actor: { principal: 'alice@example.com' } })

    const google = {
      method_name: 'google.iam.admin.v1.CreateServiceAccountKey',
      service_name: 'iam.googleapis.com',
      resource_name: 'projects/shop/serviceAccounts/ci',
      authentication_info: { principal_email: 'alice@example.com' },
      status: { code: 7, message: 'PERMISSION_DENIED' },
    }
    const key = await only({ ...COMMON, event: { id: 'g-1' }, gcp: { audit: google } })
    expect(key).toMatchObject({ source: 'gcp-audit', outcome: 'denied', account: 'shop', error: '7' })
    expect(key).toMatchObject({ action: google.method_name, address: '192.0.2.3' })

    const azure = {
      activitylogs: {
        operation_name: 'MICROSOFT.INSIGHTS/DIAGNOSTICSETTINGS/DELETE',
        result_type: 'Success',
      },
      correlation_id: 'c-1',
      resource: { id: '/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/A' },
    }
    const deleted = await only({ ...COMMON, azure })
    expect(deleted).toMatchObject({ source: 'azure-activity', outcome: 'succeeded', address: '192.0.2.3' })

    const signinlogs = {
      category: 'SignInLogs',
      operation_name: 'Sign-in activity',
      result_type: '50126',
      properties: { id: 's-1', user_principal_name: 'alice@example.com', app_display_name: 'Azure Portal' },
    }
    const signin = await only({ ...COMMON, azure: { signinlogs } })
    expect(signin).toMatchObject({ source: 'entra-signin', id: 's-1', outcome: 'denied', error: '50126' })

    const audit = {
      auditID: 'k-1',
      stage: 'ResponseComplete',
      verb: 'create',
      objectRef: { resource: 'pods' },
    }
    const pod = await only({ ...COMMON, kubernetes: { audit } })
    expect(pod).toMatchObject({ source: 'kubernetes-audit', action: 'create pods' })

    const okta = {
      event_type: 'user.session.start',
      actor: { alternate_id: 'alice@example.com' },
      uuid: 'o-1',
    }
    const session = await only({ ...COMMON, okta: { ...okta, outcome: { result: 'FAILURE' } } })
    expect(session).toMatchObject({
      source: 'okta',
      outcome: 'denied',
      actor: { principal: 'alice@example.com' },
    })
    expect(session).toMatchObject({ address: '192.0.2.3', id: 'o-1' })

    const s3access = {
      bucket: 'b',
      bucket_owner: 'o',
      request_id: 'r',
      operation: 'REST.GET.OBJECT',
      key: 'k',
    }
    const read = await only({ ...COMMON, aws: { s3access } })
    expect(read).toMatchObject({ source: 's3-access', time: Date.UTC(2025, 2, 4, 10), address: '192.0.2.3' })
  })

  test('a document of another product stays unknown', async () => {
    const { found, tally } = await readContent(JSON.stringify({ ...COMMON, nginx: { access: { url: '/' } } }))
    expect(found).toEqual([])
    expect(tally.apart).toEqual({ unrecognised: 1 })
  })
})
