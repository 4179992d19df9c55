import { type Draw, timeText } from './caller.ts'
import type { Random } from './random.ts'
import type { Parameters } from './shape.ts'
import { bucketName, drawBucket, drawRole, PURPOSES, roleName, STAGES, TEAMS } from './world.ts'

/** Parameters of calls on identities, keys, secrets and what guards buckets. */
export const IDENTITY_SHAPES = {
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
    const secret = secretName(random)
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
    const name = secretName(random)
    return { request: { secretId: `arn:aws:secretsmanager:${region}:${account.id}:secret:${name}-Ab12Cd` } }
  },
  parameter: ({ random }: Draw) => ({
    request: {
      name: `/${random.pick(STAGES)}/${random.pick(TEAMS)}/${random.pick(PURPOSES)}`,
      withDecryption: random.chance(0.6),
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

/** The secret of a team in a stage. */
function secretName(random: Random): string {
  const team = random.pick(TEAMS)
  return `${random.pick(STAGES)}/${team}/${random.pick(PURPOSES)}-password`
}
