import type { EventOutcome, NormalEvent } from '../../core/event.ts'
import type { JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { text } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import { withOwnNames } from '../own-names.ts'
import type { Source } from '../source.ts'
import { ownName } from './names.ts'

/** Amazon VPC flow logs of versions 2 to 11 and those of transit gateways: text, JSON and Parquet. The record has the names of AWS, `account-id`. */
export const vpcFlow: Source = {
  id: 'vpc-flow',
  title: 'AWS VPC flow logs',
  tags: {
    sourcetypes: ['aws:cloudwatchlogs:vpcflow', 'aws:vpcflow', 'aws:s3:vpcflow'],
    sourceCategories: ['aws/vpcflow', 'aws/vpc/flow', 'vpcflow'],
  },
  answers: logsource =>
    says(logsource, {
      products: ['aws'],
      services: ['vpcflow', 'vpc', 'vpc_flow', 'vpcflowlogs', 'netflow'],
      categories: ['netflow', 'network_connection', 'firewall'],
    }),
  recognises,
  flat: record => withOwnNames(record, ownName),
  eventId,
  eventTime: record => text(record['start']),
  normalise,
}

/** A window in which there was nothing to record, or in which records were skipped, is no flow. */
export function windowWithout(record: JsonObject): 'NODATA' | 'SKIPDATA' | undefined {
  const status = record['log-status'] ?? record['log_status'] ?? record['logStatus']
  return status === 'NODATA' || status === 'SKIPDATA' ? status : undefined
}

function recognises(record: JsonObject): boolean {
  const from = record['srcaddr'] ?? record['srcAddr'] ?? record['pkt-srcaddr'] ?? record['pkt_srcaddr']
  // Panther says what kind of log its rows are, also where they are cut down.
  if (from === undefined) return record['p_log_type'] === 'AWS.VPCFlow' || isPart(record)
  const to = record['dstaddr'] ?? record['dstAddr'] ?? record['pkt-dstaddr'] ?? record['pkt_dstaddr']
  return to !== undefined && windowWithout(record) === undefined
}

/** A custom format may leave the addresses out. */
function isPart(record: JsonObject): boolean {
  return record['interface-id'] !== undefined && record['log-status'] === 'OK'
}

/** A flow has no id: what it says is its id, so that copies of the line are one. */
function eventId(record: JsonObject): string | undefined {
  if (record['start'] === undefined && record['end'] === undefined) return
  let id = ''
  for (const name of IDENTITY) id += `${text(record[name]) ?? '-'} `
  // Gateways have no interface of their own.
  return `${id}${text(record['tgw-attachment-id'] ?? record['resource-id']) ?? ''}`.trimEnd()
}

const IDENTITY: readonly string[] = [
  ...['account-id', 'interface-id', 'srcaddr', 'srcport', 'dstaddr', 'dstport', 'protocol', 'start', 'end'],
  ...['action', 'packets', 'bytes', 'pkt-srcaddr', 'pkt-dstaddr', 'flow-direction', 'tcp-flags'],
]

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  return normalEvent({
    id: eventId(record),
    timeText: own('start'),
    service: 'vpc-flow',
    action: own('action'),
    outcome: outcomeOf(own('action')),
    error: own('reject-reason'),
    account: own('account-id'),
    region: own('region'),
    actor: { principal: own('instance-id') ?? own('interface-id') ?? own('tgw-attachment-id') },
    address: own('pkt-srcaddr') ?? own('srcaddr'),
    resources: [
      ...[own('interface-id'), own('instance-id'), own('vpc-id'), own('dstaddr'), own('resource-id')],
      ...[own('tgw-id'), own('tgw-attachment-id'), own('tgw-pair-attachment-id')],
    ],
  })
}

function outcomeOf(action: string | undefined): EventOutcome {
  if (action === 'ACCEPT') return 'succeeded'
  return action === 'REJECT' ? 'denied' : 'unknown'
}
