import type { Actor } from '../core/event.ts'
import type { Context } from './context.ts'
import { cell, type Row } from './row.ts'
import { IDENTITY_CLASSES } from './tables/identities.ts'

export type IdentityClass = (typeof IDENTITY_CLASSES)[number] | 'unknown'

export interface ClassVerdict {
  readonly class: IdentityClass
  /** The sign that decided; `listed` is an entry of `identities`. */
  readonly rule: string
  readonly entry?: Row
}

/**
 * The names by which an identity is looked up. The name of a session is none of them, nor the ARN that holds it: who opens
 * a session chooses it.
 */
export function namesOf(actor: Actor): readonly string[] {
  const names = [actor.principal, actor.role, actor.session === undefined ? actor.arn : undefined]
  return [...new Set(names.filter(name => name !== undefined && name !== ''))] as readonly string[]
}

/** What kind of identity acts: an entry decides before the signs in the event do. */
export function identityClass(context: Context, actor: Actor): ClassVerdict {
  for (const name of namesOf(actor)) {
    const [entry] = context.lookups.named('identities', 'identity', name)
    const listed = IDENTITY_CLASSES.find(one => entry !== undefined && one === cell(entry, 'class'))
    if (entry !== undefined && listed !== undefined) return { class: listed, rule: 'listed', entry }
  }
  const sign = SIGNS.find(({ holds }) => holds(actor))
  return sign === undefined ? { class: 'unknown', rule: 'no-sign' } : { class: sign.class, rule: sign.rule }
}

interface Sign {
  readonly class: IdentityClass
  readonly rule: string
  holds(actor: Actor): boolean
}

/** What events themselves tell, the surest first. */
const SIGNS: readonly Sign[] = [
  { class: 'provider', rule: 'type-service', holds: ({ type }) => type === 'AWSService' },
  {
    class: 'provider',
    rule: 'invoked-by-service',
    holds: ({ invokedBy }) => /\.amazonaws\.com$/.test(invokedBy ?? ''),
  },
  {
    class: 'provider',
    rule: 'service-linked-role',
    holds: ({ role }) => /\/aws-service-role\//.test(role ?? ''),
  },
  {
    class: 'human',
    rule: 'identity-center',
    holds: ({ role }) => /\/aws-reserved\/sso\.amazonaws\.com\//.test(role ?? ''),
  },
  { class: 'human', rule: 'root-user', holds: ({ type }) => type === 'Root' },
  { class: 'human', rule: 'console-session', holds: ({ console: inConsole }) => inConsole === true },
  { class: 'human', rule: 'mfa', holds: ({ mfa }) => mfa === true },
  {
    class: 'service',
    rule: 'instance-role',
    holds: ({ session }) => /^i-[0-9a-f]{8,17}$/.test(session ?? ''),
  },
  {
    class: 'service',
    rule: 'service-account',
    holds: ({ principal }) => /\.gserviceaccount\.com$/.test(principal ?? ''),
  },
  { class: 'automation', rule: 'web-identity', holds: ({ type }) => type === 'WebIdentityUser' },
]
