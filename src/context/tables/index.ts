import type { Table } from '../column.ts'
import { accounts } from './accounts.ts'
import { approvedImages } from './approved-images.ts'
import { approvedTransfers } from './approved-transfers.ts'
import { blockedDestinations } from './blocked-destinations.ts'
import { changeWindows } from './change-windows.ts'
import { criticalServices } from './critical-services.ts'
import { identities } from './identities.ts'
import { imageVendors } from './image-vendors.ts'
import { images } from './images.ts'
import { organizations } from './organizations.ts'
import { ownedBuckets } from './owned-buckets.ts'
import { ownedNetworks } from './owned-networks.ts'
import { projects } from './projects.ts'
import { providerNetworks } from './provider-networks.ts'
import { provisioningWorkflows } from './provisioning-workflows.ts'
import { regions } from './regions.ts'
import { sensitiveBuckets } from './sensitive-buckets.ts'
import { subscriptions } from './subscriptions.ts'
import { tenants } from './tenants.ts'
import { vpcEndpoints } from './vpc-endpoints.ts'

/** Every table: what is yours, what matters, who acts, and what is approved. */
export const TABLES: readonly Table[] = [
  accounts,
  organizations,
  subscriptions,
  tenants,
  projects,
  sensitiveBuckets,
  ownedBuckets,
  ownedNetworks,
  providerNetworks,
  vpcEndpoints,
  regions,
  images,
  imageVendors,
  identities,
  criticalServices,
  blockedDestinations,
  approvedTransfers,
  approvedImages,
  provisioningWorkflows,
  changeWindows,
]

const BY_NAME: ReadonlyMap<string, Table> = new Map(TABLES.map(table => [table.name, table]))

export const tableNames: readonly string[] = [...BY_NAME.keys()]

export function tableNamed(name: string): Table | undefined {
  return BY_NAME.get(name)
}
