import { type Expr, field } from '../plan/expr.ts'
import { is, or } from '../sources/conditions.ts'
import { base } from './base.ts'

/** Addresses to which nothing leaves the network of a machine. */
function inside(name: string): Expr {
  const networks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '127.0.0.0/8']
  return or(networks.map(text => ({ kind: 'cidr', of: field(name), network: { text } }) as const))
}

/** Whatever comes from: a machine may be known by a public address. */
function outwards(to: string): Expr {
  return both({ kind: 'exists', of: field(to) }, { kind: 'not', of: inside(to) })
}

function both(...of: readonly Expr[]): Expr {
  return { kind: 'and', of }
}

/** VPC flow logs. */
export const awsFlows = base({
  id: 'flows-aws',
  title: 'Connections of machines to outside of their networks',
  logsource: { product: 'aws', service: 'vpcflow' },
  where: both(outwards('dstaddr'), { kind: 'not', of: is('action', 'REJECT') }),
  carry: [
    ...['instance-id', 'interface-id', 'vpc-id', 'account-id', 'srcaddr', 'dstaddr', 'pkt-dstaddr'],
    ...['srcport', 'dstport', 'protocol', 'bytes', 'start', 'tcp-flags', 'traffic-path', 'flow-direction'],
    'pkt-dst-aws-service',
  ],
})

/** Flow logs of Google Cloud. */
export const gcpFlows = base({
  id: 'flows-gcp',
  title: 'Connections of machines on Google Cloud to outside',
  logsource: { product: 'gcp', service: 'gcp.vpcflow' },
  where: both(
    outwards('jsonPayload.connection.dest_ip'),
    { kind: 'not', of: is('jsonPayload.reporter', 'DEST') },
    { kind: 'not', of: is('jsonPayload.disposition', 'DENIED') },
  ),
  carry: [
    ...['project_id', 'zone', 'vm_name'].map(name => `jsonPayload.src_instance.${name}`),
    ...['src_ip', 'dest_ip', 'src_port', 'dest_port', 'protocol'].map(
      name => `jsonPayload.connection.${name}`,
    ),
    'jsonPayload.bytes_sent',
    'jsonPayload.dest_location.asn',
    'jsonPayload.src_vpc.project_id',
    'jsonPayload.src_vpc.vpc_name',
  ],
})

/** Flow logs of Azure. */
export const azureFlows = base({
  id: 'flows-azure',
  title: 'Connections of machines on Azure to outside',
  logsource: { product: 'azure', service: 'vnetflow' },
  where: both(outwards('destIp'), { kind: 'not', of: is('decision', 'denied') }),
  carry: [
    ...['macAddress', 'srcIp', 'destIp', 'srcPort', 'destPort', 'protocol', 'bytesSent', 'direction'],
    ...['targetResourceID', 'resourceId', 'VMName'],
  ],
})
