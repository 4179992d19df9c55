import type { NormalEvent } from '../../core/event.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { says } from '../answering.ts'
import { text, timeColumn, withMembers } from '../members.ts'
import { normalEvent } from '../normal-event.ts'
import type { Source } from '../source.ts'
import { DECISIONS } from './tuples.ts'

/**
 * Flow logs of Azure: one event for each tuple of NSG and VNet flow logs, which `tuples.ts` takes apart, and rows of
 * traffic analytics (`AzureNetworkAnalytics_CL`, `NTANetAnalytics`), which sum up many.
 */
export const azureFlow: Source = {
  id: 'azure-flow',
  title: 'Azure flow logs',
  tags: {
    sourcetypes: ['mscs:nsg:flow', 'azure:nsg:flow', 'mscs:vnet:flow'],
    sourceCategories: ['azure/nsgflow', 'azure/network', 'azure/vnetflow'],
  },
  answers: logsource =>
    says(logsource, {
      products: ['azure'],
      services: ['nsgflow', 'vnetflow', 'networkflow', 'nsgflowlogs'],
      categories: ['netflow', 'network_connection', 'firewall'],
    }),
  recognises: record =>
    record['flowTuple'] === true ||
    ((record['FlowDirection'] ?? record['FlowDirection_s']) !== undefined && startOf(record) !== undefined),
  flat: record => (record['flowTuple'] === true ? record : withMembers(record, ofRow(record))),
  eventId,
  eventTime: record => text(record['flowTime'] ?? record['time']),
  normalise,
}

function startOf(record: JsonObject): string | undefined {
  return timeColumn(record, 'FlowStartTime') ?? timeColumn(record, 'FlowStartTime_t')
}

/** Columns of custom logs end in the letter of their type. */
function ofRow(record: JsonObject): { readonly [name: string]: Json | undefined } {
  const own = (name: string, letter = 's'): Json | undefined => record[name] ?? record[`${name}_${letter}`]
  const outbound = /^o/i.test(text(own('FlowDirection')) ?? '')
  const machine = own('VMIPAddress') ?? own('VMIP')
  const publicAddress = firstOf(own('AllExtIPs') ?? own('PublicIPs'))
  const from = own('SrcIP') ?? own('SrcIp') ?? firstOf(own('SrcPublicIPs') ?? own('SrcPublicIps'))
  const to = own('DestIP') ?? own('DestIp') ?? firstOf(own('DestPublicIPs') ?? own('DestPublicIps'))
  return {
    flowTime: startOf(record),
    srcIp: from ?? (outbound ? machine : publicAddress),
    destIp: to ?? (outbound ? publicAddress : machine),
    destPort: own('DestPort', 'd'),
    protocol: text(own('L4Protocol')) === 'U' ? 'udp' : 'tcp',
    direction: outbound ? 'outbound' : 'inbound',
    decision: DECISIONS[text(own('FlowStatus'))?.slice(0, 1).toUpperCase() ?? ''],
    rule: own('NSGRule') ?? own('AclRule'),
    bytesSent: own('BytesSrcToDest') ?? own('OutboundBytes', 'd'),
    bytesReceived: own('BytesDestToSrc') ?? own('InboundBytes', 'd'),
  }
}

/** Rows that sum up flows list public addresses with their counts: `203.0.113.9|1|0|0|20|10 198.51.100.7|…`. */
function firstOf(addresses: Json | undefined): string | undefined {
  return /^[^\s|]+/.exec(text(addresses) ?? '')?.[0]
}

/** A flow has no id: what it says is its id, so that copies of it are one. */
function eventId(record: JsonObject): string | undefined {
  return IDENTITY.map(name => text(record[name]) ?? '-').join(' ')
}

const IDENTITY: readonly string[] = [
  ...['flowTime', 'srcIp', 'srcPort', 'destIp', 'destPort', 'protocol', 'direction', 'decision', 'state'],
  ...['macAddress', 'rule', 'bytesSent', 'bytesReceived', 'VMName', 'FlowType', 'FlowEndTime'],
]

function normalise(record: JsonObject): NormalEvent {
  const own = (name: string): string | undefined => text(record[name])
  const decision = own('decision')
  return normalEvent({
    id: eventId(record),
    timeText: own('flowTime') ?? own('time'),
    service: 'azure-flow',
    action: decision,
    outcome: decision === 'denied' ? 'denied' : decision === undefined ? 'unknown' : 'succeeded',
    account: /^\/subscriptions\/([^/]+)/i
      .exec(own('resourceId') ?? own('targetResourceID') ?? '')?.[1]
      ?.toLowerCase(),
    region: own('VMRegion'),
    actor: { principal: own('VMName') ?? own('macAddress') },
    address: own('srcIp'),
    resources: [own('destIp'), own('resourceId') ?? own('targetResourceID')],
  })
}
