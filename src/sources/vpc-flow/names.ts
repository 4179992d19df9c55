import { ownNames } from '../own-names.ts'

/** Fields of the default format, in its order. */
export const DEFAULT_ORDER: readonly string[] = [
  ...['version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol'],
  ...['packets', 'bytes', 'start', 'end', 'action', 'log-status'],
]

/** Fields of versions 3 to 10; a newer one in a header is taken by the name that it has there. */
const LATER: readonly string[] = [
  ...['vpc-id', 'subnet-id', 'instance-id', 'tcp-flags', 'type', 'pkt-srcaddr', 'pkt-dstaddr'],
  ...['region', 'az-id', 'sublocation-type', 'sublocation-id'],
  ...['pkt-src-aws-service', 'pkt-dst-aws-service', 'flow-direction', 'traffic-path'],
  ...['ecs-cluster-arn', 'ecs-cluster-name', 'ecs-container-instance-arn', 'ecs-container-instance-id'],
  ...['ecs-container-id', 'ecs-second-container-id', 'ecs-service-name', 'ecs-task-definition-arn'],
  ...['ecs-task-arn', 'ecs-task-id', 'reject-reason', 'resource-id', 'encryption-status'],
]

/** The field's own name: `account_id`, `accountId` and `srcAddr` are `account-id`, `account-id` and `srcaddr`. */
export const ownName = ownNames([...DEFAULT_ORDER, ...LATER])
