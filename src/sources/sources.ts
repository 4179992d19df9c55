import type { LogSource } from '../core/log-source.ts'
import { auditd } from './auditd/auditd.ts'
import { azureActivity } from './azure-activity/azure-activity.ts'
import { azureFlow } from './azure-flow/azure-flow.ts'
import { cloudtrail } from './cloudtrail/cloudtrail.ts'
import { entraAudit, entraRisk, entraSignin } from './entra/entra.ts'
import { linuxSysmon } from './event-log/linux-sysmon.ts'
import { windows } from './event-log/windows.ts'
import { gcpAudit } from './gcp/gcp-audit.ts'
import { gcpFlow } from './gcp/gcp-flow.ts'
import { githubAudit } from './github/github-audit.ts'
import { googleWorkspace } from './google-workspace/google-workspace.ts'
import { guardduty } from './guardduty/guardduty.ts'
import { keyVault } from './key-vault/key-vault.ts'
import { kubernetesAudit } from './kubernetes/kubernetes-audit.ts'
import { m365 } from './m365/m365.ts'
import { ocsf } from './ocsf/ocsf.ts'
import { okta } from './okta/okta.ts'
import { route53Resolver } from './route53/route53-resolver.ts'
import { s3Access } from './s3-access/s3-access.ts'
import type { Source } from './source.ts'
import { storageBlob } from './storage-blob/storage-blob.ts'
import { vpcFlow } from './vpc-flow/vpc-flow.ts'

/** Every kind of log that is known here, in the order in which a record is tried. */
export const sources: readonly Source[] = [
  ...[cloudtrail, linuxSysmon, windows, auditd, vpcFlow, s3Access, m365],
  // Google's entries are of Kubernetes or of Workspace if they say so, and Azure's of the directory before all else.
  ...[kubernetesAudit, googleWorkspace, gcpAudit, gcpFlow],
  ...[
    entraSignin,
    entraAudit,
    entraRisk,
    storageBlob,
    keyVault,
    azureFlow,
    azureActivity,
    route53Resolver,
    ocsf,
  ],
  ...[guardduty, okta, githubAudit],
]

/** The kinds of log that a rule is about, of those that are known; none if there is no such kind. */
export function sourcesFor(logsource: LogSource, known = sources): readonly Source[] {
  return known.filter(source => source.answers(logsource))
}

/**
 * Keys of an object whose array holds records each of which tells by itself what it is, so that a reader may take
 * them one by one and drop the object around them. Not `log`, `value`, `events` or `hits`, which occur inside of single
 * records, and nothing whose envelope says what the elements are: CloudWatch's control messages are known by their text.
 */
export const arrayKeys: ReadonlySet<string> = new Set([
  'Records',
  'records',
  'Events',
  'Messages',
  'logEvents',
  'QueryResultRows',
  'results',
])

/** The same, where any object may be a record: only those that wrap nothing but records. */
export const genericArrayKeys: ReadonlySet<string> = new Set(['Records', 'records', 'results', 'logEvents'])
