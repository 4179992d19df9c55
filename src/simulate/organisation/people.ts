import type { Random } from '../random.ts'
import { foreignAddress } from './addresses.ts'
import type { Account, Person, Role } from './types.ts'

// Nobody is called like this.
const COLOURS =
  'amber azure blue brown coral cream grey green ivory lilac ochre olive pink plum red rust sand teal white'.split(
    ' ',
  )
const BIRDS =
  'crane dove eagle egret finch hawk heron ibis jay kite lark merlin owl plover raven robin rook snipe stork swan swift tern wren'.split(
    ' ',
  )
const ZONES = [-8, -5, 0, 1, 1, 1, 2, 5, 8]
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
]
const PEOPLE = 25

/** People, and the roles that single sign-on gives them in the account that they work in most. */
export function makePeople(random: Random, domain: string, accounts: readonly Account[]): readonly Person[] {
  const duties = {
    administrator: 'AdministratorAccess',
    developer: 'DeveloperAccess',
    analyst: 'AnalystAccess',
  } as const
  const roles = new Map<string, Role>()
  const roleFor = (account: Account, set: string): Role => {
    const key = `${account.id}/${set}`
    const role = roles.get(key) ?? signOnRole(random, account, set)
    roles.set(key, role)
    return role
  }
  const birds = random.shuffled(COLOURS.flatMap(colour => BIRDS.map(bird => `${colour}.${bird}`)))
  return birds.slice(0, PEOPLE).map((name, index) => {
    const duty = index < 4 ? 'administrator' : index < 17 ? 'developer' : 'analyst'
    const account = random.pick(accounts)
    return {
      name,
      mail: `${name}@${domain}`,
      duty,
      zone: random.pick(ZONES),
      homeAddress: foreignAddress(random),
      userAgent: random.pick(BROWSERS),
      localUser: random.chance(0.25),
      principalId: `AIDA${account.keyInfix}${random.base32(9)}`,
      role: roleFor(account, duties[duty]),
    }
  })
}

function signOnRole(random: Random, account: Account, set: string): Role {
  return {
    account,
    name: `AWSReservedSSO_${set}_${random.hex(16)}`,
    path: '/aws-reserved/sso.amazonaws.com/',
    id: `AROA${account.keyInfix}${random.base32(9)}`,
  }
}
