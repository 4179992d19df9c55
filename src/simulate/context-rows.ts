import type { JsonObject } from '../core/json.ts'
import { utcDay } from '../core/time.ts'
import { roleArn } from './organisation/accounts.ts'
import type { Bucket, Network, Organisation } from './organisation/types.ts'
import type { Approval } from './scenarios/scenario.ts'
import { DAY } from './span.ts'

/** Rows by the name of their table. */
export type ContextRows = Readonly<Record<string, readonly JsonObject[]>>

/** What the organisation knows of itself when the simulation begins: inventories. */
export function inventories(organisation: Organisation, start: number): ContextRows {
  const seen = { source: 'simulated', last_verified: utcDay(start) }
  const { accounts, buckets, networks, azure, google, partner, id, name } = organisation
  const rows = (list: readonly JsonObject[]): readonly JsonObject[] => list.map(row => ({ ...row, ...seen }))
  const allAccounts = Object.values(accounts)
  return {
    organizations: rows([{ id, name, management_account: accounts.management.id }]),
    accounts: rows([
      ...allAccounts.map(account => ({
        id: account.id,
        name: account.name,
        organization: id,
        owner: 'platform',
      })),
      { id: partner.account.id, name: 'partner', relation: 'partner', owner: 'finance' },
    ]),
    subscriptions: rows([{ id: azure.subscription, name: 'core', tenant: azure.tenant, owner: 'platform' }]),
    tenants: rows([{ id: azure.tenant, name, domains: [organisation.domain] }]),
    projects: rows([
      { id: google.project, number: google.number, name: 'core', owner: 'platform' },
      { id: google.otherProject, name: 'analysis', owner: 'platform' },
    ]),
    owned_buckets: rows([...Object.values(buckets).map(ownedBucket), ...otherBuckets(organisation)]),
    sensitive_buckets: rows([
      ...Object.values(buckets).filter(isSensitive).map(sensitiveBucket),
      ...otherSensitive(organisation),
    ]),
    owned_networks: rows(ownedNetworks(organisation)),
    vpc_endpoints: rows(Object.values(networks).map(endpoint)),
    regions: rows(
      [...new Set(['us-east-1', networks.production.region])].map(region => ({
        name: region,
        status: 'active',
      })),
    ),
    images: rows(
      Object.values(organisation.images).map(image => ({
        id: image.id,
        name: image.name,
        owner_account: image.ownerAccount,
        region: image.region,
        provenance: image.ownerAccount === accounts.production.id ? 'built' : 'vendor',
      })),
    ),
    image_vendors: rows([
      { owner: organisation.images.vendor.ownerAccount, name: 'the vendor of the cloud' },
      { owner: 'debian-cloud', provider: 'gcp', name: 'Debian' },
      { owner: 'Canonical', provider: 'azure', name: 'Canonical' },
    ]),
    identities: rows(identities(organisation)),
  }
}

/** What it has approved from the beginning, and what acts have approved. */
export function approvals(
  organisation: Organisation,
  start: number,
  more: ReadonlyMap<string, readonly Approval[]>,
): ContextRows {
  const { images, roles, buckets, keyUsers } = organisation
  const standing = { created: start - 200 * DAY, expires: start + 400 * DAY }
  const image = (row: { readonly id: string; readonly ownerAccount: string }) => ({
    image: row.id,
    owner_account: row.ownerAccount,
  })
  const basis: Readonly<Record<string, readonly Approval[]>> = {
    approved_images: [
      ...[images.base, images.web, images.build].map(row => ({
        ...standing,
        columns: image(row),
        reason: 'built by the image pipeline',
      })),
      { ...standing, columns: image(images.vendor), reason: 'base of the vendor, checked' },
      {
        columns: image(images.retired),
        reason: 'base of an earlier year',
        created: start - 700 * DAY,
        expires: start - 30 * DAY,
      },
    ],
    approved_transfers: [
      {
        ...standing,
        columns: {
          source: [buckets.customers.name],
          destination: [buckets.recovery.name],
          identity: [roleArn(roles.backup)],
          schedule: ['daily 01:00-04:00'],
          purpose: 'backup',
        },
        reason: 'nightly copy for recovery',
      },
      ...keyUsers.slice(0, 1).map(user => ({
        ...standing,
        columns: {
          source: [buckets.accessLogs.name],
          destination: [`${user.address}/32`],
          identity: [`arn:aws:iam::${user.account.id}:user/${user.name}`],
          purpose: 'administration',
        },
        reason: 'access logs are archived in the office',
      })),
    ],
    provisioning_workflows: [roles.deploy, roles.imagePipeline, roles.autoScaling].map(role => ({
      ...standing,
      columns: {
        identity: [roleArn(role)],
        actions: ['RunInstances', 'CreateImage', 'TerminateInstances', 'CreateTags'],
      },
      reason: 'infrastructure as code',
    })),
    change_windows: [
      {
        ...standing,
        columns: { actions: ['monitoring.amazonaws.com DeleteAlarms'], schedule: ['sat 20:00-24:00'] },
        reason: 'weekly maintenance',
      },
    ],
  }
  const tables = Object.entries(basis).map(([table, rows]) => {
    const all = [...rows, ...(more.get(table) ?? [])]
    return [table, all.map((row, index) => approvalRow(row, `${table}-${index + 1}`))] as const
  })
  return Object.fromEntries(tables)
}

