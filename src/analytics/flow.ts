import type { Provider } from '../context/bucket-verdict.ts'
import { networkVerdict } from '../context/network-verdict.ts'
import { named } from '../core/named.ts'
import { type AnalyticEvent, first, type World } from './analytic.ts'
import { awsFlows, azureFlows, gcpFlows } from './flow-bases.ts'

/** A connection of a machine to outside of its network. */
export interface Flow {
  readonly provider: Provider
  readonly event: AnalyticEvent
  readonly machine?: string
  /** Interface, or its hardware address. */
  readonly interface?: string
  readonly network?: string
  readonly account?: string
  readonly from: string
  readonly to: string
  readonly port: number
  readonly bytes: number
  readonly asn?: string
  /** A service of the cloud to which the other end belongs. */
  readonly service?: string
}

const BASES: Readonly<Record<string, (event: AnalyticEvent) => Flow | undefined>> = {
  [awsFlows.rule.meta.id]: awsFlow,
  [gcpFlows.rule.meta.id]: gcpFlow,
  [azureFlows.rule.meta.id]: azureFlow,
}

/** The flow that an event tells of; `undefined` if it is none, or the answer to somebody who asked. */
export function flowOf(event: AnalyticEvent): Flow | undefined {
  return Object.hasOwn(BASES, event.base) ? BASES[event.base]?.(event) : undefined
}

/** Whose is the other end? Nothing leaves where it is one's own; the clock beside a machine is everybody's. */
export function leaves(world: World, { to, port, asn }: Flow): 'no' | 'yes' | 'blocked' {
  if (port === 123) return 'no'
  const number = asn === undefined ? {} : { asn: Number(asn) }
  const { verdict, rule } = networkVerdict(world.context, to, number)
  if (rule === 'blocked') return 'blocked'
  return verdict === 'internal' ? 'no' : 'yes'
}

function awsFlow(event: AnalyticEvent): Flow | undefined {
  const own = (name: string): string | undefined => first(event, name)
  // Through a gateway endpoint (7) or an interface endpoint a service of the cloud is reached, not the internet.
  if (own('flow-direction') === 'ingress' || own('traffic-path') === '7') return undefined
  const from = own('srcaddr')
  const to = own('pkt-dstaddr') ?? own('dstaddr')
  if (from === undefined || to === undefined || isAnswer(event)) return undefined
  return {
    provider: 'aws',
    event,
    from,
    to,
    port: numberOf(own('dstport')),
    bytes: numberOf(own('bytes')),
    ...named('machine', own('instance-id')),
    ...named('interface', own('interface-id')),
    ...named('network', own('vpc-id')),
    ...named('account', own('account-id')),
    ...named('service', own('pkt-dst-aws-service')),
  }
}

/** What a server sends to who called it: its flags hold SYN and ACK, or its port is one that servers listen on. */
function isAnswer(event: AnalyticEvent): boolean {
  const flags = first(event, 'tcp-flags')
  if (flags !== undefined) {
    const bits = numberOf(flags)
    if ((bits & 2) !== 0) return (bits & 16) !== 0
  }
  const from = numberOf(first(event, 'srcport'))
  return from > 0 && from < 1024 && numberOf(first(event, 'dstport')) >= 1024
}

function gcpFlow(event: AnalyticEvent): Flow | undefined {
  const own = (name: string): string | undefined => first(event, `jsonPayload.${name}`)
  const [project, zone, machine] = ['project_id', 'zone', 'vm_name'].map(name => own(`src_instance.${name}`))
  const from = own('connection.src_ip')
  const to = own('connection.dest_ip')
  if (machine === undefined || from === undefined || to === undefined) return undefined
  return {
    provider: 'gcp',
    event,
    from,
    to,
    machine: `${project}/${zone}/${machine}`,
    port: numberOf(own('connection.dest_port')),
    bytes: numberOf(own('bytes_sent')),
    ...named('network', project),
    ...named('asn', own('dest_location.asn')),
  }
}

function azureFlow(event: AnalyticEvent): Flow | undefined {
  const own = (name: string): string | undefined => first(event, name)
  const from = own('srcIp')
  const to = own('destIp')
  if (own('direction') === 'inbound' || from === undefined || to === undefined) return undefined
  const [, subscription, group] =
    /\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(
      own('targetResourceID') ?? own('resourceId') ?? '',
    ) ?? []
  return {
    provider: 'azure',
    event,
    from,
    to,
    port: numberOf(own('destPort')),
    bytes: numberOf(own('bytesSent')),
    ...named('machine', own('VMName')?.toLowerCase()),
    ...named('interface', own('macAddress')),
    ...named('network', subscription === undefined ? undefined : `${subscription}/${group}`.toLowerCase()),
  }
}

function numberOf(text: string | undefined): number {
  const number = Number(text)
  return Number.isFinite(number) ? number : 0
}
