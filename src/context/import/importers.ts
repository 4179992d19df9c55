import type { Json } from '../../core/json.ts'
import { awsAccounts } from './aws-accounts.ts'
import { awsBuckets } from './aws-buckets.ts'
import { awsEndpoints } from './aws-endpoints.ts'
import { awsImages } from './aws-images.ts'
import { awsNetworks } from './aws-networks.ts'
import { awsOrganization } from './aws-organization.ts'
import { azureImages } from './azure-images.ts'
import { azureMarketplaceImages } from './azure-marketplace-images.ts'
import { azureStorage } from './azure-storage.ts'
import { azureSubscriptions } from './azure-subscriptions.ts'
import { bucketInventory } from './bucket-inventory.ts'
import { configOwnedBuckets, configSensitiveBuckets } from './config-buckets.ts'
import { configEndpoints } from './config-endpoints.ts'
import { configNetworks } from './config-networks.ts'
import { gcpBuckets } from './gcp-buckets.ts'
import { gcpImages } from './gcp-images.ts'
import { gcpProjects } from './gcp-projects.ts'
import type { Importer } from './importer.ts'
import { macieFindings } from './macie-findings.ts'

/** What can be imported. Each that recognises a file reads it; of several for one table the first does. */
export const IMPORTERS: readonly Importer[] = [
  awsImages,
  awsAccounts,
  awsOrganization,
  awsBuckets,
  awsEndpoints,
  awsNetworks,
  gcpImages,
  gcpProjects,
  gcpBuckets,
  azureSubscriptions,
  azureImages,
  azureMarketplaceImages,
  azureStorage,
  macieFindings,
  configSensitiveBuckets,
  configOwnedBuckets,
  configEndpoints,
  configNetworks,
  bucketInventory,
]

export interface Recognised {
  readonly importer: Importer
  readonly items: readonly Json[]
}

/** Who reads this, if only for one table; a file may speak of several. */
export function recognise(value: Json, table: string | undefined): readonly Recognised[] {
  const found = new Map<string, Recognised>()
  for (const importer of IMPORTERS) {
    if (table !== undefined && !importer.tables.includes(table)) continue
    const items = isEmpty(value) && table !== undefined ? [] : importer.items(value, table)
    const [own] = importer.tables
    if (items !== undefined && !found.has(own)) found.set(own, { importer, items })
  }
  return [...found.values()]
}

/** Of an empty list only who asked for it knows of what it is one. */
function isEmpty(value: Json): boolean {
  return Array.isArray(value) && value.length === 0
}
