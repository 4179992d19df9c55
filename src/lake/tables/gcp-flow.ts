import { columns, type LakeTable } from './table.ts'

/** Flow logs of Google Cloud. */
export const gcpFlowTable: LakeTable = {
  source: 'gcp-flow',
  promoted: columns(
    'jsonPayload.connection.src_ip',
    'jsonPayload.connection.dest_ip',
    'jsonPayload.reporter',
    'jsonPayload.bytes_sent',
    'jsonPayload.packets_sent',
    'resource.labels.project_id',
  ),
  parts: [],
}
