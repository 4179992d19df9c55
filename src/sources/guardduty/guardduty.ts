import type { NormalEvent } from '../../core/event.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { at, listOf, text, textAt, withMembers } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'

/**
 * Findings of Amazon GuardDuty, as it exports them and as EventBridge hands them on, with their names under `detail` too.
 * They are verdicts of others, no acts.
 */
export const guardduty: Source = {
  id: 'guardduty',
  title: 'Amazon GuardDuty findings',
  tags: {
    sourcetypes: ['aws:guardduty', 'aws:cloudwatch:guardduty', 'aws:cloudwatchlogs:guardduty'],
    sourceCategories: ['aws/guardduty'],
  },
  answers: logsource => says(logsource, { products: ['aws'], services: ['guardduty'] }),
  recognises: record =>
    textAt(record, 'service', 'serviceName') === 'guardduty' && record['type'] !== undefined,
  flat: record => withMembers(record, { detail: record }),
  eventId,
  eventTime: timeOf,
  normalise,
}

/** GuardDuty tells of a finding again when there is more of the same. */
function eventId(record: JsonObject): string | undefined {
  const id = text(record['id'])
  const updated = text(record['updatedAt'])
  return id === undefined || updated === undefined ? id : `${id} ${updated}`
}

function timeOf(record: JsonObject): string | undefined {
  return textAt(record, 'service', 'eventFirstSeen') ?? text(record['createdAt'])
}

function normalise(record: JsonObject): NormalEvent {
  const machine = textAt(record, 'resource', 'instanceDetails', 'instanceId')
  const key = textAt(record, 'resource', 'accessKeyDetails', 'accessKeyId')
  const user = textAt(record, 'resource', 'accessKeyDetails', 'userName')
  return normalEvent({
    id: eventId(record),
    timeText: timeOf(record),
    service: 'guardduty',
    action: text(record['type']),
    outcome: 'unknown',
    account: text(record['accountId']),
    region: text(record['region']),
    actor: { principal: user ?? machine, key },
    address: addressOf(at(record, 'service', 'action')),
    resources: [
      machine,
      ...listOf(at(record, 'resource', 's3BucketDetails')).map(
        bucket => textAt(bucket, 'arn') ?? textAt(bucket, 'name'),
      ),
      text(record['arn']),
    ],
  })
}

/** Each kind of action has the other side of its own. */
function addressOf(action: Json | undefined): string | undefined {
  const remote = ['remoteIpDetails', 'ipAddressV4'] as const
  return (
    textAt(action, 'networkConnectionAction', ...remote) ??
    textAt(action, 'awsApiCallAction', ...remote) ??
    textAt(action, 'kubernetesApiCallAction', ...remote) ??
    textAt(listOf(at(action, 'portProbeAction', 'portProbeDetails'))[0], ...remote)
  )
}
