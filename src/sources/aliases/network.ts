import { FLOW_FIELDS } from '../vpc-flow/names.ts'
import type { Alias, Aliases } from './alias.ts'
import { addressOf, always, same } from './words.ts'

const PROTOCOLS = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmp6' }

/** Fields of CIM's Network_Traffic, of ECS and of OCSF's Network Activity, by where they stand in a kind of flow log. */
interface Flow {
  readonly from: Alias
  readonly to: Alias
  readonly fromPort: Alias
  readonly toPort: Alias
  readonly protocol: Alias
  readonly action: Alias
  readonly bytes: Alias
  readonly packets: Alias
  readonly direction: Alias
  readonly device: Alias
  readonly product: string
}

function flowAliases(flow: Flow): Aliases {
  return {
    src: flow.from,
    src_ip: flow.from,
    dest: flow.to,
    dest_ip: flow.to,
    src_port: flow.fromPort,
    dest_port: flow.toPort,
    transport: flow.protocol,
    action: flow.action,
    bytes_out: flow.bytes,
    packets_out: flow.packets,
    direction: flow.direction,
    dvc: flow.device,
    vendor_product: always(flow.product),
    tag: always('network'),
    'source.ip': flow.from,
    'source.port': flow.fromPort,
    'source.bytes': flow.bytes,
    'destination.ip': flow.to,
    'destination.port': flow.toPort,
    'network.transport': flow.protocol,
    'network.direction': flow.direction,
    'src_endpoint.ip': flow.from,
    'src_endpoint.port': flow.fromPort,
    'dst_endpoint.ip': flow.to,
    'dst_endpoint.port': flow.toPort,
    'connection_info.protocol_name': flow.protocol,
    'traffic.bytes': flow.bytes,
  }
}

/** Athena, Parquet and most collectors write `_` for `-`. */
const underscored: Aliases = Object.fromEntries(
  FLOW_FIELDS.filter(name => name.includes('-')).map(name => [name.replaceAll('-', '_'), same(name)]),
)

/** Names of other products for VPC flow logs. */
export const vpcFlowAliases: Aliases = {
  ...underscored,
  ...flowAliases({
    from: same('srcaddr', 'pkt-srcaddr'),
    to: same('dstaddr', 'pkt-dstaddr'),
    fromPort: same('srcport'),
    toPort: same('dstport'),
    protocol: { of: ['protocol'], values: PROTOCOLS },
    action: { of: ['action'], values: { ACCEPT: 'allowed', REJECT: 'blocked' } },
    bytes: same('bytes'),
    packets: same('packets'),
    direction: { of: ['flow-direction'], values: { ingress: 'inbound', egress: 'outbound' } },
    device: same('interface-id'),
    product: 'Amazon VPC Flow Logs',
  }),
  vpcflow_action: same('action'),
  aws_account_id: same('account-id'),
  vendor_account: same('account-id'),
  dest_ip: same('dstaddr', 'pkt-dstaddr'),
  protocol_code: same('protocol'),
  start_time: same('start'),
  end_time: same('end'),
  'cloud.account.id': same('account-id'),
  'cloud.account.uid': same('account-id'),
}

const connection = (name: string): Alias => same(`jsonPayload.connection.${name}`)

/** Names of other products for Google Cloud's flow logs. */
export const gcpFlowAliases: Aliases = {
  ...flowAliases({
    from: connection('src_ip'),
    to: connection('dest_ip'),
    fromPort: connection('src_port'),
    toPort: connection('dest_port'),
    protocol: { of: ['jsonPayload.connection.protocol'], values: PROTOCOLS },
    action: {
      of: ['jsonPayload.disposition'],
      values: { DENIED: 'blocked', ALLOWED: 'allowed' },
      otherwise: 'allowed',
    },
    bytes: same('jsonPayload.bytes_sent'),
    packets: same('jsonPayload.packets_sent'),
    direction: same('jsonPayload.reporter'),
    device: same('jsonPayload.src_instance.vm_name', 'jsonPayload.dest_instance.vm_name'),
    product: 'Google Cloud VPC Flow Logs',
  }),
  bytes: same('jsonPayload.bytes_sent'),
  packets: same('jsonPayload.packets_sent'),
  protocol: { of: ['jsonPayload.connection.protocol'], values: PROTOCOLS },
}

/** Names of other products for Azure's flow logs. */
export const azureFlowAliases: Aliases = {
  ...flowAliases({
    from: addressOf('srcIp'),
    to: addressOf('destIp'),
    fromPort: same('srcPort'),
    toPort: same('destPort'),
    protocol: same('protocol'),
    action: { of: ['decision'], values: { allowed: 'allowed', denied: 'blocked' } },
    bytes: same('bytesSent'),
    packets: same('packetsSent'),
    direction: same('direction'),
    device: same('VMName', 'macAddress'),
    product: 'Azure Network Watcher',
  }),
  bytes: same('bytesSent'),
  bytes_in: same('bytesReceived'),
  packets_in: same('packetsReceived'),
  packets: same('packetsSent'),
}

/** Names of other products for queries to Route 53's resolver: CIM's Network_Resolution. */
export const route53Aliases: Aliases = {
  src: same('srcaddr'),
  src_ip: same('srcaddr'),
  src_port: same('srcport'),
  query: same('query_name'),
  record_type: same('query_type'),
  reply_code: same('rcode'),
  answer: same('answers{}.Rdata'),
  dest: same('vpc_id'),
  action: { of: ['firewall_rule_action'], values: { BLOCK: 'blocked', ALLOW: 'allowed', ALERT: 'allowed' } },
  vendor_account: same('account_id'),
  aws_account_id: same('account_id'),
  vendor_region: same('region'),
  vendor_product: always('Amazon Route 53 Resolver'),
  tag: always('dns'),
  'dns.question.name': same('query_name'),
  'dns.question.type': same('query_type'),
  'dns.response_code': same('rcode'),
  'source.ip': same('srcaddr'),
  'src_endpoint.ip': same('srcaddr'),
  'query.hostname': same('query_name'),
}

const remote = same(
  ...[
    'service.action.networkConnectionAction.remoteIpDetails.ipAddressV4',
    'service.action.awsApiCallAction.remoteIpDetails.ipAddressV4',
    'service.action.kubernetesApiCallAction.remoteIpDetails.ipAddressV4',
    'service.action.portProbeAction.portProbeDetails{}.remoteIpDetails.ipAddressV4',
  ],
)

/** Names of CIM and ECS for findings of GuardDuty. */
export const guarddutyAliases: Aliases = {
  src: remote,
  src_ip: remote,
  dest: same('resource.instanceDetails.instanceId', 'resource.s3BucketDetails{}.name'),
  user: same('resource.accessKeyDetails.userName'),
  signature: same('type'),
  signature_id: same('id'),
  severity_id: same('severity'),
  description: same('description', 'title'),
  app: always('GuardDuty'),
  vendor_account: same('accountId'),
  vendor_region: same('region'),
  vendor_product: always('Amazon GuardDuty'),
  tag: always('alert'),
  'event.action': same('type'),
  'source.ip': remote,
  'cloud.account.id': same('accountId'),
  'rule.name': same('type'),
}
