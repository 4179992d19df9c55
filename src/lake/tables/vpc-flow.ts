import { columns, type LakeTable } from './table.ts'

/** VPC flow logs. */
export const vpcFlowTable: LakeTable = {
  source: 'vpc-flow',
  promoted: [
    ...columns(
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
      'log-status',
      'vpc-id',
      'subnet-id',
      'instance-id',
      'pkt-srcaddr',
      'pkt-dstaddr',
      'flow-direction',
    ),
    { name: 'action', path: ['action'], column: 'flow_action' },
    { name: 'account-id', path: ['account-id'], column: 'flow_account_id' },
    { name: 'region', path: ['region'], column: 'flow_region' },
  ],
  parts: [],
}
