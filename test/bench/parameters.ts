import { type Draw, timeText } from './caller.ts'
import { at, type Random } from './random.ts'
import {
  bucketName,
  drawBucket,
  drawJob,
  drawRole,
  jobName,
  PURPOSES,
  roleName,
  STAGES,
  TEAMS,
} from './world.ts'

/** What the parameters of an action look like. */
export type Shape = keyof typeof SHAPES

/** What was asked for and what came back. `undefined` is a JSON null. */
export interface Parameters {
  readonly request?: object
  readonly response?: object
  /** The resource named in `resources`. */
  readonly resource?: { readonly type: string; readonly arn: string }
}

/** Draws the parameters of a call of that shape. */
export function drawParameters(shape: Shape, draw: Draw): Parameters {
  return SHAPES[shape](draw)
}

/** Instance types and image ids as `RunInstances` names them. */
export const INSTANCE_TYPES = [
  'm6i.large',
  't3.medium',
  'c6i.2xlarge',
  'r6i.xlarge',
  'm6g.large',
  'p4d.24xlarge',
]
export const IMAGES = Array.from(
  { length: 200 },
  (_, number) => `ami-0${String(number * 7919).padStart(8, '0')}cafe`,
)
export const NAMESPACES = [
  'AWS/EC2',
  'AWS/RDS',
  'AWS/Lambda',
  'AWS/ApplicationELB',
  'Example/Orders',
  'Example/Mail',
]

/** The secret of a team in a stage. */
export function secretName(team: string, stage: string, purpose: string): string {
  return `${stage}/${team}/${purpose}-password`
}

