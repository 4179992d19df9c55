import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import { isObject, type JsonObject, textMember } from '../../core/json.ts'
import { says } from '../answering.ts'
import { at, listOf, text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { flowRecord, queryRecord } from './network-records.ts'
import { timeOf, trailRecord } from './trail-record.ts'

/** Events of the Open Cybersecurity Schema Framework that are of no log that is known here. */
export const ocsf: Source = {
  id: 'ocsf',
  title: 'OCSF events',
  tags: {
    sourcetypes: ['aws:asl', 'ocsf'],
    sourceCategories: ['ocsf', 'aws/securitylake'],
  },
  answers: logsource => says(logsource, { products: ['ocsf'], services: [...SERVICES] }),
  recognises: record => isOcsf(record) && record['raw_data'] === undefined && nativeOf(record) === undefined,
  eventId: record => textAt(record, 'metadata', 'uid'),
  eventTime: timeOf,
  normalise,
}

const SERVICES: ReadonlySet<string> = new Set([
  'api_activity',
  'authentication',
  'account_change',
  'network_activity',
])

/** A class and a version of the schema. */
function isOcsf(record: JsonObject): boolean {
  return record['class_uid'] !== undefined && isObject(record['metadata']) && record['time'] !== undefined
}

type Native = (record: JsonObject) => JsonObject

/** How to make the record of the log that an event was made of, by the name of the product. */
function nativeOf(record: JsonObject): Native | undefined {
  const product = textAt(record, 'metadata', 'product', 'name')?.toLowerCase() ?? ''
  if (product === 'cloudtrail' || product === 'aws cloudtrail')
    return textAt(record, 'api', 'operation') === undefined ? undefined : trailRecord
  if (product === 'amazon vpc' || product === 'vpc flowlogs') return flowRecord
  return product === 'route 53' || product === 'amazon route 53' ? queryRecord : undefined
}

/** The record of the log that an event of OCSF was made of; undefined if that is not known. Where it stands in `raw_data` that is read. */
export function nativeRecord(object: JsonObject): JsonObject | undefined {
  if (!isOcsf(object) || textMember(object, 'raw_data') !== undefined) return undefined
  return nativeOf(object)?.(object)
}

/** The event without a raw text that is of no use here. */
export function withoutRaw(object: JsonObject): JsonObject | undefined {
  if (!isOcsf(object) || object['raw_data'] === undefined) return undefined
  const { raw_data: _raw, ...rest } = object
  return nativeRecord(rest) ?? rest
}

function normalise(record: JsonObject): NormalEvent {
  const own = (...path: readonly string[]): string | undefined => textAt(record, ...path)
  const user = at(record, 'actor', 'user') ?? at(record, 'user')
  const service = own('api', 'service', 'name') ?? own('metadata', 'product', 'name')
  return normalEvent({
    id: own('metadata', 'uid'),
    timeText: timeOf(record),
    service,
    action: own('api', 'operation') ?? own('activity_name') ?? own('type_name'),
    outcome: outcomeOf(record),
    error: own('api', 'response', 'error') ?? (own('status') === 'Failure' ? own('status_code') : undefined),
    errorMessage:
      own('api', 'response', 'message') ?? (own('status') === 'Failure' ? own('status_detail') : undefined),
    account: own('cloud', 'account', 'uid') ?? own('cloud', 'account_uid'),
    region: own('cloud', 'region'),
    actor: {
      type: textAt(user, 'type'),
      principal:
        textAt(user, 'uid') ?? textAt(user, 'email_addr') ?? textAt(user, 'name') ?? own('actor', 'app_name'),
      name: textAt(user, 'name') ?? textAt(user, 'email_addr'),
      account: textAt(user, 'account', 'uid') ?? textAt(user, 'account_uid'),
      session: own('actor', 'session', 'uid'),
      key: textAt(user, 'credential_uid'),
      invokedBy: own('actor', 'invoked_by'),
    },
    address: own('src_endpoint', 'ip') ?? own('src_endpoint', 'domain'),
    userAgent: own('http_request', 'user_agent'),
    resources: [
      ...listOf(record['resources']).map(one => textAt(one, 'uid') ?? textAt(one, 'name')),
      own('dst_endpoint', 'ip') ?? own('dst_endpoint', 'hostname'),
    ],
  })
}

function outcomeOf(record: JsonObject): EventOutcome {
  const status = text(record['status'])
  const action = text(record['action']) ?? text(record['disposition'])
  if (status === 'Failure' || action === 'Denied' || action === 'Blocked') return 'denied'
  return status === 'Success' || action === 'Allowed' ? 'succeeded' : 'unknown'
}
