import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { at, text, textAt } from '../members.ts'

/** The log entry of Google Cloud in a record, which may stand under `data` as Splunk's add-on has it. */
export function entryOf(record: JsonObject): JsonObject | undefined {
  if (isEntry(record)) return record
  const { data } = record
  return isObject(data) && isEntry(data) ? data : undefined
}

function isEntry(record: JsonObject): boolean {
  return (
    isObject(record['protoPayload']) ||
    isObject(record['protopayload_auditlog']) ||
    isObject(record['protopayload']) ||
    isObject(record['jsonPayload'])
  )
}

/** The audit log in an entry; BigQuery names it in lower case. */
export function auditOf(entry: JsonObject): JsonObject | undefined {
  const payload = entry['protoPayload'] ?? entry['protopayload_auditlog'] ?? entry['protopayload']
  if (!isObject(payload)) return
  const type = text(payload['@type'] ?? payload['at_sign_type'] ?? payload['type'])
  if (type?.endsWith('AuditLog') === true) return payload
  return payload['methodName'] !== undefined || payload['methodname'] !== undefined ? payload : undefined
}

/** The entry's id: `insertId` is unique among entries of one log and time. */
export function entryId(entry: JsonObject): string | undefined {
  const id = text(entry['insertId'])
  return id === undefined
    ? undefined
    : [id, text(entry['timestamp']), text(entry['logName'])].filter(part => part !== undefined).join(' ')
}

export function entryTime(entry: JsonObject): string | undefined {
  return text(entry['timestamp'] ?? entry['receiveTimestamp'] ?? entry['p_event_time'])
}

/** The project, or what else the entry's log is of. */
export function projectOf(entry: JsonObject): string | undefined {
  return (
    textAt(entry, 'resource', 'labels', 'project_id') ??
    /^(?:projects|organizations|folders|billingAccounts)\/([^/]+)/.exec(text(entry['logName']) ?? '')?.[1]
  )
}

/** Is this entry of Google Kubernetes Engine's own audit log? */
export function isKubernetes(entry: JsonObject): boolean {
  return textAt(auditOf(entry), 'serviceName') === 'k8s.io'
}

/** Events of Google Workspace in an entry of Cloud Logging. */
export function workspaceEvents(entry: JsonObject): readonly Json[] | undefined {
  const events = at(auditOf(entry), 'metadata', 'event')
  return Array.isArray(events) ? events : undefined
}
