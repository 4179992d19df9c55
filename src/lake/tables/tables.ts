import { azureActivityTable } from './azure-activity.ts'
import { azureFlowTable } from './azure-flow.ts'
import { cloudtrailTable } from './cloudtrail.ts'
import { entraAuditTable } from './entra-audit.ts'
import { entraRiskTable } from './entra-risk.ts'
import { entraSigninTable } from './entra-signin.ts'
import { gcpAuditTable } from './gcp-audit.ts'
import { gcpFlowTable } from './gcp-flow.ts'
import { googleWorkspaceTable } from './google-workspace.ts'
import { kubernetesAuditTable } from './kubernetes-audit.ts'
import { m365Table } from './m365.ts'
import { route53ResolverTable } from './route53-resolver.ts'
import { s3AccessTable } from './s3-access.ts'
import { storageBlobTable } from './storage-blob.ts'
import type { LakeTable } from './table.ts'
import { vpcFlowTable } from './vpc-flow.ts'

const tables: readonly LakeTable[] = [
  cloudtrailTable,
  vpcFlowTable,
  s3AccessTable,
  m365Table,
  entraSigninTable,
  entraAuditTable,
  entraRiskTable,
  azureActivityTable,
  gcpAuditTable,
  gcpFlowTable,
  googleWorkspaceTable,
  kubernetesAuditTable,
  route53ResolverTable,
  azureFlowTable,
  storageBlobTable,
]

/** How events of a source lie in the lake; a source without columns of its own has the envelope and the raw event. */
export function tableOf(source: string): LakeTable {
  return tables.find(table => table.source === source) ?? { source, promoted: [], parts: [] }
}
