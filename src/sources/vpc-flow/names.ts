import { ownNames } from '../own-names.ts'

/** Fields of the default format, in its order. */
export const DEFAULT_ORDER: readonly string[] = [
  ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
  ...['packets', 'bytes', 'start', 'end', 'action', 'log-status'],
]

/** Fields of versions 3 to 11; a newer one in a header is taken by the name that it has there. */
const LATER: readonly string[] = [
  ...['vpc-id', 'subnet-id', 'instance-id', 'tcp-flags', 'type', 'pkt-srcaddr', 'pkt-dstaddr'],
  ...['region', 'az-id', 'sublocation-type', 'sublocation-id'],
  ...['pkt-src-aws-service', 'pkt-dst-aws-service', 'flow-direction', 'traffic-path'],
  ...['ecs-cluster-arn', 'ecs-cluster-name', 'ecs-container-instance-arn', 'ecs-container-instance-id'],
  ...['ecs-container-id', 'ecs-second-container-id', 'ecs-service-name', 'ecs-task-definition-arn'],
  ...['ecs-task-arn', 'ecs-task-id', 'reject-reason', 'resource-id', 'encryption-status'],
  ...['interface-type', 'next-hop-interface-id', 'next-hop-subnet-id', 'next-hop-az-id', 'next-hop-vpc-id'],
  'next-hop-interface-type',
]

/** All fields of the flow logs of a transit gateway, which are its default format, in its order. */
export const TRANSIT_ORDER: readonly string[] = [
  ...['version', 'resource-type', 'account-id', 'tgw-id', 'tgw-attachment-id', 'tgw-src-vpc-account-id'],
  ...['tgw-dst-vpc-account-id', 'tgw-src-vpc-id', 'tgw-dst-vpc-id', 'tgw-src-subnet-id', 'tgw-dst-subnet-id'],
  ...['tgw-src-eni', 'tgw-dst-eni', 'tgw-src-az-id', 'tgw-dst-az-id', 'tgw-pair-attachment-id', 'srcaddr'],
  ...['dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end', 'log-status', 'type'],
  ...['packets-lost-no-route', 'packets-lost-blackhole', 'packets-lost-mtu-exceeded'],
  ...['packets-lost-ttl-expired', 'tcp-flags', 'region', 'flow-direction', 'pkt-src-aws-service'],
  'pkt-dst-aws-service',
]

/** Every field, each once. */
export const FLOW_FIELDS: readonly string[] = [...new Set([...DEFAULT_ORDER, ...LATER, ...TRANSIT_ORDER])]

/** The field's own name: `account_id`, `accountId` and `srcAddr` are `account-id`, `account-id` and `srcaddr`. */
export const ownName = ownNames(FLOW_FIELDS)
