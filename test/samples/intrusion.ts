import type { JsonObject } from '../../src/core/json.ts'
import { BUILD_KEY } from './everyday.ts'
import { type Call, PRODUCTION, userWithKey, type Who } from './record.ts'

const THIEF = '203.0.113.77'
const OUTSIDE = '999988887777'
const EXPORTS = 'example-orchard-customer-exports'
const TRAIL_BUCKET = 'example-orchard-cloudtrail'
const TOOL = 'aws-cli/2.15.30 Python/3.11.8 Linux/6.6.15-amd64 source/x86_64.kali.2024 prompt/off'
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:138.0) Gecko/20100101 Firefox/138.0'

const stolen = userWithKey('build-legacy', BUILD_KEY, THIEF, TOOL)
const backdoor = userWithKey('support-sync', 'AKIAEXAMPLESUPPORT01', THIEF, TOOL)
const stranger: Who = {
  identity: { type: 'AWSAccount', principalId: '', accountId: 'anonymous' },
  address: '203.0.113.91',
  agent: 'curl/8.5.0',
}

/** What somebody does with the key of the build user in the second night. */
export function intrusion(): readonly Call[] {
  return [...lookAround(), ...secrets(), ...comeBack(), ...takeData(), ...hide(), ...spend()]
}

function lookAround(): readonly Call[] {
  return [
    by(stolen, '02:11:09', 'sts GetCallerIdentity'),
    by(stolen, '02:11:40', 'iam ListUsers', { region: 'us-east-1', request: { maxItems: 1000 } }),
    by(stolen, '02:12:02', 'iam ListAttachedUserPolicies', {
      region: 'us-east-1',
      request: { userName: 'build-legacy' },
    }),
    denied(stolen, '02:12:21', 'iam GetAccountAuthorizationDetails', {}, 'us-east-1'),
    denied(stolen, '02:12:44', 'organizations DescribeOrganization', {}, 'us-east-1'),
    by(stolen, '02:13:05', 's3 ListBuckets'),
    by(stolen, '02:13:31', 'ec2 DescribeInstances', { request: { maxResults: 1000 } }),
    denied(stolen, '02:13:50', 'ec2 DescribeInstances', { maxResults: 1000 }, 'us-west-2'),
    by(stolen, '02:14:12', 'ec2 DescribeSnapshots', {
      request: { ownersSet: { items: [{ owner: 'self' }] } },
    }),
    by(stolen, '02:14:48', 'cloudtrail DescribeTrails', { request: { trailNameList: [] } }),
    by(stolen, '02:15:03', 'guardduty ListDetectors'),
    denied(stolen, '02:15:30', 'ses GetSendQuota', {}),
  ]
}

function secrets(): readonly Call[] {
  const secret = (name: string): JsonObject => ({
    secretId: `arn:aws:secretsmanager:eu-west-1:${PRODUCTION}:secret:shop/${name}`,
  })
  return [
    by(stolen, '02:17:10', 'secretsmanager ListSecrets', { request: { maxResults: 100 } }),
    denied(stolen, '02:17:34', 'secretsmanager GetSecretValue', secret('payments/gateway-Zy98Xw')),
    denied(stolen, '02:17:41', 'secretsmanager GetSecretValue', secret('mail/relay-Qr56St')),
    denied(stolen, '02:17:55', 'secretsmanager GetSecretValue', secret('admin/console-Mn34Op')),
    by(stolen, '02:18:20', 'secretsmanager GetSecretValue', { request: secret('build/signing-Ef12Gh') }),
  ]
}

