import { isObject, member, objectMember, parsedJson, textMember } from '../../core/json.ts'
import { type AnalyticEvent, all, first } from '../analytic.ts'
import { base } from '../base.ts'
import { bucketName, COMMON, common } from './cloudtrail-fields.ts'
import type { Destination, Move } from './move.ts'
import { letIn, principalOf } from './principals.ts'
import { AUDIT, calls, type Known, type Reading } from './reads.ts'

const RULES = [
  'requestParameters.ReplicationConfiguration.Rule',
  'requestParameters.ReplicationConfiguration.Rules',
] as const

/** From now on each object is copied. ARNs of buckets name no account, and the request need not. */
export const replication: Reading = {
  base: base({
    id: 'an0370-replication',
    title: 'replication of a bucket is set',
    logsource: AUDIT,
    where: calls('s3.amazonaws.com', ['PutBucketReplication']),
    carry: [...COMMON, ...RULES],
  }),
  read: event => explicit(event, 'replication', RULES.flatMap(field => all(event, field)).map(targetOf)),
}

const STATEMENTS = 'requestParameters.bucketPolicy.Statement'
const NAMED = `${STATEMENTS}.Principal.AWS`

/** Others are let in by the policy of a bucket or of an access point. */
export const policies: Reading = {
  base: base({
    id: 'an0370-policies',
    title: 'the policy of a bucket is set',
    logsource: AUDIT,
    where: calls('s3.amazonaws.com', ['PutBucketPolicy']),
    carry: [...COMMON, STATEMENTS, NAMED],
  }),
  read(event, { context }: Known) {
    const parts = all(event, STATEMENTS).map(parsedJson)
    const found = parts.flatMap(part => letIn(context, part))
    // Of a statement that was cut it is still known whom it names.
    const cut = parts.includes(undefined) ? all(event, NAMED).filter(isName).map(principalOf) : []
    return explicit(event, 'grant', [...found, ...cut])
  },
}

const isName = (text: string): boolean => !/^[[{]/.test(text)

const GRANTS = 'requestParameters.AccessControlPolicy.AccessControlList.Grant'
const OWNER = 'requestParameters.AccessControlPolicy.Owner.ID'
const HEADERS = ['x-amz-grant-full-control', 'x-amz-grant-read'].map(name => `requestParameters.${name}`)
const CANNED = 'requestParameters.x-amz-acl'

/** Others are let in by a list of grants, or by one of the lists that Amazon has names for. */
export const accessLists: Reading = {
  base: base({
    id: 'an0370-acls',
    title: 'the access control list of a bucket or object is set',
    logsource: AUDIT,
    where: calls('s3.amazonaws.com', ['PutBucketAcl', 'PutObjectAcl']),
    carry: [...COMMON, GRANTS, OWNER, CANNED, ...HEADERS, 'requestParameters.key'],
  }),
  read: event =>
    explicit(event, 'grant', [
      ...all(event, CANNED).flatMap(canned),
      ...all(event, GRANTS).flatMap(text => grantee(text, first(event, OWNER))),
      ...HEADERS.flatMap(field => all(event, field)).flatMap(headerGrants),
    ]),
}

/** A change that names whom or what data goes to; `undefined` if it names nothing. */
function explicit(
  event: AnalyticEvent,
  kind: Move['kind'],
  destinations: readonly Destination[],
): Move | undefined {
  return destinations.length === 0 ? undefined : { ...common(event), kind, destinations }
}

function targetOf(text: string): Destination {
  const rule = parsedJson(text)
  const target = isObject(rule) ? objectMember(rule, 'Destination') : undefined
  const name = target === undefined ? undefined : textMember(target, 'Bucket')
  if (target === undefined || name === undefined)
    return { kind: 'unknown', words: 'a bucket', reason: 'the rule is too long, or names no bucket' }
  const account = textMember(target, 'Account')
  return {
    kind: 'bucket',
    bucket: { name: bucketName(name), ...(account === undefined ? {} : { account }) },
  }
}

function canned(name: string): readonly Destination[] {
  if (/^(public-read|public-read-write|authenticated-read)$/i.test(name))
    return [{ kind: 'everyone', words: `everyone (${name})` }]
  return []
}

function grantee(text: string, owner: string | undefined): readonly Destination[] {
  const grant = parsedJson(text)
  const to = isObject(grant) ? objectMember(grant, 'Grantee') : undefined
  if (to === undefined) return []
  if (/^(WRITE|WRITE_ACP)$/.test(String(member(isObject(grant) ? grant : {}, 'Permission')))) return []
  const group = textMember(to, 'URI')
  if (group !== undefined)
    return /\/groups\/global\//.test(group)
      ? [{ kind: 'everyone', words: `everyone (${group.slice(group.lastIndexOf('/') + 1)})` }]
      : []
  const id = textMember(to, 'ID') ?? textMember(to, 'EmailAddress')
  return id === undefined || id === owner ? [] : [canonical(id)]
}

function headerGrants(text: string): readonly Destination[] {
  return [...text.matchAll(/(id|uri|emailAddress)="?([^",\s]+)/gi)].map(([, how, value = '']) =>
    how?.toLowerCase() === 'uri' ? { kind: 'everyone', words: `everyone (${value})` } : canonical(value),
  )
}

function canonical(id: string): Destination {
  return { kind: 'unknown', words: `canonical user ${id}`, reason: 'canonical ids name no account' }
}
