import { accountVerdict } from '../../context/account-verdict.ts'
import type { Context } from '../../context/context.ts'
import { endpointVerdict } from '../../context/network-verdict.ts'
import { isObject, type Json, type JsonObject, member } from '../../core/json.ts'
import type { Destination } from './move.ts'

/** Actions that give nothing away: writing in, and asking for what is no data. */
const GIVES_NOTHING =
  /^s3:(PutObject|PutObjectAcl|PutObjectTagging|AbortMultipartUpload|ListMultipartUploadParts|GetBucketAcl|GetBucketLocation|GetBucketPolicy|ListBucketMultipartUploads)$/i

/** Whom a statement of a bucket policy lets read, as destinations; none if it denies, or gives nothing away. */
export function letIn(context: Context, statement: Json | undefined): readonly Destination[] {
  if (!isObject(statement)) return [unreadable()]
  if (member(statement, 'Effect') !== 'Allow') return []
  const actions = texts(member(statement, 'Action'))
  if (actions.length > 0 && actions.every(action => GIVES_NOTHING.test(action))) return []
  const principal = member(statement, 'Principal')
  if (principal === undefined) return [{ kind: 'everyone', words: 'everyone but some (NotPrincipal)' }]
  const named = principal === '*' ? ['*'] : isObject(principal) ? texts(member(principal, 'AWS')) : []
  const others = isObject(principal) ? principal : {}
  return [
    ...named.map(name => (name === '*' ? everyone(context, statement) : principalOf(name))),
    ...texts(member(others, 'Service')).map((name): Destination => ({ kind: 'service', name })),
    ...texts(member(others, 'CanonicalUser')).map(
      (id): Destination => ({
        kind: 'unknown',
        words: `canonical user ${id}`,
        reason: 'canonical ids name no account',
      }),
    ),
    ...texts(member(others, 'Federated')).map(
      (name): Destination => ({
        kind: 'unknown',
        words: `identities of ${name}`,
        reason: 'whose identities those are is not told',
      }),
    ),
  ]
}

/** Whom an account, an ARN or a word names. */
export function principalOf(name: string): Destination {
  if (/^(all|\*)$/i.test(name)) return { kind: 'everyone', words: 'everyone' }
  const id = /^\d{12}$/.test(name) ? name : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(name)?.[1]
  if (id !== undefined) return { kind: 'account', id }
  const organization = /^arn:[^:]*:organizations::\d{12}:(?:organization|ou)\/(o-[a-z0-9]+)/.exec(name)?.[1]
  if (organization !== undefined) return { kind: 'account', id: organization }
  return { kind: 'unknown', words: name, reason: 'it names no account' }
}

/** Everyone, unless a condition narrows it to an organisation, accounts or endpoints. */
function everyone(context: Context, statement: JsonObject): Destination {
  const narrowed = [...conditions(member(statement, 'Condition'))]
  const account = narrowed.find(({ key }) =>
    ['aws:principalorgid', 'aws:principalaccount', 'aws:sourceaccount'].includes(key),
  )
  if (account !== undefined) {
    const foreign = account.values.find(id => accountVerdict(context, id).verdict !== 'internal')
    const id = foreign ?? account.values[0]
    if (id !== undefined) return { kind: 'account', id }
  }
  const endpoint = narrowed.find(({ key }) => key === 'aws:sourcevpce')
  if (endpoint !== undefined && endpoint.values.length > 0) {
    const own = endpoint.values.every(id => endpointVerdict(context, id).verdict === 'internal')
    if (own) return { kind: 'service', name: `own endpoint ${endpoint.values.join(', ')}` }
    return {
      kind: 'unknown',
      words: `whoever comes through ${endpoint.values.join(', ')}`,
      reason: 'no inventory has the endpoint',
    }
  }
  return { kind: 'everyone', words: 'everyone' }
}

/** Conditions that only let through what equals. */
function* conditions(condition: Json | undefined): Generator<{ key: string; values: readonly string[] }> {
  if (!isObject(condition)) return
  for (const [operator, keys] of Object.entries(condition)) {
    if (!/^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|ArnEquals)$/i.test(operator)) continue
    if (!isObject(keys)) continue
    for (const [key, value] of Object.entries(keys)) yield { key: key.toLowerCase(), values: texts(value) }
  }
}

function unreadable(): Destination {
  return { kind: 'unknown', words: 'somebody', reason: 'the statement is too long, or no object' }
}

/** One text or a list of them. */
function texts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}