const SHAPES = {
  none: () => ({}),
  page: ({ random }: Draw) => ({
    request: random.chance(0.3) ? { maxResults: 100, nextToken: random.base64(64) } : { maxResults: 100 },
  }),
  assume: (draw: Draw) => {
    const { random, account, time } = draw
    const session = random.pick(account.sessions)
    const arn = `arn:aws:iam::${account.id}:role/${session.role}`
    return {
      request: { roleArn: arn, roleSessionName: session.name, durationSeconds: 3600 },
      response: {
        credentials: {
          accessKeyId: `ASIA${random.base32(16)}`,
          sessionToken: random.base64(random.chance(0.1) ? 600 : 100),
          expiration: timeText(time + 3_600_000),
        },
        assumedRoleUser: {
          assumedRoleId: `${session.roleId}:${session.name}`,
          arn: `arn:aws:sts::${account.id}:assumed-role/${session.role}/${session.name}`,
        },
      },
      resource: { type: 'AWS::IAM::Role', arn },
    }
  },
  key: ({ random, account, region }: Draw) => {
    const arn = `arn:aws:kms:${region}:${account.id}:key/${random.pick(account.keys)}`
    const secret = secretName(random.pick(TEAMS), random.pick(STAGES), random.pick(PURPOSES))
    return {
      request: {
        keyId: arn,
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        encryptionContext: { SecretARN: `arn:aws:secretsmanager:${region}:${account.id}:secret:${secret}` },
      },
      resource: { type: 'AWS::KMS::Key', arn },
    }
  },
  secret: ({ random, account, region }: Draw) => {
    const name = secretName(random.pick(TEAMS), random.pick(STAGES), random.pick(PURPOSES))
    return { request: { secretId: `arn:aws:secretsmanager:${region}:${account.id}:secret:${name}-Ab12Cd` } }
  },
  parameter: ({ random }: Draw) => ({
    request: {
      name: `/${random.pick(STAGES)}/${random.pick(TEAMS)}/${random.pick(PURPOSES)}`,
      withDecryption: random.chance(0.6),
    },
  }),
  instance: ({ random }: Draw) => ({ request: { instanceId: instanceId(random), attribute: null } }),
  instances: ({ random }: Draw) => ({
    request: {
      instancesSet: { items: [{ instanceId: instanceId(random) }, { instanceId: instanceId(random) }] },
      filterSet: {},
    },
  }),
  filters: ({ random }: Draw) => ({
    request: {
      maxResults: 1000,
      filterSet: {
        items: [
          { name: 'tag:team', valueSet: { items: [{ value: random.pick(TEAMS) }] } },
          { name: 'tag:stage', valueSet: { items: STAGES.map(value => ({ value })) } },
        ],
      },
    },
  }),
  images: ({ random }: Draw) => ({
    request: {
      executableBySet: {},
      imagesSet: { items: [{ imageId: random.pick(IMAGES) }] },
      ownersSet: { items: [{ owner: 'self' }] },
    },
  }),
  'run-instances': runInstances,
  volume: ({ random }: Draw) => ({
    request: {
      volumeId: `vol-0${random.hex(16)}`,
      size: '100',
      description: random.chance(0.03) ? 'nächtliche Sicherung' : 'nightly',
    },
    response: { requestId: random.uuid(), status: 'creating' },
  }),
  network: ({ random }: Draw) => ({
    request: { networkInterfaceId: `eni-0${random.hex(16)}`, groupSet: {} },
    response: { requestId: random.uuid(), _return: true },
  }),
  tags: ({ random }: Draw) => ({
    request: {
      resourcesSet: { items: [{ resourceId: instanceId(random) }] },
      tagSet: {
        items: [
          { key: 'team', value: random.pick(TEAMS) },
          { key: 'job', value: jobName(drawJob(random)) },
        ],
      },
    },
    response: { requestId: random.uuid(), _return: true },
  }),
  ingress: ({ random }: Draw) => ({
    request: {
      groupId: `sg-0${random.hex(16)}`,
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 443,
            toPort: 443,
            ipRanges: { items: [{ cidrIp: `10.${random.below(64)}.0.0/16` }] },
            ipv6Ranges: {},
          },
        ],
      },
    },
    response: { requestId: random.uuid(), _return: true },
  }),
  share: ({ random, account }: Draw) => ({
    request: {
      snapshotId: `snap-0${random.hex(16)}`,
      attributeType: 'CREATE_VOLUME_PERMISSION',
      createVolumePermission: { add: { items: [{ userId: account.id }] } },
    },
    response: { requestId: random.uuid(), _return: true },
  }),
  item: ({ random }: Draw) => ({
    request: {
      tableName: `${random.pick(TEAMS)}-${random.pick(STAGES)}`,
      key: { jobId: jobName(drawJob(random)) },
      returnConsumedCapacity: 'TOTAL',
    },
  }),
  function: ({ random, account, region }: Draw) => ({
    request: {
      functionName: `arn:aws:lambda:${region}:${account.id}:function:${random.pick(TEAMS)}-${random.pick(PURPOSES)}`,
      invocationType: 'Event',
      environment: {},
    },
  }),
  metrics: ({ random }: Draw) => ({
    request: {
      metricDataQueries: [1, 2, 3].map(number => ({
        id: `m${number}`,
        metricStat: {
          metric: {
            namespace: random.pick(NAMESPACES),
            metricName: 'Latency',
            dimensions: [{ name: 'Team', value: random.pick(TEAMS) }],
          },
          period: 60,
          stat: 'Average',
        },
      })),
    },
  }),
  alarm: ({ random }: Draw) => ({
    request: {
      alarmName: `${random.pick(TEAMS)}-latency`,
      threshold: 0.5 + random.below(100),
      namespace: random.pick(NAMESPACES),
      dimensions: [{ name: 'Team', value: random.pick(TEAMS) }],
      actionsEnabled: true,
    },
  }),
  cluster: ({ random }: Draw) => ({
    request: { cluster: `${random.pick(TEAMS)}-${random.pick(STAGES)}`, tasks: [random.hex(32)] },
  }),
  task: ({ random }: Draw) => ({
    request: {
      family: random.pick(TEAMS),
      containerDefinitions: [
        {
          name: 'app',
          image: `registry.example.com/${random.pick(TEAMS)}:${random.below(900)}`,
          environment: [{ name: 'STAGE', value: random.pick(STAGES) }],
          portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
        },
      ],
    },
  }),
  target: ({ random }: Draw) => ({
    request: {
      targets: [{ id: instanceId(random), port: 8080 }],
      targetGroupArn: `targetgroup/${random.pick(TEAMS)}`,
    },
  }),
  database: ({ random }: Draw) => ({
    request: {
      databaseName: random.pick(TEAMS),
      tableName: random.pick(PURPOSES),
      dBInstanceIdentifier: null,
    },
  }),
  stack: ({ random }: Draw) => ({
    request: {
      stackName: `${random.pick(TEAMS)}-${random.pick(STAGES)}`,
      parameters: [{ parameterKey: 'Job', parameterValue: jobName(drawJob(random)) }],
    },
  }),
  stream: ({ random }: Draw) => ({ request: { streamName: `${random.pick(TEAMS)}-events`, limit: 100 } }),
  'log-group': ({ random }: Draw) => ({
    request: { logGroupNamePrefix: `/aws/lambda/${random.pick(TEAMS)}`, limit: 50 },
  }),
  'log-stream': ({ random, time }: Draw) => ({
    request: {
      logGroupName: `/aws/lambda/${random.pick(TEAMS)}-${random.pick(PURPOSES)}`,
      logStreamName: `${timeText(time).slice(0, 10)}/[$LATEST]${random.hex(32)}`,
    },
  }),
  query: ({ random }: Draw) => ({
    request: {
      queryString: `select "day", count(*) from ${random.pick(TEAMS)} where job = '${jobName(drawJob(random))}'`,
      workGroup: 'primary',
    },
    response: { queryExecutionId: random.uuid() },
  }),
  execution: ({ random }: Draw) => ({
    request: {
      name: `${random.pick(TEAMS)}-${random.hex(8)}`,
      input: '{"comment":"nightly","retry":{"limit":3}}',
    },
  }),
  queue: ({ random }: Draw) => ({ request: { queueUrl: `https://queue.example.com/${random.pick(TEAMS)}` } }),
  topic: ({ random, account, region }: Draw) => ({
    request: { topicArn: `arn:aws:sns:${region}:${account.id}:${random.pick(TEAMS)}-alerts` },
  }),
  event: ({ random }: Draw) => ({
    request: { name: `${random.pick(TEAMS)}-rule`, state: 'ENABLED', entries: [] },
  }),
  evaluations: ({ random }: Draw) => ({
    request: {
      evaluations: [1, 2].map(() => ({
        complianceResourceType: 'AWS::EC2::Instance',
        complianceResourceId: instanceId(random),
        complianceType: random.chance(0.8) ? 'COMPLIANT' : 'NON_COMPLIANT',
      })),
      testMode: false,
    },
  }),
  model: ({ random }: Draw) => ({ request: { modelId: `example.model-${random.below(9)}-v1:0` } }),
  zone: ({ random }: Draw) => ({
    request: {
      hostedZoneId: `Z0${random.base32(16)}`,
      changeBatch: {
        changes: [{ action: 'UPSERT', resourceRecordSet: { name: 'www.example.com.', type: 'A', tTL: 60 } }],
      },
    },
  }),
  certificate: ({ random, account, region }: Draw) => ({
    request: { certificateArn: `arn:aws:acm:${region}:${account.id}:certificate/${random.uuid()}` },
  }),
  image: ({ random }: Draw) => ({
    request: { repositoryName: random.pick(TEAMS), imageIds: [{ imageTag: `build-${random.below(5000)}` }] },
  }),
  cost: () => ({
    request: {
      granularity: 'MONTHLY',
      metrics: ['UnblendedCost'],
      groupBy: [{ type: 'DIMENSION', key: 'SERVICE' }],
      filter: { not: { dimensions: { key: 'RECORD_TYPE', values: ['Credit', 'Refund'] } } },
    },
  }),
  user: (draw: Draw) => ({ request: { userName: draw.random.pick(draw.account.users).name } }),
  role: ({ random }: Draw) => ({ request: { roleName: roleName(drawRole(random)) } }),
  policy: ({ random, account }: Draw) => ({
    request: {
      policyArn: `arn:aws:iam::${account.id}:policy/${random.pick(TEAMS)}-${random.pick(PURPOSES)}`,
      roleName: roleName(drawRole(random)),
    },
  }),
  document: ({ random }: Draw) => ({
    request: {
      roleName: roleName(drawRole(random)),
      policyName: `${random.pick(TEAMS)}-inline`,
      policyDocument: JSON.stringify(policy(random, 'arn:aws:s3:::example-data/*'), undefined, 2),
    },
  }),
  bucket,
  'bucket-policy': (draw: Draw) => {
    const { request } = bucket(draw)
    const resource = `arn:aws:s3:::${request.bucketName}/*`
    return { request: { ...request, bucketPolicy: policy(draw.random, resource), policy: '' } }
  },
  trail: () => ({ request: { name: 'organisation', trailNameList: [], includeShadowTrails: false } }),
  login: ({ random }: Draw) => ({ response: { ConsoleLogin: random.chance(0.96) ? 'Success' : 'Failure' } }),
} satisfies { readonly [shape: string]: (draw: Draw) => Parameters }

