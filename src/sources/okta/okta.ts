import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import { isObject, type JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { listOf, plainAddress, text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import { type Growing, put } from '../put.ts'
import type { Source } from '../source.ts'

/** Okta's System Log: its API, event hooks, log streams of EventBridge and of Splunk. */
export const okta: Source = {
  id: 'okta',
  title: 'Okta System Log',
  tags: {
    sourcetypes: ['OktaIM2:log', 'okta:im:log', 'okta_log'],
    sourceCategories: ['okta', 'okta/systemlog'],
  },
  answers: logsource => says(logsource, { products: ['okta'], services: ['okta', 'system', 'systemlog'] }),
  recognises,
  flat,
  eventId: record => text(record['uuid']),
  eventTime,
  normalise,
}

function recognises(record: JsonObject): boolean {
  if (record['p_log_type'] === 'Okta.SystemLog') return true
  if (typeof (record['eventType'] ?? record['eventtype']) !== 'string') return false
  const message = record['displayMessage'] ?? record['displaymessage']
  if (isObject(record['actor'])) return (record['published'] ?? message) !== undefined
  return record['uuid'] !== undefined && message !== undefined
}

const NAMES: ReadonlyMap<string, string> = new Map(
  [
    ...['eventType', 'displayMessage', 'legacyEventType', 'authenticationContext', 'securityContext'],
    'debugContext',
  ].map(name => [name.toLowerCase(), name] as const),
)

/** Collectors write Okta's names in lower case. */
function flat(record: JsonObject): JsonObject {
  let grown: Growing | undefined
  for (const key in record) {
    const name = NAMES.get(key)
    if (name === undefined || Object.hasOwn(record, name)) continue
    grown ??= { ...record }
    put(grown, name, record[key] ?? null)
  }
  return grown ?? record
}

function eventTime(record: JsonObject): string | undefined {
  return text(record['published'] ?? record['p_event_time'])
}

function normalise(record: JsonObject): NormalEvent {
  const own = (...path: readonly string[]): string | undefined => textAt(record, ...path)
  const result = own('outcome', 'result')?.toUpperCase()
  const outcome = OUTCOMES.get(result ?? '') ?? 'unknown'
  const name = own('actor', 'alternateId')
  return normalEvent({
    id: own('uuid'),
    timeText: eventTime(record),
    service: 'okta',
    action: own('eventType'),
    outcome,
    error: outcome === 'denied' ? (own('outcome', 'reason') ?? result) : undefined,
    errorMessage: outcome === 'denied' ? own('displayMessage') : undefined,
    region: own('client', 'geographicalContext', 'country'),
    actor: {
      type: own('actor', 'type'),
      principal: name ?? own('actor', 'id') ?? own('actor', 'displayName'),
      name,
      session: own('authenticationContext', 'externalSessionId'),
      key: own('transaction', 'detail', 'requestApiTokenId'),
    },
    address: plainAddress(own('client', 'ipAddress')),
    userAgent: own('client', 'userAgent', 'rawUserAgent'),
    resources: listOf(record['target']).map(
      target => known(textAt(target, 'alternateId')) ?? textAt(target, 'displayName') ?? textAt(target, 'id'),
    ),
  })
}

/** Okta writes `unknown` where a target has no such name. */
function known(name: string | undefined): string | undefined {
  return name === 'unknown' ? undefined : name
}

/** A challenge and a step that was skipped are no end. */
const OUTCOMES: ReadonlyMap<string, EventOutcome> = new Map([
  ['SUCCESS', 'succeeded'],
  ['ALLOW', 'succeeded'],
  ['FAILURE', 'denied'],
  ['DENY', 'denied'],
])
