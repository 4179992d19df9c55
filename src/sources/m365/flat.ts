import type { Json, JsonObject } from '../../core/json.ts'
import { readableTime } from '../find-time.ts'
import { type Additions, at, namedValues, opened, text, withMembers } from '../members.ts'
import { type Growing, put } from '../put.ts'

/**
 * The event under the names of the Management API, with what Splunk's add-on, Sigma and Suzaku call parts of it:
 * each of `Parameters` under its own name and as `Parameters.NAME`, each of `ExtendedProperties` as
 * `ExtendedProperties.NAME` too, those of devices and operations, and `eventSource`, `eventName` and `status`.
 */
export function flat(record: JsonObject): JsonObject {
  const named = restored(record)
  return withMembers(named, {
    ...ofOthers(named),
    ...ofParameters(named),
    ...ofProperties(named),
    ...sigmaNames(named),
  })
}

/** So tables of CSV call the time. */
const UTC = 'TimeGenerated [UTC]'

/** Names that OfficeActivity has in place of others, and those that Panther writes in lower case. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['OfficeWorkload', 'Workload'],
  ['OfficeId', 'Id'],
  ['OfficeObjectId', 'ObjectId'],
  ['TimeGenerated', 'CreationTime'],
  [UTC, 'CreationTime'],
  ['Client_IPAddress', 'ClientIPAddress'],
  ['OfficeTenantId', 'OrganizationId'],
  ...[
    ...['Operation', 'Workload', 'Id', 'ObjectId', 'CreationTime', 'UserId', 'UserType', 'UserKey'],
    ...['ClientIP', 'RecordType', 'OrganizationId', 'ResultStatus', 'Parameters', 'ModifiedProperties'],
    ...['ExtendedProperties', 'Actor', 'Target', 'UserAgent', 'SiteUrl', 'SourceFileName'],
  ].map(name => [name.toLowerCase(), name] as const),
])

/** Lists that Log Analytics writes as texts. */
const LISTS: ReadonlySet<string> = new Set([
  ...['Parameters', 'ModifiedProperties', 'ExtendedProperties', 'OperationProperties', 'Actor', 'Target'],
  ...['AppAccessContext', 'Item', 'AffectedItems'],
])

function restored(record: JsonObject): JsonObject {
  let grown: Growing | undefined
  for (const key of Object.keys(record)) {
    const value = record[key] ?? null
    const name = NAMES.get(key) ?? key
    const own = LISTS.has(name) ? (opened(value) ?? value) : key === UTC ? readableTime(String(value)) : value
    if (name === key && own === value) continue
    grown ??= { ...record }
    if (name === key || !Object.hasOwn(grown, name)) put(grown, name, own)
  }
  return grown ?? record
}

function ofParameters(record: JsonObject): Additions {
  const found: { [name: string]: Json } = Object.create(null)
  for (const [name, value] of namedValues(record['Parameters'], 'Name', 'Value')) {
    found[name] = value
    found[`Parameters.${name}`] = value
  }
  return found
}

/** Splunk's add-on makes a field of each of these too, such as `OS`, `BrowserType` and `MailAccessType`. */
const OTHERS = ['DeviceProperties', 'OperationProperties'] as const

function ofOthers(record: JsonObject): Additions {
  const found: { [name: string]: Json } = Object.create(null)
  for (const list of OTHERS) {
    for (const [name, value] of namedValues(record[list], 'Name', 'Value')) found[name] = value
  }
  return found
}

function ofProperties(record: JsonObject): Additions {
  const found: { [name: string]: Json | undefined } = Object.create(null)
  for (const [name, value] of namedValues(record['ExtendedProperties'], 'Name', 'Value')) {
    found[`ExtendedProperties.${name}`] = value
    found[name] = value
    if (name === 'additionalDetails') found['UserAgent'] ??= at(opened(value), 'User-Agent')
  }
  return found
}

/** Sigma's rules for alerts have the words of Defender for Cloud Apps. */
function sigmaNames(record: JsonObject): Additions {
  const operation = text(record['Operation'])
  const alert = operation?.startsWith('Alert') === true ? text(record['Name']) : undefined
  const result = text(record['ResultStatus'])
  return {
    eventSource: text(record['Workload']),
    eventName: alert ?? operation,
    status: result === undefined || /^(?:succe|true|partial)/i.test(result) ? 'success' : 'failure',
  }
}