function comeBack(): readonly Call[] {
  const userName = 'support-sync'
  const region = 'us-east-1'
  const accessKey = { userName, accessKeyId: 'AKIAEXAMPLESUPPORT01', status: 'Active' }
  const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  return [
    by(stolen, '02:24:02', 'iam CreateUser', {
      region,
      request: { userName },
      response: { user: { userName } },
    }),
    by(stolen, '02:24:19', 'iam AttachUserPolicy', { region, request: { userName, policyArn } }),
    by(stolen, '02:24:47', 'iam CreateAccessKey', { region, request: { userName }, response: { accessKey } }),
    by(stolen, '02:25:30', 'iam CreateLoginProfile', {
      region,
      request: { userName, passwordResetRequired: false },
    }),
    {
      who: {
        identity: {
          type: 'IAMUser',
          accountId: PRODUCTION,
          arn: `arn:aws:iam::${PRODUCTION}:user/${userName}`,
          userName,
        },
        address: THIEF,
        agent: BROWSER,
      },
      what: 'signin ConsoleLogin',
      time: at('02:31:15'),
      region,
      response: { ConsoleLogin: 'Success' },
      more: {
        additionalEventData: {
          LoginTo: 'https://console.aws.amazon.com/console/home',
          MobileVersion: 'No',
          MFAUsed: 'No',
        },
      },
    },
  ]
}

function takeData(): readonly Call[] {
  const snapshotId = 'snap-0013ee55ff66aa77b'
  const share = { add: { items: [{ userId: OUTSIDE }] } }
  const bucketPolicy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${EXPORTS}/*` },
    ],
  }
  const request = { snapshotId, attributeType: 'CREATE_VOLUME_PERMISSION', createVolumePermission: share }
  return [
    by(backdoor, '02:40:12', 'ec2 ModifySnapshotAttribute', { request, response: { _return: true } }),
    by(backdoor, '02:46:03', 's3 DeleteBucketPublicAccessBlock', {
      request: { bucketName: EXPORTS, publicAccessBlock: '' },
    }),
    by(backdoor, '02:46:40', 's3 PutBucketPolicy', {
      request: { bucketName: EXPORTS, bucketPolicy, policy: '' },
    }),
    ...Array.from({ length: 24 }, (_, part) => {
      const key = `2026/customers-${String(part).padStart(2, '0')}.csv`
      return by(stranger, `02:5${Math.floor(part / 6)}:${10 + (part % 6) * 8}`, 's3 GetObject', {
        request: { bucketName: EXPORTS, key },
        more: { resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${EXPORTS}/${key}` }] },
      })
    }),
  ]
}

function hide(): readonly Call[] {
  const name = `arn:aws:cloudtrail:eu-west-1:${PRODUCTION}:trail/organisation`
  const Rule = { ID: 'tidy', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }
  const lifecycle = { bucketName: TRAIL_BUCKET, lifecycle: '', LifecycleConfiguration: { Rule } }
  const detector = { detectorId: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', enable: false }
  return [
    by(backdoor, '03:02:08', 's3 PutBucketLifecycle', { request: lifecycle }),
    by(backdoor, '03:03:27', 'guardduty UpdateDetector', { request: detector }),
    by(backdoor, '03:05:51', 'cloudtrail StopLogging', { request: { name } }),
  ]
}

/** New machines for mining, which the limits of the account refuse. */
function spend(): readonly Call[] {
  const message = 'You have requested more vCPU capacity than your current limit allows'
  return ['03:09:14', '03:09:58'].map(time =>
    by(backdoor, time, 'ec2 RunInstances', {
      request: {
        instanceType: 'p4d.24xlarge',
        instancesSet: { items: [{ imageId: 'ami-0aa00bb11cc22dd33', minCount: 8, maxCount: 8 }] },
      },
      error: ['Client.VcpuLimitExceeded', message],
    }),
  )
}

function by(who: Who, time: string, what: string, more: Partial<Call> = {}): Call {
  return { who, what, time: at(time), ...more }
}

function denied(who: Who, time: string, what: string, request: JsonObject, region = 'eu-west-1'): Call {
  const [service, name] = what.split(' ')
  const message = `User: arn:aws:iam::${PRODUCTION}:user/build-legacy is not authorized to perform: ${service}:${name}`
  const code = service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied'
  return by(who, time, what, { request, region, error: [code, message] })
}

function at(time: string): string {
  return `2026-05-13T${time}Z`
}
