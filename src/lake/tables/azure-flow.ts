import { columns, type LakeTable } from './table.ts'

/** Flow logs of Azure. */
export const azureFlowTable: LakeTable = {
  source: 'azure-flow',
  promoted: [
    // Every table has a column src_ip.
    { name: 'srcIp', path: ['srcIp'], column: 'flow_src_ip' },
    ...columns('destIp', 'srcPort', 'destPort', 'protocol', 'direction', 'decision', 'rule', 'bytesSent'),
    ...columns('bytesReceived', 'resourceId'),
  ],
  parts: [],
}
