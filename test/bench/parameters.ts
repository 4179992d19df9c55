import { type Draw, timeText } from './caller.ts'
import { IDENTITY_SHAPES } from './identity-parameters.ts'
import { MACHINE_SHAPES } from './machine-parameters.ts'
import type { Parameters } from './shape.ts'
import { drawJob, jobName, PURPOSES, STAGES, TEAMS } from './world.ts'

/** What the parameters of an action look like. */
export type Shape = keyof typeof SHAPES

/** Draws the parameters of a call of that shape. */
export function drawParameters(shape: Shape, draw: Draw): Parameters {
  return SHAPES[shape](draw)
}

const NAMESPACES = [
  'AWS/EC2',
  'AWS/RDS',
  'AWS/Lambda',
  'AWS/ApplicationELB',
  'Example/Orders',
  'Example/Mail',
]

const SHAPES = {
  ...MACHINE_SHAPES,
  ...IDENTITY_SHAPES,
  none: () => ({}),
  page: ({ random }: Draw) => ({
    request: random.chance(0.3) ? { maxResults: 100, nextToken: random.base64(64) } : { maxResults: 100 },
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
  cost: () => ({
    request: {
      granularity: 'MONTHLY',
      metrics: ['UnblendedCost'],
      groupBy: [{ type: 'DIMENSION', key: 'SERVICE' }],
      filter: { not: { dimensions: { key: 'RECORD_TYPE', values: ['Credit', 'Refund'] } } },
    },
  }),
} satisfies { readonly [shape: string]: (draw: Draw) => Parameters }
