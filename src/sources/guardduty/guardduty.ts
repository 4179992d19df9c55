import type { NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { text, textAt } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'

/** Findings of Amazon GuardDuty, as it exports them and as EventBridge hands them on. They are verdicts of others, no acts. */
export const guardduty: Source = {
  id: 'guardduty',
  title: 'Amazon GuardDuty findings',
  tags: {
    sourcetypes: ['aws:guardduty', 'aws:cloudwatch:guardduty'],
    sourceCategories: ['aws/guardduty'],
  },
  answers: logsource => says(logsource, { products: ['aws'], services: ['guardduty'] }),
  recognises: record =>
    textAt(record, 'service', 'serviceName') === 'guardduty' && record['type'] !== undefined,
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
  const action = ['service', 'action', 'networkConnectionAction', 'remoteIpDetails', 'ipAddressV4'] as const
  return normalEvent({
    id: eventId(record),
    timeText: timeOf(record),
    service: 'guardduty',
    action: text(record['type']),
    outcome: 'unknown',
    account: text(record['accountId']),
    region: text(record['region']),
    actor: { principal: user ?? machine, key },
    address: textAt(record, ...action),
    resources: [machine, text(record['arn'])],
  })
}
