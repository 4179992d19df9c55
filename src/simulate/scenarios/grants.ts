import type { JsonObject } from '../../core/json.ts'
import { putBucketPolicy, putBucketReplication } from '../cloudtrail/bucket.ts'
import { openPage, signIn } from '../cloudtrail/console.ts'
import { jobSession, type Session } from '../cloudtrail/session.ts'
import { TERRAFORM } from '../habits/pipelines.ts'
import type { ActFacts } from '../labels.ts'
import { makeAccount, roleArn } from '../organisation/accounts.ts'
import { foreignBucket } from '../organisation/buckets.ts'
import type { Bucket } from '../organisation/types.ts'
import { MINUTE, SECOND } from '../span.ts'
import { personIn } from './launch-chain.ts'
import { attack, benign, type Scenario, type Scene, twin } from './scenario.ts'

/** One change, after which data goes or may go elsewhere. */
export const grants: readonly Scenario[] = [
  {
    id: 'T4',
    analytic: 'AN0370',
    title: 'a bucket is replicated to one that nobody knows',
    days: 1,
    acts: [
      attack(
        'unknown owner',
        {
          outcome: 'found',
          at_least: 'medium',
          reason: 'the destination is not in the inventory, and no account is named',
        },
        scene => {
          const { recorder, organisation } = scene
          const stranger = makeAccount(recorder.random, 'management')
          const to = foreignBucket(recorder.random, stranger, organisation.buckets.customers.region)
          return replicate(scene, {
            session: byHand(scene),
            from: organisation.buckets.customers,
            to,
            withAccount: false,
          })
        },
      ),
      twin('owned', 'the destination is ours', scene => replicateOwn(scene, 'recovery', false)),
    ],
  },
  {
    id: 'T5',
    analytic: 'AN0370',
    title: 'a bucket is replicated to one of the recovery account',
    days: 1,
    acts: [
      benign('owned', 'the destination is ours', scene => replicateOwn(scene, 'recoveryDocuments', false)),
      twin('owned, with its account', 'the destination and its account are ours', scene =>
        replicateOwn(scene, 'recovery', true),
      ),
    ],
  },
  {
    id: 'T8',
    analytic: 'AN0370',
    title: "a bucket's policy lets another account in",
    days: 1,
    acts: [
      attack(
        'foreign account',
        { outcome: 'found', at_least: 'medium', reason: 'the principal is not ours' },
        letIn,
      ),
      twin('delivery of trails', 'the principal is a service that delivers logs', scene =>
        deliveryPolicy(scene, 'cloudtrail.amazonaws.com'),
      ),
      twin('delivery of logs', 'the principal is a service that delivers logs', scene =>
        deliveryPolicy(scene, 'delivery.logs.amazonaws.com'),
      ),
    ],
  },
]

function byHand(scene: Scene): Session {
  const { organisation, recorder, time } = scene
  const { region } = organisation.networks.production
  const person = personIn(organisation.people, organisation.accounts.production, recorder.random)
  const session = signIn(recorder, person, time - 8 * MINUTE, region)
  openPage(recorder, { session, time: time - 5 * MINUTE, region })
  return session
}

function byPipeline({ organisation, recorder, time }: Scene): Session {
  const look = {
    address: organisation.networks.production.publicAddress,
    userAgent: TERRAFORM,
    since: time - 40 * SECOND,
  }
  return jobSession(organisation.roles.deploy, `run-${recorder.random.digits(8)}`, look, recorder.random)
}

function replicateOwn(scene: Scene, to: 'recovery' | 'recoveryDocuments', withAccount: boolean): ActFacts {
  const { buckets } = scene.organisation
  const from = to === 'recovery' ? buckets.customers : buckets.documents
  return replicate(scene, { session: byPipeline(scene), from, to: buckets[to], withAccount })
}

function replicate(
  { organisation, recorder, time }: Scene,
  {
    session,
    from,
    to,
    withAccount,
  }: { readonly session: Session; readonly from: Bucket; readonly to: Bucket; readonly withAccount: boolean },
): ActFacts {
  putBucketReplication(recorder, {
    session,
    bucket: from,
    to,
    withAccount,
    roleArn: roleArn(organisation.roles.backup),
    time,
  })
  return {
    principal: session.principal,
    address: session.address,
    buckets: [from.name, to.name],
    destination: to.name,
  }
}

function letIn(scene: Scene): ActFacts {
  const { organisation, recorder, time } = scene
  const { payroll } = organisation.buckets
  const stranger = makeAccount(recorder.random, 'management').id
  const session = byHand(scene)
  const statement = {
    Sid: 'Share',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${stranger}:root` },
    Action: ['s3:GetObject', 's3:ListBucket'],
    Resource: [`arn:aws:s3:::${payroll.name}`, `arn:aws:s3:::${payroll.name}/*`],
  }
  putBucketPolicy(recorder, { session, bucket: payroll, statements: [statement], time })
  return {
    principal: session.principal,
    address: session.address,
    buckets: [payroll.name],
    destination: stranger,
  }
}

function deliveryPolicy(scene: Scene, service: string): ActFacts {
  const { organisation, recorder, time } = scene
  const { trail } = organisation.buckets
  const session = byPipeline(scene)
  putBucketPolicy(recorder, { session, bucket: trail, statements: deliveryStatements(service, trail), time })
  return {
    principal: session.principal,
    address: session.address,
    buckets: [trail.name],
    destination: service,
  }
}

function deliveryStatements(service: string, { name }: Bucket): readonly JsonObject[] {
  const Principal = { Service: service }
  const StringEquals = { 's3:x-amz-acl': 'bucket-owner-full-control' }
  return [
    { Sid: 'Check', Effect: 'Allow', Principal, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${name}` },
    {
      Sid: 'Write',
      Effect: 'Allow',
      Principal,
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${name}/*`,
      Condition: { StringEquals },
    },
  ]
}
