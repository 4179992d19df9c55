import { columns, type LakeTable } from './table.ts'

/** Flow logs of Azure. */
export const azureFlowTable: LakeTable = {
  source: 'azure-flow',
  promoted: columns(
    'srcIp',
    'destIp',
    'srcPort',
    'destPort',
    'protocol',
    'direction',
    'decision',
    'rule',
    'bytesSent',
    'bytesReceived',
    'resourceId',
  ),
  parts: [],
}
