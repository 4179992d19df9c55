import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { at, listOf, plainAddress, text, textAt, withMembers } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { auditOf, entryId, entryOf, entryTime, projectOf } from './entry.ts'

/** Google Cloud audit logs: admin activity, data access, system events and denials by policy. */
export const gcpAudit: Source = {
  id: 'gcp-audit',
  title: 'Google Cloud audit logs',
  tags: {
    sourcetypes: ['google:gcp:pubsub:message', 'google:gcp:pubsub:audit:admin_activity'],
    sourceCategories: ['gcp/audit', 'gcp', 'google/cloud/audit'],
  },
  answers: logsource => says(logsource, { products: ['gcp'], services: ['gcp.audit', 'audit'] }),
  recognises,
  flat,
  eventId: entryId,
  eventTime: entryTime,
  normalise,
}

function recognises(record: JsonObject): boolean {
  const entry = entryOf(record)
  return entry !== undefined && auditOf(entry) !== undefined
}

/**
 * The entry with its own names, under `data` once more as Splunk's searches have it, and `gcp.audit.…`, which Sigma's
 * rules use.
 */
export function flat(record: JsonObject): JsonObject {
  const entry = entryOf(record) ?? record
  const audit = auditOf(entry)
  const named = withMembers(entry, { protoPayload: audit })
  return withMembers(named, {
    data: named,
    gcp: {
      audit: {
        method_name: at(audit, 'methodName') ?? at(audit, 'methodname') ?? null,
        service_name: at(audit, 'serviceName') ?? null,
        resource_name: at(audit, 'resourceName') ?? null,
        authentication_info: { principal_email: at(audit, 'authenticationInfo', 'principalEmail') ?? null },
      },
    },
  })
}

function normalise(record: JsonObject): NormalEvent {
  const own = (...path: readonly string[]): string | undefined => textAt(record, 'protoPayload', ...path)
  const email = own('authenticationInfo', 'principalEmail')
  const subject = own('authenticationInfo', 'principalSubject')
  const code = own('status', 'code')
  return normalEvent({
    id: entryId(record),
    timeText: entryTime(record),
    service: own('serviceName'),
    action: own('methodName'),
    outcome: outcomeOf(record, code),
    error: code === '0' ? undefined : code,
    errorMessage: own('status', 'message'),
    account: projectOf(record),
    region:
      textAt(record, 'resource', 'labels', 'location') ??
      text(listOf(at(record, 'protoPayload', 'resourceLocation', 'currentLocations'))[0]),
    actor: {
      type: email?.endsWith('gserviceaccount.com') === true ? 'serviceAccount' : subject?.split(':')[0],
      principal: email ?? subject,
      name: email,
      key: own('authenticationInfo', 'serviceAccountKeyName'),
      session: textAt(record, 'operation', 'id'),
    },
    address: plainAddress(own('requestMetadata', 'callerIp')),
    userAgent: own('requestMetadata', 'callerSuppliedUserAgent'),
    resources: [own('resourceName')],
  })
}

/** Google's status code is 0 or absent where a call succeeded; a permission that was not granted is none. */
function outcomeOf(record: JsonObject, code: string | undefined): EventOutcome {
  if (code !== undefined && code !== '0') return 'denied'
  const refused = listOf(at(record, 'protoPayload', 'authorizationInfo')).some(
    info => at(info, 'granted') === false,
  )
  return refused ? 'denied' : 'succeeded'
}
