import type { Json } from '../../core/json.ts'
import { awsAccounts } from './aws-accounts.ts'
import { awsBuckets } from './aws-buckets.ts'
import { awsImages } from './aws-images.ts'
import { azureImages } from './azure-images.ts'
import { azureSubscriptions } from './azure-subscriptions.ts'
import { bucketInventory } from './bucket-inventory.ts'
import { gcpImages } from './gcp-images.ts'
import { gcpProjects } from './gcp-projects.ts'
import type { Importer } from './importer.ts'

/** What can be imported. The first that recognises a file reads it. */
export const IMPORTERS: readonly Importer[] = [
  awsImages,
  awsAccounts,
  awsBuckets,
  gcpImages,
  gcpProjects,
  azureSubscriptions,
  azureImages,
  bucketInventory,
]

export interface Recognised {
  readonly importer: Importer
  readonly items: readonly Json[]
}

/** Who reads this, if only for one table. */
export function recognise(value: Json, table: string | undefined): Recognised | undefined {
  for (const importer of IMPORTERS) {
    if (table !== undefined && !importer.tables.includes(table)) continue
    const items = importer.items(value)
    if (items !== undefined) return { importer, items }
  }
  return undefined
}
