import type { Random } from '../random.ts'
import type { Account, AccountName, Bucket, BucketName } from './types.ts'

interface BucketPlan {
  readonly words: string
  readonly account: AccountName
  readonly classification: Bucket['classification']
  readonly owner: string
  readonly prefixes: readonly string[]
}

const PLANS: Readonly<Record<BucketName, BucketPlan>> = {
  customers: {
    words: 'customer-records',
    account: 'production',
    classification: 'restricted',
    owner: 'customer-data',
    prefixes: ['profiles/', 'orders/', 'consents/'],
  },
  payroll: {
    words: 'payroll',
    account: 'production',
    classification: 'restricted',
    owner: 'finance',
    prefixes: ['runs/', 'contracts/', 'tax/'],
  },
  documents: {
    words: 'documents',
    account: 'production',
    classification: 'confidential',
    owner: 'legal',
    prefixes: ['agreements/', 'letters/', 'scans/'],
  },
  telemetry: {
    words: 'telemetry',
    account: 'analytics',
    classification: 'internal',
    owner: 'data-platform',
    prefixes: ['raw/', 'hourly/', 'daily/'],
  },
  artefacts: {
    words: 'build-artefacts',
    account: 'development',
    classification: 'internal',
    owner: 'engineering',
    prefixes: ['releases/', 'snapshots/', 'cache/'],
  },
  website: {
    words: 'website-assets',
    account: 'production',
    classification: 'public',
    owner: 'marketing',
    prefixes: ['images/', 'scripts/', 'pages/'],
  },
  trail: {
    words: 'audit-trail',
    account: 'archive',
    classification: 'confidential',
    owner: 'security',
    prefixes: ['AWSLogs/'],
  },
  accessLogs: {
    words: 'access-logs',
    account: 'archive',
    classification: 'confidential',
    owner: 'security',
    prefixes: ['s3/', 'balancers/'],
  },
  recovery: {
    words: 'recovery-customers',
    account: 'recovery',
    classification: 'restricted',
    owner: 'operations',
    prefixes: ['nightly/'],
  },
  recoveryDocuments: {
    words: 'recovery-documents',
    account: 'recovery',
    classification: 'confidential',
    owner: 'operations',
    prefixes: ['nightly/'],
  },
  unobserved: {
    words: 'medical-claims',
    account: 'production',
    classification: 'restricted',
    owner: 'claims',
    prefixes: ['claims/', 'reports/'],
  },
  scratch: {
    words: 'scratch',
    account: 'development',
    classification: 'internal',
    owner: 'engineering',
    prefixes: ['tmp/', 'tests/'],
  },
}

/** The organisation's buckets. Names say nothing that inventories do not say better. */
export function makeBuckets(
  random: Random,
  name: string,
  accounts: Readonly<Record<AccountName, Account>>,
  region: string,
): Readonly<Record<BucketName, Bucket>> {
  const make = (key: BucketName): Bucket => {
    const { words, account, ...plan } = PLANS[key]
    return {
      ...plan,
      name: `${name}-${words}-${random.hex(6)}`,
      account: accounts[account],
      region,
      observed: key !== 'unobserved' && key !== 'scratch',
    }
  }
  return {
    customers: make('customers'),
    payroll: make('payroll'),
    documents: make('documents'),
    telemetry: make('telemetry'),
    artefacts: make('artefacts'),
    website: make('website'),
    trail: make('trail'),
    accessLogs: make('accessLogs'),
    recovery: make('recovery'),
    recoveryDocuments: make('recoveryDocuments'),
    unobserved: make('unobserved'),
    scratch: make('scratch'),
  }
}

/** A bucket of somebody else, or of nobody knows whom. */
export function foreignBucket(random: Random, account: Account, region: string): Bucket {
  const words = random.pick([
    'media-share',
    'sync-target',
    'exchange',
    'data-drop',
    'assets-store',
    'mirror-set',
  ])
  return {
    name: `${words}-${random.hex(8)}`,
    account,
    region,
    classification: 'internal',
    owner: 'unknown',
    prefixes: ['in/', 'set/'],
    observed: false,
  }
}
