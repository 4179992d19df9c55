import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import { at, listOf, text, textAt } from '../members.ts'

/** One object for each flow of a record of NSG or VNet flow logs; `undefined` if the object is no such record. */
export function flowsOf(object: JsonObject): readonly JsonObject[] | undefined {
  const { category } = object
  if (object['flow.0'] !== undefined) return [...listedFlows(object)]
  if (category === 'NetworkSecurityGroupFlowEvent') return [...securityGroupFlows(object)]
  return category === 'FlowLogFlowEvent' || isObject(object['flowRecords'])
    ? [...networkFlows(object)]
    : undefined
}

/** `properties.flows[].flows[].flowTuples[]`, versions 1 and 2. */
function* securityGroupFlows(object: JsonObject): Generator<JsonObject> {
  for (const rule of listOf(at(object, 'properties', 'flows'))) {
    for (const group of listOf(at(rule, 'flows'))) {
      for (const tuple of listOf(at(group, 'flowTuples'))) {
        const flow = securityGroupFlow(text(tuple) ?? '')
        yield {
          ...around(object),
          macAddress: at(group, 'mac') ?? null,
          rule: at(rule, 'rule') ?? null,
          ...flow,
        }
      }
    }
  }
}

/** `flowRecords.flows[].flowGroups[].flowTuples[]`. */
function* networkFlows(object: JsonObject): Generator<JsonObject> {
  for (const flow of listOf(at(object, 'flowRecords', 'flows'))) {
    for (const group of listOf(at(flow, 'flowGroups'))) {
      for (const tuple of listOf(at(group, 'flowTuples'))) {
        const rule = { rule: at(group, 'rule') ?? null, aclId: at(flow, 'aclID') ?? null }
        yield { ...around(object), ...rule, ...networkFlow(text(tuple) ?? '') }
      }
    }
  }
}

/** Collectors that take the record apart have `flow.0`, `flow.1` … beside the rest. */
function* listedFlows(object: JsonObject): Generator<JsonObject> {
  const operation = text(object['operationName']) ?? ''
  for (let number = 0; number < MOST_LISTED; number += 1) {
    const tuple = text(object[`flow.${number}`])
    if (tuple === undefined) return
    const flow = operation.startsWith('FlowLog') ? networkFlow(tuple) : securityGroupFlow(tuple)
    yield { ...around(object), rule: object['rule'] ?? null, ...flow }
  }
}

const MOST_LISTED = 10_000

const KEPT: readonly string[] = [
  'time',
  'systemId',
  'resourceId',
  'flowLogResourceID',
  'targetResourceID',
  'macAddress',
]

function around(object: JsonObject): JsonObject {
  const kept: { [name: string]: Json } = { flowTuple: true }
  for (const name of KEPT) {
    const value = textAt(object, name)
    if (value !== undefined) kept[name] = value
  }
  return kept
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  T: 'tcp',
  U: 'udp',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
}
const DIRECTIONS: Readonly<Record<string, string>> = { I: 'inbound', O: 'outbound' }
/** `A` and `D`, by which flow logs and traffic analytics say whether a flow was let through. */
export const DECISIONS: Readonly<Record<string, string>> = { A: 'allowed', D: 'denied' }
const STATES: Readonly<Record<string, string>> = { B: 'begin', C: 'continuing', E: 'end', D: 'denied' }

/** `1542110377,10.0.0.4,203.0.113.9,44931,443,T,O,A,B,,,,` */
function securityGroupFlow(tuple: string): JsonObject {
  const [time, from, to, fromPort, toPort, protocol, direction, decision, state, ...counts] = tuple.split(',')
  return flow({ time, from, to, fromPort, toPort, protocol, direction, state, counts, decision })
}

/** `1663146003599,10.0.0.6,192.0.2.180,23956,443,6,O,B,NX,0,0,0,0` */
function networkFlow(tuple: string): JsonObject {
  const [time, from, to, fromPort, toPort, protocol, direction, state, encryption, ...counts] =
    tuple.split(',')
  const decision = state === 'D' ? 'D' : 'A'
  return {
    ...flow({ time, from, to, fromPort, toPort, protocol, direction, state, counts, decision }),
    encryption: encryption ?? null,
  }
}

interface Parts {
  readonly time: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  readonly fromPort: string | undefined
  readonly toPort: string | undefined
  readonly protocol: string | undefined
  readonly direction: string | undefined
  readonly decision: string | undefined
  readonly state: string | undefined
  /** Packets and bytes from the source, packets and bytes back. */
  readonly counts: readonly string[]
}

function flow(parts: Parts): JsonObject {
  const [packets, bytes, packetsBack, bytesBack] = parts.counts
  const named: { readonly [name: string]: string | undefined } = {
    flowTime: parts.time,
    srcIp: parts.from,
    destIp: parts.to,
    srcPort: parts.fromPort,
    destPort: parts.toPort,
    protocol: PROTOCOLS[parts.protocol ?? ''] ?? parts.protocol,
    direction: DIRECTIONS[parts.direction ?? ''] ?? parts.direction,
    decision: DECISIONS[parts.decision ?? ''] ?? parts.decision,
    state: STATES[parts.state ?? ''] ?? parts.state,
    packetsSent: packets,
    bytesSent: bytes,
    packetsReceived: packetsBack,
    bytesReceived: bytesBack,
  }
  const kept: { [name: string]: Json } = {}
  for (const [name, value] of Object.entries(named))
    if (value !== undefined && value !== '') kept[name] = value
  return kept
}
