import { isObject, type JsonObject } from '../../core/json.ts'

/** Whose form a record of Azure's activity log has: Azure Monitor's export, REST and the CLI, Log Analytics, or the portal's table. */
export type Form = 'diagnostic' | 'rest' | 'table' | 'portal'

/** Categories of the activity log; other logs of Azure Monitor have others. */
const CATEGORIES: ReadonlySet<string> = new Set([
  ...['administrative', 'security', 'servicehealth', 'alert', 'recommendation', 'policy', 'autoscale'],
  ...['resourcehealth', 'write', 'delete', 'action'],
])

/** The form of a record of the activity log; `undefined` if it is none. */
export function formOf(record: JsonObject): Form | undefined {
  const operation = record['operationName'] ?? record['operation_name']
  if (operation === undefined) return tableForm(record)
  if (isObject(operation)) {
    const timed = record['eventTimestamp'] ?? record['event_timestamp'] ?? record['submissionTimestamp']
    return operation['value'] !== undefined && timed !== undefined ? 'rest' : undefined
  }
  const { category } = record
  // Logs of a cluster have the event inside.
  if (typeof operation !== 'string' || (typeof category === 'string' && category.startsWith('kube-'))) return
  const resource = record['resourceId'] ?? record['ResourceId']
  if (typeof resource !== 'string')
    return record['p_log_type'] === 'Azure.MonitorActivity' ? 'diagnostic' : undefined
  if (typeof category !== 'string') return operation.includes('/') ? 'diagnostic' : undefined
  return CATEGORIES.has(category.toLowerCase()) ? 'diagnostic' : undefined
}

function tableForm(record: JsonObject): 'table' | 'portal' | undefined {
  if (record['OperationNameValue'] !== undefined) return 'table'
  return record['Operation name'] !== undefined && record['Event initiated by'] !== undefined
    ? 'portal'
    : undefined
}
