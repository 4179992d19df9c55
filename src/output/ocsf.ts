import type { Level } from '../core/level.ts'
import { safeJson } from '../core/terminal.ts'
import { ENTITY_KINDS, type EntityKind, type Finding } from '../findings/finding.ts'
import type { Report, Write } from './report.ts'

/** https://schema.ocsf.io/1.5.0/classes/detection_finding, with the profile `cloud` where a provider is known. */
const OCSF_VERSION = '1.5.0'

const SEVERITIES: Record<Level, { readonly severity_id: number; readonly severity: string }> = {
  informational: { severity_id: 1, severity: 'Informational' },
  low: { severity_id: 2, severity: 'Low' },
  medium: { severity_id: 3, severity: 'Medium' },
  high: { severity_id: 4, severity: 'High' },
  critical: { severity_id: 5, severity: 'Critical' },
}

/**
 * OCSF Detection Findings, one a line. `time` is when the last of its events was, in ms, for a hunt has no
 * clock; 0 if no event carries a time. Each evidence points to a raw record; what OCSF has no place for is
 * under `unmapped`.
 */
export function writeOcsf({ findings }: Report, write: Write): void {
  for (const finding of findings) write(`${safeJson(detectionFinding(finding))}\n`)
}

function detectionFinding(finding: Finding) {
  const first = milliseconds(finding.first_time)
  const last = milliseconds(finding.last_time)
  const place = cloud(finding)
  return {
    class_uid: 2004,
    class_name: 'Detection Finding',
    category_uid: 2,
    category_name: 'Findings',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    ...SEVERITIES[finding.level],
    status_id: 1,
    status: 'New',
    is_alert: true,
    time: last ?? 0,
    ...(first === undefined ? {} : { start_time: first }),
    ...(last === undefined ? {} : { end_time: last }),
    count: finding.count,
    message: finding.why,
    finding_info: {
      uid: finding.id,
      title: finding.title,
      ...(finding.description === undefined ? {} : { desc: finding.description }),
      analytic: { uid: finding.rule_id, name: finding.title, type: 'Rule', type_id: 1 },
      attacks: finding.attack.map(attack),
      ...(first === undefined ? {} : { first_seen_time: first }),
      ...(last === undefined ? {} : { last_seen_time: last }),
      types: ['Sigma'],
    },
    evidences: finding.evidence.map(evidence => ({ data: evidence })),
    observables: observables(finding),
    resources: (finding.entities.resource ?? []).map(uid => ({ uid })),
    ...(place === undefined ? {} : { cloud: place }),
    metadata: {
      version: OCSF_VERSION,
      ...(place === undefined ? {} : { profiles: ['cloud'] }),
      product: { name: 'nephoscope', vendor_name: 'nephoscope' },
    },
    unmapped: {
      outcome: finding.outcome,
      entity: finding.entity,
      entities: finding.entities,
      actions: finding.actions,
      errors: finding.errors,
      matched: finding.matched,
      shown: finding.shown,
      ...(finding.more === undefined ? {} : { more: finding.more }),
      falsepositives: finding.falsepositives,
      references: finding.references,
      ...(finding.status === undefined ? {} : { rule_status: finding.status }),
      ...(finding.author === undefined ? {} : { author: finding.author }),
    },
  }
}

function milliseconds(time: string): number | undefined {
  const parsed = Date.parse(time)
  return Number.isNaN(parsed) ? undefined : parsed
}

/** A sub-technique stands beside its technique, as `T1562.008` beside `T1562`. */
function attack(id: string) {
  const [technique = id] = id.split('.')
  return technique === id
    ? { technique: { uid: id } }
    : { technique: { uid: technique }, sub_technique: { uid: id } }
}

/** What actions, identities and resources of a provider look like, and what its accounts are called. */
const PROVIDERS = [
  {
    provider: 'AWS',
    sign: /^arn:aws[\w-]*:|^[\w.-]+\.amazonaws\.com\b/,
    account: { type: 'AWS Account', type_id: 10 },
  },
  { provider: 'Azure', sign: /^\/subscriptions\//i, account: {} },
  { provider: 'GCP', sign: /^[\w.-]+\.googleapis\.com\b/, account: {} },
] as const

/** One account and region where there is one; all of them stand among the observables. Nothing if the provider is not told. */
function cloud({ entities, actions }: Finding) {
  const texts = [
    ...actions,
    ...(entities.actor ?? []),
    ...(entities.role ?? []),
    ...(entities.resource ?? []),
  ]
  const found = PROVIDERS.find(({ sign }) => texts.some(text => sign.test(text)))
  if (found === undefined) return undefined
  const [uid] = entities.account ?? []
  const [region] = entities.region ?? []
  return {
    provider: found.provider,
    ...(uid === undefined ? {} : { account: { uid, ...found.account } }),
    ...(region === undefined ? {} : { region }),
  }
}

/** The dictionary's number and name of what a value is, and where it would stand in the event. */
const OBSERVABLES: Record<
  EntityKind,
  { readonly name: string; readonly type_id: number; readonly type: string }
> = {
  actor: { name: 'actor.user.uid', type_id: 31, type: 'User UID' },
  role: { name: 'actor.session.issuer', type_id: 10, type: 'Resource UID' },
  session: { name: 'actor.session.uid', type_id: 99, type: 'Session Name' },
  key: { name: 'actor.user.credential_uid', type_id: 19, type: 'User Credential ID' },
  address: { name: 'src_endpoint.ip', type_id: 2, type: 'IP Address' },
  account: { name: 'cloud.account.uid', type_id: 35, type: 'Account UID' },
  region: { name: 'cloud.region', type_id: 99, type: 'Cloud Region' },
  resource: { name: 'resources.uid', type_id: 10, type: 'Resource UID' },
  user_agent: { name: 'http_request.user_agent', type_id: 16, type: 'HTTP User-Agent' },
}

function observables({ entities }: Finding) {
  return ENTITY_KINDS.flatMap(kind => (entities[kind] ?? []).map(value => ({ ...OBSERVABLES[kind], value })))
}
