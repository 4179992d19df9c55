import type { JsonObject } from '../../src/core/json.ts'
import type { Random } from '../bench/random.ts'

/** Somebody of the story, with the `userIdentity` that the log writes for them. */
export interface Who {
  readonly identity: JsonObject
  readonly address: string
  readonly agent: string
}

/** One call of the story. */
export interface Call {
  readonly who: Who
  /** Service and action, such as `s3 GetObject`. */
  readonly what: string
  /** UTC: `2026-05-12T09:00:00Z`. */
  readonly time: string
  readonly account?: string
  readonly region?: string
  readonly request?: JsonObject
  readonly response?: JsonObject
  /** Code and message of a call that failed. */
  readonly error?: readonly [code: string, message: string]
  /** Further members of the record. */
  readonly more?: JsonObject
}

export const PRODUCTION = '111122223333'
export const SHARED = '444455556666'

const READS = /^(?:BatchGet|Decrypt|Describe|Generate|Get|Head|List|Lookup|AssumeRole)/
const OBJECT_CALLS: ReadonlySet<string> = new Set(['GetObject', 'PutObject', 'ListObjects'])

/** The CloudTrail record of a call. */
export function record(call: Call, random: Random): JsonObject {
  const [service = '', name = ''] = call.what.split(' ')
  const account = call.account ?? PRODUCTION
  const [errorCode, errorMessage] = call.error ?? []
  const data = service === 's3' && OBJECT_CALLS.has(name)
  return {
    eventVersion: '1.11',
    userIdentity: call.who.identity,
    eventTime: call.time,
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: call.region ?? 'eu-west-1',
    sourceIPAddress: call.who.address,
    userAgent: call.who.agent,
    ...(errorCode === undefined ? {} : { errorCode, errorMessage: errorMessage ?? '' }),
    requestParameters: call.request ?? null,
    responseElements: call.response ?? null,
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: READS.test(name),
    eventType: name === 'ConsoleLogin' ? 'AwsConsoleSignIn' : 'AwsApiCall',
    managementEvent: !data,
    recipientAccountId: account,
    eventCategory: data ? 'Data' : 'Management',
    ...call.more,
  }
}

/** A user's permanent key. */
export function userWithKey(name: string, key: string, address: string, agent: string): Who {
  return {
    identity: {
      type: 'IAMUser',
      principalId: `AIDAEXAMPLE${name.toUpperCase().replaceAll('-', '')}`,
      arn: `arn:aws:iam::${PRODUCTION}:user/${name}`,
      accountId: PRODUCTION,
      accessKeyId: key,
      userName: name,
    },
    address,
    agent,
  }
}

/** A role under a session name. */
export function roleSession(role: string, session: string, since: string, where: Omit<Who, 'identity'>): Who {
  const id = `AROAEXAMPLE${role
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '')
    .slice(0, 10)}`
  return {
    identity: {
      type: 'AssumedRole',
      principalId: `${id}:${session}`,
      arn: `arn:aws:sts::${PRODUCTION}:assumed-role/${role}/${session}`,
      accountId: PRODUCTION,
      accessKeyId: `ASIAEXAMPLE${id.slice(11, 16)}${since.slice(8, 10)}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: id,
          arn: `arn:aws:iam::${PRODUCTION}:role/${role}`,
          accountId: PRODUCTION,
          userName: role,
        },
        attributes: {
          creationDate: since,
          mfaAuthenticated: role.startsWith('AWSReservedSSO') ? 'true' : 'false',
        },
      },
    },
    ...where,
  }
}

/** An AWS service that acts by itself. */
export function awsService(name: string): Who {
  const service = `${name}.amazonaws.com`
  return { identity: { type: 'AWSService', invokedBy: service }, address: service, agent: service }
}
