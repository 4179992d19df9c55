import type { BriefEvent, NormalEvent } from '../../core/event.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { parseTime } from '../../core/time.ts'
import { defined } from '../defined.ts'
import { actorOf, whoOf } from './actor.ts'
import { endingOf } from './outcome.ts'
import { filled } from './read.ts'
import { resourcesOf } from './resources.ts'

/** Never throws, whatever stands where: what has the wrong type counts as absent. */
export function normalise(record: JsonObject): NormalEvent {
  const ending = endingOf(record)
  const actor = actorOf(record)
  const time = timeMember(record)
  return defined<NormalEvent>({
    id: eventId(record),
    time: typeof time === 'string' || typeof time === 'number' ? parseTime(time) : undefined,
    timeText: filled(time),
    service: filled(record['eventSource']),
    action: filled(record['eventName']),
    outcome: ending.outcome,
    error: ending.error,
    errorMessage: ending.message,
    account: filled(record['recipientAccountId']) ?? actor.account,
    region: filled(record['awsRegion']),
    actor,
    address: filled(record['sourceIPAddress']),
    userAgent: filled(record['userAgent']),
    resources: resourcesOf(record),
  })
}

/** A part of what `normalise` says. */
export function brief(record: JsonObject): BriefEvent {
  const actor = whoOf(record)
  return {
    action: filled(record['eventName']),
    outcome: endingOf(record).outcome,
    account: filled(record['recipientAccountId']) ?? actor.account,
    region: filled(record['awsRegion']),
    actor,
    address: filled(record['sourceIPAddress']),
    resources: resourcesOf(record),
  }
}

/** `eventID` as written. */
export function eventId(record: JsonObject): string | undefined {
  return filled(record['eventID'])
}

/** The event's time as written. */
export function eventTime(record: JsonObject): string | undefined {
  return filled(timeMember(record))
}

/** Logstash's CloudTrail codec moves the time to `@timestamp`; Panther's cut-down rows keep only their own. */
function timeMember(record: JsonObject): Json | undefined {
  return record['eventTime'] ?? record['@timestamp'] ?? record['p_event_time']
}