function bucket({ random, place, region }: Draw): { readonly request: { readonly bucketName: string } } {
  const name = bucketName(drawBucket(random), place)
  return { request: { bucketName: name, ...{ Host: `${name}.s3.${region}.amazonaws.com`, acl: '' } } }
}

function runInstances({ random }: Draw): Parameters {
  const imageId = at(IMAGES, Math.floor(IMAGES.length * random.unit() ** 2))
  const instanceType = random.pick(INSTANCE_TYPES)
  return {
    request: {
      instancesSet: { items: [{ imageId, minCount: 1, maxCount: 1 }] },
      instanceType,
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      disableApiTermination: false,
      tagSpecificationSet: {
        items: [{ resourceType: 'instance', tags: [{ key: 'team', value: random.pick(TEAMS) }] }],
      },
    },
    response: {
      requestId: random.uuid(),
      instancesSet: {
        items: [
          {
            instanceId: instanceId(random),
            imageId,
            instanceType,
            instanceState: { code: 0, name: 'pending' },
            privateIpAddress: `10.${random.below(64)}.${random.below(256)}.${random.below(256)}`,
            placement: { tenancy: 'default' },
            networkInterfaceSet: {
              items: [{ networkInterfaceId: `eni-0${random.hex(16)}`, status: 'in-use' }],
            },
            reason: null,
          },
        ],
      },
    },
  }
}

function policy(random: Random, resource: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: `Team${random.below(900)}`,
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::111122223333:role/${roleName(drawRole(random))}` },
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: resource,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
      },
    ],
  }
}

function instanceId(random: Random): string {
  return `i-0${random.hex(16)}`
}
