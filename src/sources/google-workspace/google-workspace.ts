import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import type { LogSource } from '../../core/log-source.ts'
import { says } from '../answering.ts'
import { is } from '../conditions.ts'
import { auditOf, entryOf, workspaceEvents } from '../gcp/entry.ts'
import { at, plainAddress, text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source, Tags } from '../source.ts'
import { flat } from './flat.ts'

const CATEGORIES: readonly string[] = ['google/workspace', 'gsuite', 'google_workspace']
const APPLICATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['drive', ['gws:reports:drive', 'gsuite:drive:json']],
  ['calendar', ['gws:reports:calendar', 'gsuite:calendar:json']],
  ['gmail', ['gsuite:gmail:bigquery']],
])

/** Google Workspace: activities of the Reports API, one event each, and the same in Cloud Logging; mail from BigQuery. */
export const googleWorkspace: Source = {
  id: 'google-workspace',
  title: 'Google Workspace',
  tags: {
    sourcetypes: [
      ...['gws:reports:admin', 'gws:reports:login', 'gws:reports:token', 'gsuite:reports'],
      ...[...APPLICATIONS.values()].flat(),
    ],
    sourceCategories: CATEGORIES,
  },
  tagsOf,
  answers: logsource => says(logsource, { products: ['gcp', 'google_workspace'], services: SERVICES }),
  about,
  recognises,
  flat,
  eventId,
  eventTime,
  normalise,
}

const SERVICES: readonly string[] = [
  ...['google_workspace', 'google_workspace.admin', 'google_workspace.login', 'google_workspace.drive'],
  ...['google_workspace.token', 'google_workspace.groups', 'admin', 'login', 'drive'],
]

function about({ service }: LogSource): ReturnType<typeof is> | undefined {
  const application = service?.toLowerCase().replace(/^google_workspace\.?/, '')
  return application === undefined || application === '' ? undefined : is('id.applicationName', application)
}

function tagsOf(record: JsonObject): Tags {
  const application = textAt(record, 'id', 'applicationName') ?? 'gmail'
  const own = APPLICATIONS.get(application) ?? [`gws:reports:${application}`]
  return { sourcetypes: [...own, 'gsuite:reports'], sourceCategories: CATEGORIES }
}

function recognises(record: JsonObject): boolean {
  const { id } = record
  if (isObject(id) && id['applicationName'] !== undefined) return !Array.isArray(record['events'])
  if (record['p_log_type'] === 'GSuite.ActivityEvent') return true
  if (record['num_message_attachments'] !== undefined || isObject(record['message_info'])) return true
  const entry = entryOf(record)
  return entry !== undefined && workspaceEvents(entry) !== undefined
}

/** One object for each of the events that an activity has; `undefined` if the object is no activity with several. */
export function activities(object: JsonObject): readonly JsonObject[] | undefined {
  const { id, events } = object
  if (Array.isArray(events) && isObject(id) && id['applicationName'] !== undefined) {
    const { events: _, ...rest } = object
    return events.map((event, number) => ({
      ...rest,
      event,
      ...(number === 0 ? {} : { eventNumber: number }),
    }))
  }
  const entry = events === undefined ? entryOf(object) : undefined
  const inside = entry === undefined ? undefined : workspaceEvents(entry)
  return entry === undefined || inside === undefined || inside.length < 2
    ? undefined
    : inside.map((event, number) => entryWith(entry, event, number))
}

function entryWith(entry: JsonObject, event: Json, number: number): JsonObject {
  const audit = auditOf(entry) ?? {}
  const metadata = audit['metadata']
  const own = { ...(isObject(metadata) ? metadata : {}), event: [event] }
  return {
    ...entry,
    protoPayload: { ...audit, metadata: own },
    ...(number === 0 ? {} : { eventNumber: number }),
  }
}

/** The qualifier is unique within a customer, application and time; an activity's events are counted. */
function eventId(record: JsonObject): string | undefined {
  const unique = textAt(record, 'id', 'uniqueQualifier') ?? text(record['insertId'])
  if (unique === undefined) return textAt(record, 'message_info', 'rfc2822_message_id')
  const parts = [
    textAt(record, 'id', 'applicationName'),
    eventTime(record),
    unique,
    text(record['eventNumber']),
  ]
  return parts.filter(part => part !== undefined).join(' ')
}

function eventTime(record: JsonObject): string | undefined {
  return (
    textAt(record, 'id', 'time') ??
    text(record['timestamp']) ??
    textAt(record, 'event_info', 'timestamp_usec') ??
    text(record['p_event_time'])
  )
}

function normalise(record: JsonObject): NormalEvent {
  const name = textAt(record, 'event', 'name')
  const email = textAt(record, 'actor', 'email')
  return normalEvent({
    id: eventId(record),
    timeText: eventTime(record),
    service: textAt(record, 'eventService'),
    action: name,
    outcome: outcomeOf(record, name),
    account: textAt(record, 'id', 'customerId'),
    actor: {
      type: textAt(record, 'actor', 'callerType'),
      principal: email ?? textAt(record, 'actor', 'key') ?? textAt(record, 'actor', 'profileId'),
      name: email,
    },
    address: plainAddress(text(record['ipAddress'])),
    userAgent: textAt(record, 'parameters', 'user_agent'),
    resources: ['USER_EMAIL', 'doc_title', 'GROUP_EMAIL', 'app_name', 'target_user'].map(parameter =>
      textAt(record, 'parameters', parameter),
    ),
  })
}

/** An activity is what happened; a login says by its name that it did not. */
function outcomeOf(record: JsonObject, name: string | undefined): EventOutcome {
  if (name === undefined) return 'unknown'
  const status = at(record, 'event', 'status', 'success')
  return status === false || /(?:_failure|_failed|_blocked)$/.test(name) ? 'denied' : 'succeeded'
}
