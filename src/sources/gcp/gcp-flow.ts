import type { NormalEvent } from '../../core/event.ts'
import { isObject, type JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { textAt, withMembers } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { entryId, entryOf, entryTime, projectOf } from './entry.ts'

/** Google Cloud VPC flow logs. Both ends may report a flow; each report is an event. */
export const gcpFlow: Source = {
  id: 'gcp-flow',
  title: 'Google Cloud VPC flow logs',
  tags: {
    sourcetypes: ['google:gcp:pubsub:message', 'google:gcp:vpcflow'],
    sourceCategories: ['gcp/vpcflow', 'gcp/vpc', 'gcp'],
  },
  answers: logsource =>
    says(logsource, {
      products: ['gcp'],
      services: ['gcp.vpcflow', 'vpcflow', 'vpc_flows'],
      categories: ['netflow', 'network_connection', 'firewall'],
    }),
  recognises,
  flat,
  eventId: entryId,
  eventTime: record => textAt(record, 'jsonPayload', 'start_time') ?? entryTime(record),
  normalise,
}

function recognises(record: JsonObject): boolean {
  const payload = entryOf(record)?.['jsonPayload']
  return isObject(payload) && isObject(payload['connection'])
}

function flat(record: JsonObject): JsonObject {
  const entry = entryOf(record) ?? record
  return withMembers(entry, { data: entry })
}

function normalise(record: JsonObject): NormalEvent {
  const own = (...path: readonly string[]): string | undefined => textAt(record, 'jsonPayload', ...path)
  const firewall = own('disposition')
  return normalEvent({
    id: entryId(record),
    timeText: own('start_time') ?? entryTime(record),
    service: 'gcp-flow',
    action: own('reporter') === undefined ? firewall : `reported by ${own('reporter')}`,
    outcome: firewall === 'DENIED' ? 'denied' : 'succeeded',
    account: projectOf(record),
    region: textAt(record, 'resource', 'labels', 'location'),
    actor: { principal: own('src_instance', 'vm_name') },
    address: own('connection', 'src_ip'),
    resources: [own('connection', 'dest_ip'), own('dest_instance', 'vm_name')],
  })
}