/** A table as a YAML list of maps. */
export function yamlOf(rows: readonly JsonObject[]): string {
  const row = (columns: JsonObject) =>
    Object.entries(columns)
      .map(([column, value], index) => `${index === 0 ? '- ' : '  '}${column}: ${JSON.stringify(value)}\n`)
      .join('')
  return rows.map(row).join('')
}

function approvalRow({ columns, reason, created, expires }: Approval, ticket: string): JsonObject {
  return {
    ...columns,
    owner: 'platform',
    reason,
    ticket,
    created: utcDay(created),
    review_by: utcDay(expires - 5 * DAY),
    expires: utcDay(expires),
  }
}

function ownedBucket({ name, account, region }: Bucket): JsonObject {
  return { name, account: account.id, region }
}

function isSensitive({ classification }: Bucket): boolean {
  return classification === 'restricted' || classification === 'confidential'
}

function sensitiveBucket({ name, account, classification, owner }: Bucket): JsonObject {
  return {
    name,
    account: account.id,
    classification: owner === 'security' ? 'log' : classification,
    data_owner: owner,
  }
}

function otherBuckets({ google }: Organisation): readonly JsonObject[] {
  return [
    { name: google.bucket, provider: 'gcp', account: google.project },
    { name: google.otherBucket, provider: 'gcp', account: google.otherProject },
  ]
}

function otherSensitive({ google, azure }: Organisation): readonly JsonObject[] {
  return [
    {
      name: google.bucket,
      provider: 'gcp',
      account: google.project,
      classification: 'confidential',
      data_owner: 'finance',
    },
    {
      name: `${azure.storageAccount}/contracts`,
      provider: 'azure',
      account: azure.subscription,
      classification: 'confidential',
      data_owner: 'legal',
    },
  ]
}

function ownedNetworks({ officeAddresses, networks, keyUsers }: Organisation): readonly JsonObject[] {
  const all = Object.values(networks)
  const desks = keyUsers.map(({ address }) => address).filter(address => address.startsWith('192.0.2.'))
  const single = [...new Set([...officeAddresses, ...desks])].filter(
    address => !all.some(({ publicAddress }) => publicAddress === address),
  )
  return [
    ...single.map(address => ({ cidr: `${address}/32`, name: 'office', use: 'office' })),
    ...[...new Set(all.map(({ publicAddress }) => publicAddress))].map(address => ({
      cidr: `${address}/32`,
      name: 'gateway',
      use: 'nat',
    })),
    ...all.map(({ cidr, name, account }) => ({ cidr, name, use: 'cloud', accounts: [account.id] })),
  ]
}

function endpoint({ storageEndpoint, account, id, region }: Network): JsonObject {
  return { id: storageEndpoint, account: account.id, vpc: id, service: `com.amazonaws.${region}.s3` }
}

function identities({ people, roles, keyUsers }: Organisation): readonly JsonObject[] {
  const { deploy, imagePipeline, autoScaling, ...others } = roles
  const signOn = new Map(people.map(({ role, duty }) => [roleArn(role), duty]))
  const users = people.filter(({ localUser }) => localUser)
  return [
    ...[...signOn].map(([identity, duty]) => ({
      identity,
      class: 'human',
      traits: duty === 'administrator' ? ['privileged', 'federated'] : ['federated'],
    })),
    ...users.map(({ role, name }) => ({
      identity: `arn:aws:iam::${role.account.id}:user/${name}`,
      class: 'human',
    })),
    ...keyUsers.map(({ account, name, duty }) => ({
      identity: `arn:aws:iam::${account.id}:user/${name}`,
      class: duty === 'automation' ? 'automation' : 'human',
    })),
    ...[deploy, imagePipeline].map(role => ({ identity: roleArn(role), class: 'pipeline' })),
    { identity: roleArn(autoScaling), class: 'provider' },
    ...Object.values(others).map(role => ({ identity: roleArn(role), class: 'automation' })),
  ]
}
