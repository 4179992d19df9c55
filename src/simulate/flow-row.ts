import type { Machine } from './organisation/types.ts'

/** What a flow log says of one direction of one conversation in one interval. */
export interface FlowRow {
  readonly machine: Machine
  /** The other end. */
  readonly peer: string
  readonly peerPort: number
  readonly port: number
  readonly direction: 'egress' | 'ingress'
  readonly protocol: 6 | 17
  readonly bytes: number
  readonly packets: number
  /** UTC ms. */
  readonly start: number
  readonly end: number
  readonly action?: 'ACCEPT' | 'REJECT'
  /** A service of the cloud to which the peer belongs. */
  readonly service?: string
  /** There was nothing to say: everything between is `-`. */
  readonly empty?: boolean
}

/** The fields of the default format, version 2, in its order. */
export const SHORT_FIELDS = [
  'version',
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
] as const

/** A format of somebody's own, whose newest fields are of version 5, in an order of its own. */
export const LONG_FIELDS = [
  'version',
  'vpc-id',
  'subnet-id',
  'instance-id',
  'interface-id',
  'account-id',
  'type',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'protocol',
  'bytes',
  'packets',
  'start',
  'end',
  'action',
  'tcp-flags',
  'log-status',
  'flow-direction',
  'traffic-path',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
] as const

/** The row in the format of its network. */
export function flowText(row: FlowRow): string {
  return row.machine.network.flowLog?.form === 'long' ? longText(row) : shortText(row)
}

function shortText(row: FlowRow): string {
  const { machine } = row
  const { from, to, fromPort, toPort } = endsOf(row)
  const span = `${seconds(row.start)} ${seconds(row.end)}`
  const head = `2 ${machine.network.account.id} ${machine.interfaceId}`
  if (row.empty === true) return `${head} - - - - - - - ${span} - NODATA`
  const ends = `${from} ${to} ${fromPort} ${toPort} ${row.protocol}`
  return `${head} ${ends} ${row.packets} ${row.bytes} ${span} ${row.action ?? 'ACCEPT'} OK`
}

function longText(row: FlowRow): string {
  const { machine, protocol, direction, service = '-' } = row
  const { network, subnet } = machine
  const span = `${seconds(row.start)} ${seconds(row.end)}`
  const head = `5 ${network.id} ${subnet.id} ${machine.id} ${machine.interfaceId} ${network.account.id}`
  if (row.empty === true) return `${head} - - - - - - - - - - ${span} - - NODATA - - - -`
  const { from, to, fromPort, toPort } = endsOf(row)
  const out = direction === 'egress'
  const ends = `IPv4 ${from} ${to} ${fromPort} ${toPort} ${from} ${to} ${protocol}`
  const flags = protocol !== 6 ? 0 : out ? 3 : 19
  const path = !out || row.peer.startsWith('10.') ? '-' : row.service === 'S3' ? 7 : 8
  const services = out ? `- ${service}` : `${service} -`
  const rest = `${row.action ?? 'ACCEPT'} ${flags} OK ${direction} ${path} ${services}`
  return `${head} ${ends} ${row.bytes} ${row.packets} ${span} ${rest}`
}

interface Ends {
  readonly from: string
  readonly to: string
  readonly fromPort: number
  readonly toPort: number
}

function endsOf({ machine, peer, peerPort, port, direction }: FlowRow): Ends {
  if (direction === 'egress') return { from: machine.address, to: peer, fromPort: port, toPort: peerPort }
  return { from: peer, to: machine.address, fromPort: peerPort, toPort: port }
}

function seconds(time: number): number {
  return Math.floor(time / 1000)
}
