import type { Random } from '../random.ts'
import { makeAccount, makeAccounts, makeRole } from './accounts.ts'
import { foreignAddress, ownAddress } from './addresses.ts'
import { foreignBucket, makeBuckets } from './buckets.ts'
import { makeMachine, makeNetwork } from './networks.ts'
import { makePeople } from './people.ts'
import type {
  Account,
  AccountName,
  AzureTenant,
  GoogleProjects,
  Image,
  ImageName,
  KeyUser,
  Network,
  NetworkName,
  Organisation,
  Role,
  RoleName,
} from './types.ts'

const NAMES =
  'larchfield mossbank fernwick alderbrook pinehollow briarstone hazelmere rowanbridge willowford'.split(' ')
const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'us-west-2']
const MACHINES = 24

/** An organisation with everything that its events will name. */
export function makeOrganisation(random: Random): Organisation {
  const name = random.pick(NAMES)
  const domain = `${name}.example.com`
  const accounts = makeAccounts(random.fork('accounts'))
  const region = random.pick(REGIONS)
  const networks = makeNetworks(random.fork('networks'), accounts, region)
  const machinePlaces = [networks.production, networks.production, networks.analytics, networks.development]
  const { production, analytics, development } = accounts
  return {
    id: `o-${random.letters(10).toLowerCase()}`,
    name,
    domain,
    accounts,
    people: makePeople(random.fork('people'), domain, [production, analytics, development]),
    networks,
    roles: makeRoles(random.fork('roles'), accounts),
    keyUsers: makeKeyUsers(random.fork('keys'), accounts),
    buckets: makeBuckets(random.fork('buckets'), name, accounts, region),
    machines: Array.from({ length: MACHINES }, (_, index) =>
      makeMachine(random, machinePlaces[index % 4] ?? networks.production),
    ),
    images: makeImages(random.fork('images'), accounts.production, region),
    partner: foreignBucket(random, makeAccount(random, 'management'), region),
    officeAddresses: [ownAddress(random), ownAddress(random)],
    mirror: foreignAddress(random),
    azure: makeAzure(random.fork('azure'), name),
    google: makeGoogle(random.fork('google'), name),
  }
}

function makeNetworks(
  random: Random,
  accounts: Readonly<Record<AccountName, Account>>,
  region: string,
): Readonly<Record<NetworkName, Network>> {
  const first = random.whole(8, 200)
  const make = (name: NetworkName, account: Account, block: number): Network =>
    makeNetwork(random, name, account, { region, block: first + block })
  return {
    production: make('production', accounts.production, 0),
    analytics: make('analytics', accounts.analytics, 1),
    development: make('development', accounts.development, 2),
    unlogged: make('unlogged', accounts.development, 3),
  }
}

function makeRoles(
  random: Random,
  accounts: Readonly<Record<AccountName, Account>>,
): Readonly<Record<RoleName, Role>> {
  const { production, analytics, development, security } = accounts
  return {
    deploy: makeRole(random, production, `deploy-${random.hex(4)}`, '/pipelines/'),
    imagePipeline: makeRole(random, production, `image-builder-${random.hex(4)}`, '/pipelines/'),
    backup: makeRole(random, production, `nightly-copy-${random.hex(4)}`),
    exporter: makeRole(random, production, `partner-export-${random.hex(4)}`),
    scanner: makeRole(random, security, `posture-reader-${random.hex(4)}`),
    application: makeRole(random, production, `shop-service-${random.hex(4)}`),
    loader: makeRole(random, analytics, `loader-${random.hex(4)}`),
    build: makeRole(random, development, `build-runner-${random.hex(4)}`),
    logReader: makeRole(random, accounts.archive, `log-reader-${random.hex(4)}`),
    autoScaling: makeRole(
      random,
      production,
      'AWSServiceRoleForAutoScaling',
      '/aws-service-role/autoscaling.amazonaws.com/',
    ),
    reports: makeRole(random, analytics, `reports-${random.hex(4)}`),
  }
}

function makeKeyUsers(
  random: Random,
  { production, archive, development }: Readonly<Record<AccountName, Account>>,
): readonly KeyUser[] {
  const make = (account: Account, name: string, duty: KeyUser['duty'], address: string): KeyUser => ({
    account,
    name: `${name}-${random.hex(3)}`,
    id: `AIDA${account.keyInfix}${random.base32(9)}`,
    key: `AKIA${account.keyInfix}${random.base32(8)}`,
    duty,
    address,
  })
  return [
    make(archive, 'log-admin', 'administrator', ownAddress(random)),
    make(production, 'release', 'developer', foreignAddress(random)),
    make(production, 'warehouse-sync', 'automation', foreignAddress(random)),
    make(development, 'nightly-tests', 'automation', ownAddress(random)),
  ]
}

function makeImages(random: Random, { id }: Account, region: string): Readonly<Record<ImageName, Image>> {
  const make = (name: string, ownerAccount: string): Image => ({
    id: `ami-0${random.hex(16)}`,
    name,
    ownerAccount,
    region,
  })
  return {
    base: make('base-2026.02', id),
    web: make('web-2026.02', id),
    // The owner's account number is public; the image is invented.
    vendor: make('al2023-ami-2023.6-x86_64', '137112412989'),
    retired: make('base-2024.11', id),
    build: make('build-2026.01', id),
  }
}

function makeAzure(random: Random, name: string): AzureTenant {
  return {
    tenant: random.uuid(),
    subscription: random.uuid(),
    group: `rg-${name}-core`,
    storageAccount: `${name}${random.hex(5)}`,
    network: `vnet-${name}`,
    location: 'westeurope',
  }
}

function makeGoogle(random: Random, name: string): GoogleProjects {
  return {
    project: `${name}-core-${random.digits(6)}`,
    number: random.digits(12),
    otherProject: `${name}-analysis-${random.digits(6)}`,
    bucket: `${name}-ledgers-${random.hex(5)}`,
    otherBucket: `${name}-exports-${random.hex(5)}`,
    zone: 'europe-west1-b',
    network: 'core',
  }
}
