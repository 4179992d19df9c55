import type { JsonObject } from '../../core/json.ts'
import { isoTime } from '../../core/time.ts'
import { roleArn } from '../organisation/accounts.ts'
import type { Account, KeyUser, Machine, Person, Role } from '../organisation/types.ts'
import type { Random } from '../random.ts'
import { MINUTE } from '../span.ts'

/** Somebody with credentials: who makes a call, and how it looks. */
export interface Session {
  readonly account: Account
  /** `userIdentity` as CloudTrail writes it. */
  readonly identity: JsonObject
  /** The one ARN, or name of a service, that stands for the actor across sessions. */
  readonly principal: string
  /** The ARN of this session. */
  readonly arn: string
  readonly address: string
  readonly userAgent: string
  /** Its credentials come from the console. */
  readonly console: boolean
  /** The gateway through which S3 is reached, if not the internet. */
  readonly endpoint?: string
}

/** A person in the console, in the account of the role or in `account`, signed in for some minutes at `since`. */
export function consoleSession(person: Person, since: number, random: Random): Session {
  const { role } = person
  const seen = { address: person.homeAddress, userAgent: person.userAgent, console: true }
  const attributes = { creationDate: isoTime(since), mfaAuthenticated: String(person.localUser) }
  const key = temporaryKey(role.account, random)
  if (!person.localUser) return { ...roleSession(role, person.mail, { ...seen, key, attributes }), ...seen }
  const arn = `arn:aws:iam::${role.account.id}:user/${person.name}`
  const identity = {
    type: 'IAMUser',
    principalId: person.principalId,
    arn,
    accountId: role.account.id,
    accessKeyId: key,
    userName: person.name,
    sessionContext: { attributes },
  }
  return { ...seen, account: role.account, identity, principal: arn, arn }
}

interface SessionLook {
  readonly address: string
  readonly userAgent: string
  readonly key: string
  readonly attributes: JsonObject
  readonly endpoint?: string
}

/** A session of a role under a name. */
function roleSession(role: Role, name: string, look: SessionLook): Session {
  const { account } = role
  const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/${name}`
  const identity = {
    type: 'AssumedRole',
    principalId: `${role.id}:${name}`,
    arn,
    accountId: account.id,
    accessKeyId: look.key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: role.id,
        arn: roleArn(role),
        accountId: account.id,
        userName: role.name,
      },
      attributes: look.attributes,
    },
  }
  const { address, userAgent, endpoint } = look
  const session = { account, identity, principal: roleArn(role), arn, address, userAgent, console: false }
  return endpoint === undefined ? session : { ...session, endpoint }
}

/** The role of a machine, used on that machine. */
export function machineSession(role: Role, machine: Machine, since: number, random: Random): Session {
  return roleSession(role, machine.id, {
    address: machine.address,
    userAgent: 'aws-sdk-java/2.27.3 Linux/6.1.102-108.177.amzn2023.x86_64 OpenJDK_64-Bit_Server_VM/21.0.4',
    key: temporaryKey(role.account, random),
    endpoint: machine.network.storageEndpoint,
    attributes: { creationDate: isoTime(since - random.whole(1, 300) * MINUTE), mfaAuthenticated: 'false' },
  })
}

/** A pipeline or job that has just taken a role. */
export function jobSession(
  role: Role,
  name: string,
  look: { readonly address: string; readonly userAgent: string; readonly since: number },
  random: Random,
): Session {
  const attributes = { creationDate: isoTime(look.since), mfaAuthenticated: 'false' }
  return roleSession(role, name, { ...look, key: temporaryKey(role.account, random), attributes })
}

/** A user with a long-lived key. */
export function keySession(user: KeyUser, userAgent: string, address = user.address): Session {
  const arn = `arn:aws:iam::${user.account.id}:user/${user.name}`
  const identity = {
    type: 'IAMUser',
    principalId: user.id,
    arn,
    accountId: user.account.id,
    accessKeyId: user.key,
    userName: user.name,
  }
  return { account: user.account, identity, principal: arn, arn, address, userAgent, console: false }
}

/** A service of the cloud in an account. */
export function serviceSession(service: string, account: Account): Session {
  return {
    account,
    identity: { type: 'AWSService', invokedBy: service },
    principal: service,
    arn: service,
    address: service,
    userAgent: service,
    console: false,
  }
}

/** Somebody without credentials, as the owner of a bucket sees them. */
export function anonymousSession(account: Account, address: string, userAgent: string): Session {
  const identity = { type: 'AWSAccount', principalId: '', accountId: 'anonymous' }
  return { account, identity, principal: '', arn: '-', address, userAgent, console: false }
}

function temporaryKey(account: Account, random: Random): string {
  return `ASIA${account.keyInfix}${random.base32(8)}`
}
