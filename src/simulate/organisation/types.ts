/** Who and what there is. Events are made of these, so that their ids agree wherever they occur. */
export interface Organisation {
  readonly id: string
  readonly name: string
  /** Of mail addresses. */
  readonly domain: string
  readonly accounts: { readonly [name in AccountName]: Account }
  readonly people: readonly Person[]
  readonly networks: { readonly [name in NetworkName]: Network }
  readonly roles: { readonly [name in RoleName]: Role }
  readonly keyUsers: readonly KeyUser[]
  readonly buckets: { readonly [name in BucketName]: Bucket }
  /** Machines that run all the time. */
  readonly machines: readonly Machine[]
  readonly images: { readonly [name in ImageName]: Image }
  /** The account of a company that is trusted with some transfers, and a bucket there. */
  readonly partner: Bucket
  /** Addresses through which its offices and networks reach the internet. */
  readonly officeAddresses: readonly string[]
  readonly mirror: string
  readonly azure: AzureTenant
  readonly google: GoogleProjects
}

export type AccountName =
  | 'management'
  | 'production'
  | 'analytics'
  | 'development'
  | 'security'
  | 'archive'
  | 'recovery'

export interface Account {
  readonly id: string
  readonly name: AccountName
  /** What ids of its users, roles and keys have in common. */
  readonly keyInfix: string
  /** The canonical user id, as S3 writes it. */
  readonly canonical: string
}

export interface Person {
  /** As in mail addresses. */
  readonly name: string
  readonly mail: string
  readonly duty: 'administrator' | 'developer' | 'analyst'
  /** Hours east of UTC. */
  readonly zone: number
  readonly homeAddress: string
  /** The browser. */
  readonly userAgent: string
  /** Signs in with a user of the account itself, not by the identity provider. */
  readonly localUser: boolean
  readonly principalId: string
  /** The role of single sign-on. */
  readonly role: Role
}

export interface Role {
  readonly account: Account
  readonly name: string
  readonly path: string
  readonly id: string
}

/** A user with a long-lived key. */
export interface KeyUser {
  readonly account: Account
  readonly name: string
  readonly id: string
  readonly key: string
  readonly duty: 'administrator' | 'developer' | 'automation'
  /** Where its calls come from by habit. */
  readonly address: string
}

export type RoleName =
  | 'deploy'
  | 'imagePipeline'
  | 'backup'
  | 'exporter'
  | 'scanner'
  | 'application'
  | 'loader'
  | 'build'
  | 'logReader'
  | 'autoScaling'
  | 'reports'

export type NetworkName = 'production' | 'analytics' | 'development' | 'unlogged'

export interface Network {
  readonly name: NetworkName
  readonly account: Account
  readonly region: string
  readonly id: string
  readonly cidr: string
  readonly subnets: readonly { readonly id: string; readonly zone: string; readonly prefix: string }[]
  readonly group: string
  readonly publicAddress: string
  readonly storageEndpoint: string
  /** Absent where nobody switched flow logs on. */
  readonly flowLog?: { readonly id: string; readonly form: 'short' | 'long' }
}

export interface Machine {
  readonly id: string
  readonly interfaceId: string
  readonly address: string
  readonly mac: string
  readonly network: Network
  readonly subnet: Network['subnets'][number]
}

export type BucketName =
  | 'customers'
  | 'payroll'
  | 'documents'
  | 'telemetry'
  | 'artefacts'
  | 'website'
  | 'trail'
  | 'accessLogs'
  | 'recovery'
  | 'recoveryDocuments'
  | 'unobserved'
  | 'scratch'

export interface Bucket {
  readonly name: string
  readonly account: Account
  readonly region: string
  readonly classification: 'restricted' | 'confidential' | 'internal' | 'public'
  readonly owner: string
  readonly prefixes: readonly string[]
  /** Whether CloudTrail records reads and writes of its objects, and S3 writes access logs. */
  readonly observed: boolean
}

export type ImageName = 'base' | 'web' | 'vendor' | 'retired' | 'build'

export interface Image {
  readonly id: string
  readonly name: string
  readonly ownerAccount: string
  readonly region: string
}

export interface AzureTenant {
  readonly tenant: string
  readonly subscription: string
  readonly group: string
  readonly storageAccount: string
  readonly network: string
  readonly location: string
}

export interface GoogleProjects {
  readonly project: string
  readonly number: string
  readonly otherProject: string
  readonly bucket: string
  readonly otherBucket: string
  readonly zone: string
  readonly network: string
}
