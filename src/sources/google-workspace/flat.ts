import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { auditOf, entryOf, workspaceEvents } from '../gcp/entry.ts'
import { type Additions, at, listOf, textAt, withMembers } from '../members.ts'
import { type Growing, put } from '../put.ts'

/**
 * One activity under the names of the Reports API, with its event under `event` and the parameters by name under
 * `parameters`, and beside it Sigma's names: `eventService`, `eventName`, and each parameter as it is called in lower case.
 */
export function flat(record: JsonObject): JsonObject {
  const entry = entryOf(record)
  const event = entry === undefined ? eventOf(record) : ofEntry(entry)
  const base = entry === undefined ? record : withMembers(entry, entryNames(entry))
  const parameters = parametersOf(record['parameters'], event)
  const application =
    textAt(base, 'id', 'applicationName') ?? (record['message_info'] === undefined ? undefined : 'gmail')
  const named = withMembers(base, {
    event,
    events: [event],
    eventName: event['name'],
    eventService: application === undefined ? undefined : `${application}.googleapis.com`,
    ...(isObject(base['parameters']) ? {} : { parameters }),
  })
  return withMembers(named, lowered(parameters))
}

/** Panther has the event's members at the top. */
function eventOf(record: JsonObject): JsonObject {
  const own = record['event']
  if (isObject(own)) return own
  return {
    type: record['type'] ?? null,
    name: record['name'] ?? null,
    parameters: record['parameters'] ?? null,
  }
}

function ofEntry(entry: JsonObject): JsonObject {
  const first = workspaceEvents(entry)?.[0]
  const event = isObject(first) ? first : {}
  return {
    ...event,
    type: event['eventType'] ?? null,
    name: event['eventName'] ?? null,
    parameters: event['parameter'] ?? null,
  }
}

function entryNames(entry: JsonObject): Additions {
  const audit = auditOf(entry)
  return {
    id: {
      time: at(entry, 'timestamp') ?? null,
      uniqueQualifier: at(audit, 'metadata', 'activityId', 'uniqQualifier') ?? at(entry, 'insertId') ?? null,
      applicationName: textAt(audit, 'serviceName')?.split('.')[0] ?? null,
    },
    actor: { email: at(audit, 'authenticationInfo', 'principalEmail') ?? null },
    ipAddress: at(audit, 'requestMetadata', 'callerIp'),
    data: entry,
  }
}

const VALUES: readonly string[] = [
  'value',
  'boolValue',
  'intValue',
  'multiValue',
  'multiIntValue',
  'messageValue',
]

/** Parameters by name, whichever member has the value. */
function parametersOf(own: Json | undefined, event: JsonObject): JsonObject {
  if (isObject(own)) return own
  const found: Growing = {}
  for (const parameter of listOf(event['parameters']).slice(0, MOST)) {
    const name = textAt(parameter, 'name')
    const member = VALUES.find(value => at(parameter, value) !== undefined)
    if (name !== undefined && member !== undefined) put(found, name, at(parameter, member) ?? null)
  }
  return found
}

const MOST = 200

/** `SETTING_NAME` as `setting_name`. */
function lowered(parameters: JsonObject): Additions {
  const found: { [name: string]: Json | undefined } = Object.create(null)
  for (const [name, value] of Object.entries(parameters)) found[name.toLowerCase()] = value
  return found
}
