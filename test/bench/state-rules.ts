import { baseRule } from './base-rule.ts'
import { at } from './random.ts'

/** Actions of the generated logs, from the rare to the frequent. */
const RARE = ['CreateUser', 'CreateAccessKey', 'DeleteUser', 'AttachUserPolicy', 'PutBucketPolicy'] as const
const OFTEN = ['GetSecretValue', 'ListUsers', 'GetUser', 'ListRoles', 'GetCallerIdentity'] as const
const OBJECTS = '[userIdentity.arn, requestParameters.bucketName]'
const BYTES = 'additionalEventData.bytesTransferredOut'

type Body = (number: number) => string

/** Ten rules of each of ten kinds; those whose number is below `objects` are over GetObject by principal and bucket. */
const KINDS: Readonly<
  Record<string, { readonly objects: number; readonly over: Body; readonly else: Body }>
> = {
  event_count: {
    objects: 4,
    over: number => objects(`timespan: ${number + 5}m\ncondition: {gte: ${200 + 100 * number}}`),
    else: number => often(number, 'timespan: 10m\ncondition: {gte: 50}'),
  },
  value_count: {
    objects: 2,
    over: number => objects(`timespan: 10m\ncondition: {field: requestParameters.key, gte: ${150 + number}}`),
    else: number => rare(number, 'timespan: 1h\ncondition: {field: awsRegion, gte: 6}'),
  },
  value_sum: {
    objects: 2,
    over: number => objects(`timespan: 10m\ncondition: {field: ${BYTES}, gte: ${(number + 1) * 1e10}}`),
    else: number => rare(number, `timespan: 1h\ncondition: {field: ${BYTES}, gte: 1e10}`),
  },
  value_avg: {
    objects: 1,
    over: () => objects(`timespan: 10m\ncondition: {field: ${BYTES}, gte: 1e10}`),
    else: number => rare(number, `timespan: 1h\ncondition: {field: ${BYTES}, gte: 1e10}`),
  },
  value_median: {
    objects: 0,
    over: () => '',
    else: number => rare(number, `timespan: 1h\ncondition: {field: ${BYTES}, gte: 1e10}`),
  },
  temporal: { objects: 0, over: () => '', else: number => pair(number, `timespan: ${number + 1}m`) },
  temporal_ordered: { objects: 0, over: () => '', else: number => pair(number, `timespan: ${number + 1}m`) },
  chain: {
    objects: 0,
    over: () => '',
    else: number =>
      `steps:
- {name: first, rule: ${at(RARE, number % 5)}}
- {name: second, rule: ${at(RARE, (number + 1) % 5)}, link: {userIdentity.arn: first.userIdentity.arn}, within: ${number + 1}m}
- {name: third, rule: ${at(OFTEN, number % 5)}, link: {sourceIPAddress: second.sourceIPAddress}, within: ${number + 1}m}`,
  },
  first_seen: { objects: 0, over: () => '', else: number => rare(number, 'field: awsRegion\nlearning: 7d') },
  volume: {
    objects: 1,
    over: () => objects(`timespan: 1h\ncondition: {field: ${BYTES}, gte: 1e9}`),
    else: number => often(number, 'timespan: 1h\ncondition: {gte: 1000}'),
  },
}

function objects(lines: string): string {
  return `rules: GetObject\ngroup-by: ${OBJECTS}\n${lines}`
}

function often(number: number, lines: string): string {
  return `rules: ${at(OFTEN, number % 5)}\ngroup-by: [userIdentity.arn]\n${lines}`
}

function rare(number: number, lines: string): string {
  return `rules: ${at(RARE, number % 5)}\ngroup-by: [userIdentity.arn]\n${lines}`
}

function pair(number: number, lines: string): string {
  return `rules: [${at(RARE, number % 5)}, ${at(RARE, (number + 1) % 5)}]\ngroup-by: [userIdentity.arn]\n${lines}`
}

/** The texts of 100 rules that remember, and of the rules that they are over. */
export function stateRules(): readonly string[] {
  const bases = [...RARE, ...OFTEN, 'GetObject'].map(baseRule)
  const rules = Object.entries(KINDS).flatMap(([kind, { objects: count, over, else: other }]) =>
    Array.from({ length: 10 }, (_, number) => {
      const body = number < count ? over(number) : other(number)
      const lines = `type: ${kind}\n${body}`.replace(/^/gm, '  ')
      return `title: State ${kind} ${number}\nid: state-${kind}-${number}\nlevel: medium\ncorrelation:\n${lines}\n`
    }),
  )
  return [...bases, ...rules]
}
