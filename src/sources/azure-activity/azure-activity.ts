import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { at, plainAddress, text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { callerOf, flat } from './flat.ts'
import { formOf } from './forms.ts'

/**
 * Azure's activity log: Azure Monitor's export, REST and the CLI, and Log Analytics. An operation has several records,
 * each of which is an event; their `correlationId` is the session of the actor.
 */
export const azureActivity: Source = {
  id: 'azure-activity',
  title: 'Azure activity log',
  tags: {
    sourcetypes: ['mscs:azure:audit', 'azure:monitor:activity', 'mscs:azure:eventhub'],
    sourceCategories: ['azure/activity', 'azure/audit', 'azure'],
  },
  answers: logsource => says(logsource, { products: ['azure'], services: ['activitylogs', 'azureactivity'] }),
  recognises: record => formOf(record) !== undefined,
  flat,
  eventId,
  eventTime,
  normalise,
}

/** REST has an id; elsewhere correlation, operation, status and time tell records apart. */
function eventId(record: JsonObject): string | undefined {
  const own = text(record['eventDataId'] ?? record['EventDataId'])
  const correlation = text(record['correlationId'])
  const time = eventTime(record)
  if (own !== undefined) return own
  if (correlation === undefined || time === undefined) return
  const parts = [correlation, time, text(record['operationName']), text(record['resultType'])]
  return [...parts, text(record['resourceId'])].filter(part => part !== undefined).join(' ')
}

function eventTime(record: JsonObject): string | undefined {
  return text(record['time'] ?? record['eventTimestamp'] ?? record['p_event_time'])
}

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const caller = callerOf(record)
  const claims = at(record, 'identity', 'claims') ?? at(record, 'claims')
  const resource = own('resourceId')
  const outcome = outcomeOf(own('resultType'))
  return normalEvent({
    id: eventId(record),
    timeText: eventTime(record),
    service: own('ResourceProviderValue'),
    action: own('operationName'),
    outcome,
    error: outcome === 'denied' ? (own('resultSignature') ?? own('resultType')) : undefined,
    errorMessage: textAt(record, 'properties', 'message') ?? own('resultDescription'),
    account: subscriptionOf(resource) ?? own('subscriptionId') ?? own('SubscriptionId') ?? own('tenantId'),
    region: own('location'),
    actor: {
      type:
        textAt(record, 'identity', 'authorization', 'evidence', 'principalType') ?? textAt(claims, 'idtyp'),
      principal: caller,
      name: caller,
      role: textAt(record, 'identity', 'authorization', 'evidence', 'role'),
      session: own('correlationId'),
      key: textAt(claims, 'uti'),
    },
    address: plainAddress(own('callerIpAddress')),
    resources: [resource],
  })
}

function subscriptionOf(resource: string | undefined): string | undefined {
  return /^\/subscriptions\/([^/]+)/i.exec(resource ?? '')?.[1]?.toLowerCase()
}

const DONE: ReadonlySet<string> = new Set(['success', 'succeeded', 'accept', 'accepted', 'created', 'ok'])
const FAILED: ReadonlySet<string> = new Set(['failure', 'failed', 'canceled', 'forbidden', 'unauthorized'])

/** That an operation was begun does not say how it ended. */
function outcomeOf(result: string | undefined): EventOutcome {
  const word = result?.split('.')[0]?.toLowerCase() ?? ''
  if (DONE.has(word)) return 'succeeded'
  return FAILED.has(word) ? 'denied' : 'unknown'
}
