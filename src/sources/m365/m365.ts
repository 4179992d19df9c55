import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import type { LogSource } from '../../core/log-source.ts'
import { says } from '../answering.ts'
import { plainAddress, text } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { flat } from './flat.ts'

/** The Unified Audit Log of Microsoft 365: Management API, CSV with `AuditData`, and Sentinel's OfficeActivity. */
export const m365: Source = {
  id: 'm365',
  title: 'Microsoft 365 audit log',
  tags: {
    sourcetypes: ['o365:management:activity', 'ms:o365:management'],
    sourceCategories: ['o365', 'office365', 'm365/audit'],
  },
  answers,
  recognises,
  flat,
  eventId: record => text(record['Id']),
  eventTime: record => text(record['CreationTime']),
  normalise,
}

const SERVICES = ['audit', 'exchange', 'sharepoint', 'threat_management', 'threat_detection', 'm365']

function answers(logsource: LogSource): boolean {
  if (says(logsource, { products: ['m365', 'office365'], services: SERVICES })) return true
  return logsource.service !== undefined && says(logsource, { products: ['azure'], services: ['m365'] })
}

/** A row whose `AuditData` has the event is none itself. */
function recognises(record: JsonObject): boolean {
  if (typeof record['Operation'] !== 'string') return isLowered(record)
  if (record['AuditData'] !== undefined) return false
  return (
    record['CreationTime'] !== undefined ||
    record['Workload'] !== undefined ||
    record['OfficeWorkload'] !== undefined ||
    (record['TimeGenerated'] !== undefined &&
      (record['UserId'] !== undefined ||
        record['Parameters'] !== undefined ||
        record['ClientIP'] !== undefined))
  )
}

function isLowered(record: JsonObject): boolean {
  return typeof record['operation'] === 'string' && typeof record['workload'] === 'string'
}

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const user = own('UserId')
  return normalEvent({
    id: own('Id'),
    timeText: own('CreationTime'),
    service: own('Workload'),
    action: own('Operation'),
    outcome: outcomeOf(record),
    error: own('LogonError') ?? own('ErrorNumber'),
    errorMessage: own('ResultStatusDetail'),
    account: own('OrganizationId'),
    actor: { type: typeOf(own('UserType')), principal: user, name: user, key: own('UserKey') },
    address: plainAddress(own('ClientIP') ?? own('ClientIPAddress') ?? own('ActorIpAddress')),
    userAgent: own('UserAgent') ?? own('ClientInfoString'),
    resources: [own('ObjectId'), own('SiteUrl'), own('MailboxOwnerUPN')],
  })
}

/** Most workloads write down only what happened; where there is a result, it counts, and a failed sign-in by its name. */
function outcomeOf(record: JsonObject): EventOutcome {
  const operation = text(record['Operation']) ?? ''
  if (/(?:LoginFailed|LogonFailed)$/.test(operation)) return 'denied'
  const result = text(record['ResultStatus'])?.toLowerCase()
  if (result === undefined) return 'succeeded'
  return FAILED.has(result) ? 'denied' : 'succeeded'
}

const FAILED: ReadonlySet<string> = new Set(['failed', 'failure', 'false', 'fail'])

const TYPES: readonly string[] = [
  ...['Regular', 'Reserved', 'Admin', 'DcAdmin', 'System', 'Application', 'ServicePrincipal'],
  ...['CustomPolicy', 'SystemPolicy'],
]

/** The type is a number in the log and a word in exports. */
function typeOf(type: string | undefined): string | undefined {
  return type === undefined || !/^\d$/.test(type) ? type : (TYPES[Number(type)] ?? type)
}
