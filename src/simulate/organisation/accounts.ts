import type { Random } from '../random.ts'
import type { Account, AccountName, Role } from './types.ts'

export function makeAccount(random: Random, name: AccountName): Account {
  return {
    id: `${random.whole(1, 9)}${random.digits(11)}`,
    name,
    keyInfix: random.base32(8),
    canonical: random.hex(64),
  }
}

export function makeAccounts(random: Random): Readonly<Record<AccountName, Account>> {
  return {
    management: makeAccount(random, 'management'),
    production: makeAccount(random, 'production'),
    analytics: makeAccount(random, 'analytics'),
    development: makeAccount(random, 'development'),
    security: makeAccount(random, 'security'),
    archive: makeAccount(random, 'archive'),
    recovery: makeAccount(random, 'recovery'),
  }
}

export function makeRole(random: Random, account: Account, name: string, path = '/'): Role {
  return { account, name, path, id: `AROA${account.keyInfix}${random.base32(9)}` }
}

export function roleArn({ account, path, name }: Role): string {
  return `arn:aws:iam::${account.id}:role${path}${name}`
}
