import type { Json, JsonObject } from '../../core/json.ts'
import { parseTime } from '../../core/time.ts'
import { at, listOf, text, textAt } from '../members.ts'
import { type Growing, growing, put } from '../put.ts'
import { ownName } from '../vpc-flow/names.ts'
import { timeOf } from './trail-record.ts'
import { unmapped } from './unmapped.ts'

/** The record of a VPC flow log that an event of Network Activity was made of, beside OCSF's members. */
export function flowRecord(record: JsonObject): JsonObject {
  const own = (...path: readonly string[]): string | undefined => textAt(record, ...path)
  const flow = growing(record)
  const set = setter(flow)
  set('version', own('metadata', 'product', 'version'))
  set('account-id', own('cloud', 'account', 'uid') ?? own('cloud', 'account_uid'))
  set('region', own('cloud', 'region'))
  set('az-id', own('cloud', 'zone'))
  addEnd(flow, 'src', at(record, 'src_endpoint'))
  addEnd(flow, 'dst', at(record, 'dst_endpoint'))
  for (const [member, name] of INTERFACE)
    set(name, own('src_endpoint', member) ?? own('dst_endpoint', member))
  set('protocol', own('connection_info', 'protocol_num'))
  set('tcp-flags', own('connection_info', 'tcp_flags'))
  set('type', own('connection_info', 'protocol_ver'))
  set('flow-direction', DIRECTIONS.get(own('connection_info', 'direction') ?? ''))
  set('packets', own('traffic', 'packets'))
  set('bytes', own('traffic', 'bytes'))
  set('start', seconds(record, 'start_time') ?? seconds(record, 'time'))
  set('end', seconds(record, 'end_time') ?? seconds(record, 'time'))
  put(flow, 'action', ACTIONS.get(own('action') ?? own('disposition') ?? '') ?? 'unknown')
  set('log-status', own('status_code') ?? 'OK')
  for (const [name, value] of unmapped(record)) set(ownName(name), text(value))
  return flow
}

const INTERFACE = [
  ['interface_uid', 'interface-id'],
  ['instance_uid', 'instance-id'],
  ['subnet_uid', 'subnet-id'],
  ['vpc_uid', 'vpc-id'],
] as const
const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['Inbound', 'ingress'],
  ['Outbound', 'egress'],
])
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['Allowed', 'ACCEPT'],
  ['Denied', 'REJECT'],
  ['Blocked', 'REJECT'],
])

/** `-` is nothing; what is there stays. */
function setter(record: Growing): (name: string, value: string | undefined) => void {
  return (name, value) => {
    if (value !== undefined && value !== '-' && !Object.hasOwn(record, name)) put(record, name, value)
  }
}

/** Behind a gateway the address of the interface is an intermediate one, and the end's own that of the packet. */
function addEnd(flow: Growing, end: 'src' | 'dst', endpoint: Json | undefined): void {
  const set = setter(flow)
  const address = textAt(endpoint, 'ip')
  const [between] = listOf(at(endpoint, 'intermediate_ips'))
  set(`${end}addr`, text(between) ?? address)
  if (between !== undefined) set(`pkt-${end}addr`, address)
  set(`${end}port`, textAt(endpoint, 'port'))
  set(`pkt-${end}-aws-service`, textAt(endpoint, 'svc_name'))
}

/** Flow logs count seconds. */
function seconds(record: JsonObject, name: string): string | undefined {
  const written = text(record[name]) ?? text(record[`${name}_dt`])
  const time = written === undefined ? undefined : parseTime(written)
  return time === undefined ? undefined : String(Math.floor(time / 1000))
}

/** The query to Route 53's resolver that an event of DNS Activity was made of, beside OCSF's members. */
export function queryRecord(record: JsonObject): JsonObject {
  const own = (...path: readonly string[]): string | undefined => textAt(record, ...path)
  const query = growing(record)
  const set = setter(query)
  set('query_timestamp', timeOf(record))
  set('query_name', own('query', 'hostname'))
  set('query_type', own('query', 'type'))
  set('query_class', own('query', 'class'))
  set('account_id', own('cloud', 'account', 'uid') ?? own('cloud', 'account_uid'))
  set('region', own('cloud', 'region'))
  set('vpc_id', own('src_endpoint', 'vpc_uid'))
  set('srcaddr', own('src_endpoint', 'ip'))
  set('srcport', own('src_endpoint', 'port'))
  set('transport', own('connection_info', 'protocol_name'))
  const instance = own('src_endpoint', 'instance_uid')
  if (instance !== undefined) put(query, 'srcids', { instance })
  put(
    query,
    'answers',
    listOf(record['answers']).map(answer => ({
      Rdata: textAt(answer, 'rdata') ?? null,
      Type: textAt(answer, 'type') ?? null,
      Class: textAt(answer, 'class') ?? null,
    })),
  )
  for (const [name, value] of unmapped(record)) set(name, text(value))
  return query
}
