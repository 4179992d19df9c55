import type { Actor } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { defined } from '../defined.ts'
import { type AssumedRole, assumedRole, partitionOf } from './arn.ts'
import { filled, objectOr } from './read.ts'
import { consoleOf, mfaOf } from './session.ts'

/** What stands for who did it, and with what. */
export type Who = {
  readonly [K in 'principal' | 'arn' | 'name' | 'role' | 'session' | 'key']: string | undefined
}

/** A part of what `actorOf` says. */
export function whoOf(record: JsonObject): Who & Pick<Facts, 'account'> {
  const identity = objectOr(record['userIdentity'])
  const facts = factsOf(record, identity)
  const { arn, account, role, session } = facts
  return {
    principal: principalOf(facts, identity),
    arn,
    name: nameOf(facts, identity),
    account,
    role,
    session,
    key: keyOf(identity),
  }
}

/** Who did it. Of an event without `userIdentity` only the traces of a session are known. */
export function actorOf(record: JsonObject): Actor {
  const identity = objectOr(record['userIdentity'])
  const facts = factsOf(record, identity)
  return defined<Actor>({
    type: facts.type,
    principal: principalOf(facts, identity),
    arn: facts.arn,
    name: nameOf(facts, identity),
    account: facts.account,
    role: facts.role,
    session: facts.session,
    key: keyOf(identity),
    mfa: mfaOf(record, identity),
    console: consoleOf(record, identity),
    invokedBy: filled(identity['invokedBy']),
  })
}

function keyOf(identity: JsonObject): string | undefined {
  return filled(identity['accessKeyId']) ?? filled(identity['credentialId'])
}

/** What several answers are made of. */
interface Facts {
  readonly type: string | undefined
  readonly arn: string | undefined
  readonly account: string | undefined
  readonly userName: string | undefined
  /** `principalId`, a role's without its session, unless it only repeats the account. */
  readonly id: string | undefined
  readonly role: string | undefined
  readonly session: string | undefined
  readonly partition: string
}

const ANONYMOUS = 'ANONYMOUS_PRINCIPAL'
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

function factsOf(record: JsonObject, identity: JsonObject): Facts {
  const arn = filled(identity['arn'])
  const type = filled(identity['type'])
  const account = filled(identity['accountId'])
  const userName = filled(identity['userName'])
  const partition = partitionOf(filled(record['awsRegion']))
  const assumed = arn === undefined ? undefined : assumedRole(arn)
  const [id, afterColon] = splitId(filled(identity['principalId']))
  return {
    type,
    arn,
    account: account === ANONYMOUS ? undefined : account,
    userName: userName === HIDDEN ? undefined : userName,
    id: id === account ? undefined : id,
    role: roleOf({ identity, type, arn, assumed, partition }),
    session: assumed?.session ?? (isAssumed(type) ? afterColon : undefined) ?? federatedName(arn),
    partition,
  }
}

/** `AROAEXAMPLE:alice` is a role's id and a session; ids of other kinds have colons that mean something else. */
function splitId(id: string | undefined): readonly [string | undefined, string | undefined] {
  const at = id?.startsWith('AROA') ? id.indexOf(':') : -1
  return id === undefined || at < 0 ? [id, undefined] : [id.slice(0, at), id.slice(at + 1) || undefined]
}

function isAssumed(type: string | undefined): boolean {
  return type === 'AssumedRole' || type === 'AWSAccount'
}

function federatedName(arn: string | undefined): string | undefined {
  const mark = ':federated-user/'
  const at = arn?.indexOf(mark) ?? -1
  return at < 0 ? undefined : arn?.slice(at + mark.length)
}

/** The issuer knows the role's path; the session's ARN does not. */
function roleOf(of: {
  readonly identity: JsonObject
  readonly type: string | undefined
  readonly arn: string | undefined
  readonly assumed: AssumedRole | undefined
  readonly partition: string
}): string | undefined {
  if (of.type === 'Role') return of.arn
  if (of.type !== 'AssumedRole' && of.assumed === undefined) return
  const issuer = objectOr(objectOr(of.identity['sessionContext'])['sessionIssuer'])
  const issued = filled(issuer['arn']) ?? of.assumed?.role
  if (issued !== undefined) return issued
  const name = filled(issuer['userName'])
  const account = filled(issuer['accountId']) ?? filled(of.identity['accountId'])
  return name && account ? `arn:${of.partition}:iam::${account}:role/${name}` : undefined
}

/**
 * The one value that stands for the actor across sessions, with its account. Nobody in particular has none: an
 * anonymous caller, or a login whose name CloudTrail hides because it may be a password.
 */
function principalOf(facts: Facts, identity: JsonObject): string | undefined {
  const { type, arn, account, userName, id, partition } = facts
  if (facts.role !== undefined) return facts.role
  if (arn !== undefined) return arn
  switch (type) {
    case 'Root':
      return account ? `arn:${partition}:iam::${account}:root` : (userName ?? id)
    case 'IAMUser':
      // A failed console login carries no ARN; with this one it meets the login that succeeds.
      return account && userName ? `arn:${partition}:iam::${account}:user/${userName}` : (id ?? userName)
    case 'IdentityCenterUser':
      return filled(objectOr(identity['onBehalfOf'])['userId']) ?? userName ?? id
    case 'AWSAccount':
      return account && id ? `${account}:${id}` : (account ?? id)
    case 'AWSService':
      return filled(identity['invokedBy']) ?? id
    default:
      return id ?? userName ?? filled(identity['invokedBy'])
  }
}

function nameOf(facts: Facts, identity: JsonObject): string | undefined {
  if (facts.userName !== undefined) return facts.userName
  if (identity['accountId'] === ANONYMOUS) return ANONYMOUS
  const name = facts.role ?? (facts.type === 'IAMUser' ? facts.arn : undefined)
  return name === undefined ? undefined : name.slice(name.lastIndexOf('/') + 1)
}
