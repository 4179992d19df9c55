import type { Source } from '../source.ts'
import type { Alias, Aliases } from './alias.ts'
import { azureActivityAliases } from './azure.ts'
import { cloudtrailAliases } from './cloudtrail.ts'
import { entraAuditAliases, entraRiskAliases, entraSigninAliases } from './entra.ts'
import { gcpAuditAliases } from './gcp.ts'
import { googleWorkspaceAliases } from './google-workspace.ts'
import { githubAuditAliases, oktaAliases } from './identity.ts'
import { kubernetesAuditAliases } from './kubernetes.ts'
import { m365Aliases } from './m365.ts'
import {
  azureFlowAliases,
  gcpFlowAliases,
  guarddutyAliases,
  route53Aliases,
  vpcFlowAliases,
} from './network.ts'
import { auditdAliases, elasticProcess } from './process.ts'
import { keyVaultAliases, s3AccessAliases, storageBlobAliases } from './storage.ts'
import { linuxSysmonAliases, windowsAliases } from './windows.ts'

const bySource: ReadonlyMap<string, Aliases> = new Map([
  ['cloudtrail', cloudtrailAliases],
  ['vpc-flow', vpcFlowAliases],
  ['s3-access', s3AccessAliases],
  ['m365', m365Aliases],
  ['kubernetes-audit', kubernetesAuditAliases],
  ['google-workspace', googleWorkspaceAliases],
  ['gcp-audit', gcpAuditAliases],
  ['gcp-flow', gcpFlowAliases],
  ['entra-signin', entraSigninAliases],
  ['entra-audit', entraAuditAliases],
  ['entra-risk', entraRiskAliases],
  ['storage-blob', storageBlobAliases],
  ['azure-flow', azureFlowAliases],
  ['azure-activity', azureActivityAliases],
  ['route53-resolver', route53Aliases],
  ['key-vault', keyVaultAliases],
  ['okta', oktaAliases],
  ['github-audit', githubAuditAliases],
  ['windows', { ...windowsAliases, ...elasticProcess('\\') }],
  ['linux', { ...linuxSysmonAliases, ...elasticProcess('/') }],
  ['auditd', auditdAliases],
  ['guardduty', guarddutyAliases],
])

/** The aliases of a source. */
export function aliasesFor({ id, aliases }: Pick<Source, 'id' | 'aliases'>): Aliases {
  return aliases ?? aliasesOf(id)
}

/** Who asks for a field. */
export interface Asking {
  readonly style: 'splunk' | 'sumo'
  /** Names, in lower case, of values of its own. */
  readonly own?: ReadonlySet<string>
}

/** What a name stands for in a search. Only Splunk's add-on says something in a field of the log that is not there. */
export function aliasFor(source: Source, name: string, { style, own }: Asking): Alias | undefined {
  const aliases = aliasesFor(source)
  if (!Object.hasOwn(aliases, name) || own?.has(name.toLowerCase()) === true) return undefined
  const alias = aliases[name]
  return style === 'sumo' && alias?.of.includes(name) === true ? undefined : alias
}

/** The aliases of a source by its id. */
export function aliasesOf(source: string): Aliases {
  return bySource.get(source) ?? {}
}
