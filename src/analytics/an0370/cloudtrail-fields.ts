import type { Bucket } from '../../context/bucket-verdict.ts'
import { isObject, parsedJson, textMember } from '../../core/json.ts'
import { type AnalyticEvent, all, first } from '../analytic.ts'
import type { Credential, Move } from './move.ts'

const OWNERS = 'resources.accountId'

/** Fields that every CloudTrail event of S3 is asked for. */
const CALL: readonly string[] = [
  'requestParameters.bucketName',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'additionalEventData.AuthenticationMethod',
  'userIdentity.accountId',
]

/** Those of events that name one bucket: there are very many of them, so that no object is carried. */
export const ONE_BUCKET: readonly string[] = [...CALL, OWNERS]

/** Those of events that may name several buckets: which account stands with which. */
export const COMMON: readonly string[] = [...CALL, 'resources']

/** What all moves out of CloudTrail have in common. */
export function common(event: AnalyticEvent): Omit<Move, 'kind' | 'destinations'> {
  const { outcome } = event.hit.event
  const id = first(event, 'vpcEndpointId')
  const account = first(event, 'vpcEndpointAccountId')
  const source = bucketOf(event, first(event, 'requestParameters.bucketName'))
  const anonymous = /^anonymous/i.test(first(event, 'userIdentity.accountId') ?? '')
  return {
    event,
    anonymous,
    credential: credentialOf(event, anonymous),
    denied: outcome === 'denied',
    log: 'audit',
    ...(source === undefined ? {} : { source }),
    ...(id === undefined ? {} : { endpoint: account === undefined ? { id } : { id, account } }),
  }
}

function credentialOf(event: AnalyticEvent, anonymous: boolean): Credential {
  const { key, console: inConsole, type, role } = event.hit.event.actor
  const id = key === undefined ? {} : { id: key }
  if (anonymous) return { kind: 'none' }
  if (first(event, 'additionalEventData.AuthenticationMethod') === 'QueryString')
    return { kind: 'presigned', ...id }
  if (inConsole === true) return { kind: 'console', ...id }
  if (type === 'AWSService') return { kind: 'service' }
  if (key?.startsWith('AKIA') === true) return { kind: 'long-lived-key', ...id }
  if (key?.startsWith('ASIA') === true || role !== undefined) return { kind: 'session', ...id }
  return { kind: 'unknown', ...id }
}

/** The bucket of a name or ARN, with its owner where the event's list of resources says it. */
export function bucketOf(event: AnalyticEvent, name: string | undefined): Bucket | undefined {
  if (name === undefined || name === '') return undefined
  const short = bucketName(name)
  const account = ownerOf(event, short)
  return account === undefined ? { name: short } : { name: short, account }
}

/** `arn:aws:s3:::name/key` and `name` -> `name`. An access point's ARN stays: the bucket behind it is not told. */
export function bucketName(text: string): string {
  return /^arn:[a-z-]+:s3:::([^/]+)/.exec(text)?.[1] ?? text
}

function ownerOf(event: AnalyticEvent, name: string): string | undefined {
  const owners = all(event, OWNERS)
  if (owners.length > 0) return owners.length === 1 ? owners[0] : undefined
  for (const text of all(event, 'resources')) {
    const resource = parsedJson(text)
    if (!isObject(resource)) continue
    const arn = textMember(resource, 'ARN') ?? textMember(resource, 'arn') ?? ''
    const account = textMember(resource, 'accountId')
    if (account !== undefined && arn.endsWith(`:::${name}`)) return account
  }
  return undefined
}

export function amount(text: string | undefined): number | undefined {
  const number = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) && number >= 0 ? number : undefined
}
